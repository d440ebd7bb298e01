#include "result_types.h"

#include <cctype>
#include <stdexcept>

#include "operations/operation.h"

namespace ratchet::generate {
namespace {

constexpr std::string_view kReference = "#/$defs/";

std::string text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

bool names(const json::value* list, std::string_view name) {
  if (list == nullptr) return false;
  for (const json::value& item : list->as_array()) {
    if (std::string_view(item.as_string()) == name) return true;
  }
  return false;
}

ValueType value_type(const json::object& schema, const json::object& definitions);

ValueType referred_type(const std::string& reference, const json::object& definitions) {
  const std::string name = reference.substr(kReference.size());
  const json::object& definition = definitions.at(name).as_object();
  // A choice: texts stay texts, so that a value which a newer engine adds is no error here.
  if (text_of(definition, "type") == "string") return {Kind::text, false, {}};
  return {Kind::record, false, name};
}

ValueType value_type(const json::object& schema, const json::object& definitions) {
  if (const std::string reference = text_of(schema, "$ref"); !reference.empty()) {
    return referred_type(reference, definitions);
  }
  const std::string type = text_of(schema, "type");
  if (type == "string") return {Kind::text, false, {}};
  if (type == "integer") return {Kind::integer, false, {}};
  if (type == "number") return {Kind::number, false, {}};
  if (type == "boolean") return {Kind::boolean, false, {}};
  if (type == "object") return {Kind::map, false, {}};
  if (type.empty()) return {Kind::any, false, {}};
  if (type != "array") throw std::runtime_error("a result has the unknown type " + type);
  ValueType item = value_type(schema.at("items").as_object(), definitions);
  if (item.is_list) throw std::runtime_error("a result has a list of lists");
  item.is_list = true;
  return item;
}

ResultType record_type(const json::object& schema, const json::object& definitions) {
  ResultType type{text_of(schema, "title"), text_of(schema, "description"), {}};
  const json::value* required = schema.if_contains("required");
  for (const auto& member : schema.at("properties").as_object()) {
    const json::object& property = member.value().as_object();
    std::string name = pascal_case(member.key());
    if (name == type.name) name += "Value";  // C# allows no member that is called like its type
    type.properties.push_back({member.key(), name, text_of(property, "description"),
                               value_type(property, definitions), names(required, member.key())});
  }
  return type;
}

}  // namespace

ResultTypes read_result_types() {
  ResultTypes result;
  std::map<std::string, std::string> seen;
  for (const Operation& operation : operations()) {
    const json::object schema = operation.result_schema();
    const json::object& definitions = schema.at("$defs").as_object();
    for (const auto& member : definitions) {
      const json::object& definition = member.value().as_object();
      if (text_of(definition, "type") != "object") continue;
      const std::string name = member.key();
      const auto [known, is_new] = seen.emplace(name, json::serialize(definition));
      if (!is_new && known->second != json::serialize(definition)) {
        throw std::runtime_error("two types of results are called " + name);
      }
      if (is_new) result.types.emplace(name, record_type(definition, definitions));
    }
    const std::string reference = text_of(schema, "$ref");
    result.operations.emplace(operation.name, reference.substr(kReference.size()));
  }
  return result;
}

std::string pascal_case(std::string_view snake_case) {
  std::string name;
  bool starts_word = true;
  for (const char c : snake_case) {
    if (c == '_') {
      starts_word = true;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    name.push_back(starts_word ? static_cast<char>(std::toupper(byte)) : c);
    starts_word = false;
  }
  return name;
}

std::string xml_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&apos;";
        break;
      default:
        escaped.push_back(c);
    }
  }
  return escaped;
}

}  // namespace ratchet::generate
