#include "core/fields.h"

#include <algorithm>
#include <cmath>

#include "core/document.h"
#include "core/error.h"
#include "core/nearest.h"

namespace ratchet {
namespace {

std::string_view kind_name(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return "null";
    case json::kind::bool_:
      return "a boolean";
    case json::kind::int64:
    case json::kind::uint64:
      return "an integer";
    case json::kind::double_:
      return "a number";
    case json::kind::string:
      return "a text";
    case json::kind::array:
      return "a list";
    case json::kind::object:
      return "an object";
  }
  return "unknown";
}

std::string place_name(const Place& place) {
  const std::string pointer = place.pointer();
  return pointer.empty() ? "the request" : pointer;
}

[[noreturn]] void wrong_type(const json::value& value, const Place& place,
                             std::string_view expected) {
  std::string message = place_name(place);
  message.append(" is ")
      .append(kind_name(value))
      .append("; ")
      .append(expected)
      .append(" is needed");
  throw Error("request.wrong_type", message).details({{"pointer", place.pointer()}});
}

[[noreturn]] void out_of_bounds(const Place& place, const std::string& rule) {
  throw Error("request.constraint", place_name(place) + " " + rule)
      .details({{"pointer", place.pointer()}});
}

std::vector<std::string> names_of(std::span<const fields::Row> rows) {
  std::vector<std::string> names;
  names.reserve(rows.size());
  for (const fields::Row& row : rows)
    names.emplace_back(row.name);
  return names;
}

/// What an integer or text may be, as schema keywords.
void add_bounds(json::object& schema, const Bounds& bounds) {
  if (bounds.minimum) schema.emplace("minimum", *bounds.minimum);
  if (bounds.maximum) schema.emplace("maximum", *bounds.maximum);
  if (bounds.shortest == 0) return;
  const json::value* type = schema.if_contains("type");
  const bool is_list = type != nullptr && *type == "array";
  schema.emplace(is_list ? "minItems" : "minLength", bounds.shortest);
}

bool is_empty(const json::value& value) {
  return value.is_null() || (value.is_object() && value.get_object().empty()) ||
         (value.is_array() && value.get_array().empty());
}

}  // namespace

std::string Place::pointer() const {
  std::vector<const Place*> chain;
  for (const Place* place = this; place->parent != nullptr; place = place->parent) {
    chain.push_back(place);
  }
  std::string pointer;
  for (auto place = chain.rbegin(); place != chain.rend(); ++place) {
    const bool is_index = (*place)->key.data() == nullptr;
    append_token(pointer, is_index ? std::to_string((*place)->index) : std::string((*place)->key));
  }
  return pointer;
}

namespace fields {

/// Where in a request a record stands, unless it is the request itself.
static std::string at_place(const Place& place) {
  const std::string pointer = place.pointer();
  return pointer.empty() ? std::string() : " at " + pointer;
}

void read_record(void* owner, const json::value& value, const Place& place,
                 std::span<const Row> rows, std::string_view type) {
  const json::object& object = read_object(value, place);
  for (const auto& member : object) {
    const std::string_view key(member.key().data(), member.key().size());
    const auto row = std::find_if(rows.begin(), rows.end(),
                                  [&](const Row& candidate) { return candidate.name == key; });
    if (row == rows.end()) {
      std::string message =
          "unknown key \"" + std::string(key) + "\" in " + std::string(type) + at_place(place);
      message += did_you_mean(key, names_of(rows));
      throw Error("request.unknown_key", std::move(message))
          .details({{"pointer", Place{&place, key}.pointer()}});
    }
    if (member.value().is_null() && row->may_be_absent) continue;
    row->read(owner, member.value(), Place{&place, key}, row->bounds);
  }
  for (const Row& row : rows) {
    if (!row.bounds.required || object.contains(row.name)) continue;
    throw Error("request.missing_key", std::string(type) + at_place(place) + " needs the key \"" +
                                           std::string(row.name) +
                                           "\": " + std::string(row.sentence))
        .details({{"pointer", Place{&place, row.name}.pointer()}});
  }
}

json::object write_record(const void* owner, std::span<const Row> rows) {
  json::object object;
  object.reserve(rows.size());
  for (const Row& row : rows) {
    json::value value;
    if (row.write(owner, value)) object.emplace(row.name, std::move(value));
  }
  return object;
}

json::object record_schema(const void* defaults, std::span<const Row> rows, std::string_view type,
                           std::string_view sentence, SchemaBuilder& builder) {
  json::object properties;
  json::array required;
  for (const Row& row : rows) {
    json::object property = row.schema(builder);
    property.emplace("description", row.sentence);
    if (builder.direction == Direction::request) {
      add_bounds(property, row.bounds);
      json::value value;
      const bool has_default = !row.bounds.required && row.write(defaults, value);
      if (has_default && !is_empty(value)) property.emplace("default", std::move(value));
    }
    const bool always =
        builder.direction == Direction::request ? row.bounds.required : !row.may_be_absent;
    if (always) required.emplace_back(row.name);
    properties.emplace(row.name, std::move(property));
  }
  json::object schema{{"title", type}, {"description", sentence}, {"type", "object"}};
  schema.emplace("properties", std::move(properties));
  if (!required.empty()) schema.emplace("required", std::move(required));
  schema.emplace("additionalProperties", false);
  return schema;
}

bool read_bool(const json::value& value, const Place& place) {
  if (!value.is_bool()) wrong_type(value, place, "true or false");
  return value.get_bool();
}

std::int64_t read_integer(const json::value& value, const Place& place, const Bounds& bounds) {
  if (!value.is_int64()) wrong_type(value, place, "an integer of 64 bits");
  const std::int64_t number = value.get_int64();
  if (bounds.minimum && number < *bounds.minimum) {
    out_of_bounds(place, "is " + std::to_string(number) + "; at least " +
                             std::to_string(*bounds.minimum) + " is needed");
  }
  if (bounds.maximum && number > *bounds.maximum) {
    out_of_bounds(place, "is " + std::to_string(number) + "; at most " +
                             std::to_string(*bounds.maximum) + " is allowed");
  }
  return number;
}

double read_number(const json::value& value, const Place& place) {
  if (value.is_int64()) return static_cast<double>(value.get_int64());
  if (value.is_uint64()) return static_cast<double>(value.get_uint64());
  if (!value.is_double()) wrong_type(value, place, "a number");
  return value.get_double();
}

std::string read_text(const json::value& value, const Place& place, const Bounds& bounds) {
  if (!value.is_string()) wrong_type(value, place, "a text");
  const json::string& text = value.get_string();
  if (bounds.shortest > 0 && text.empty()) out_of_bounds(place, "must not be empty");
  return {text.data(), text.size()};
}

const json::object& read_object(const json::value& value, const Place& place) {
  if (!value.is_object()) wrong_type(value, place, "an object");
  return value.get_object();
}

const json::array& read_list(const json::value& value, const Place& place, const Bounds& bounds) {
  if (!value.is_array()) wrong_type(value, place, "a list");
  if (bounds.shortest > 0 && value.get_array().empty()) out_of_bounds(place, "must not be empty");
  return value.get_array();
}

std::size_t read_choice(const json::value& value, const Place& place,
                        std::span<const std::string_view> names) {
  if (!value.is_string()) wrong_type(value, place, "a text");
  const json::string& text = value.get_string();
  const std::string_view name(text.data(), text.size());
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  std::string rule = "is \"" + std::string(name) + "\"; allowed are ";
  for (std::size_t i = 0; i < names.size(); ++i) {
    rule.append(i == 0 ? "" : ", ").append(names[i]);
  }
  out_of_bounds(place, rule);
}

json::object choice_schema(std::span<const std::string_view> names,
                           std::span<const std::string_view> sentences) {
  json::array values;
  std::string description;
  for (std::size_t i = 0; i < names.size(); ++i) {
    values.emplace_back(names[i]);
    if (sentences[i].empty()) continue;
    description.append(description.empty() ? "" : " ").append(names[i]).append(": ");
    description.append(sentences[i]);
  }
  json::object schema{{"type", "string"}, {"enum", std::move(values)}};
  if (!description.empty()) schema.emplace("description", description);
  return schema;
}

}  // namespace fields
}  // namespace ratchet
