#include "templates/typed_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "core/document.h"
#include "core/error.h"
#include "core/text.h"

namespace ratchet {
namespace {

const json::object kAnything;
/// References that lead to references: more than any schema needs.
constexpr int kMostReferences = 16;

const json::object& object_at(const json::object& schema, std::string_view key) {
  const json::value* found = schema.if_contains(key);
  const json::object* object = found == nullptr ? nullptr : found->if_object();
  return object == nullptr ? kAnything : *object;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

template <class T>
std::optional<json::value> number(std::string_view text) {
  T value{};
  const char* const end = text.data() + text.size();
  const auto [read_to, fault] = std::from_chars(text.data(), end, value);
  if (fault != std::errc() || read_to != end) return std::nullopt;
  if (!std::isfinite(static_cast<double>(value))) return std::nullopt;
  return json::value(value);
}

/// JSON or YAML of this kind.
std::optional<json::value> structure(std::string_view text, json::kind kind, const Limits& limits) {
  try {
    json::value value = read_yaml(std::string(text), "value", limits).value();
    if (value.kind() == kind) return value;
  } catch (const Error&) {
    return std::nullopt;  // the schema says what was wanted
  }
  return std::nullopt;
}

class Reader {
 public:
  Reader(const json::object& root, const Limits& limits) : root_(root), limits_(limits) {}

  json::value read(std::string_view text, const json::object& schema) const {
    const json::object& own = dereferenced(schema, root_);
    const json::value* type = own.if_contains("type");
    if (type == nullptr) return one_of(text, own);
    if (const json::array* several = type->if_array()) {
      for (const json::value& each : *several) {
        if (auto value = as_type(text, each, own)) return *std::move(value);
      }
    } else if (auto value = as_type(text, *type, own)) {
      return *std::move(value);
    }
    return json::value(text);
  }

 private:
  /// The one of `enum` that is written so.
  static json::value one_of(std::string_view text, const json::object& schema) {
    const json::value* choices = schema.if_contains("enum");
    if (choices == nullptr || !choices->is_array()) return json::value(text);
    for (const json::value& choice : choices->get_array()) {
      if (!choice.is_string() && json::serialize(choice) == text) return choice;
    }
    return json::value(text);
  }

  std::optional<json::value> as_type(std::string_view text, const json::value& type,
                                     const json::object& schema) const {
    const json::string* name = type.if_string();
    if (name == nullptr || *name == "string") return json::value(text);
    if (*name == "integer") return number<std::int64_t>(text);
    if (*name == "number") {
      auto whole = number<std::int64_t>(text);
      return whole ? whole : number<double>(text);
    }
    if (*name == "boolean") {
      if (text == "true" || text == "false") return json::value(text == "true");
      return std::nullopt;
    }
    if (*name == "null") return text == "null" ? std::optional<json::value>(nullptr) : std::nullopt;
    if (*name == "object") return structure(text, json::kind::object, limits_);
    return list(text, schema);
  }

  std::optional<json::value> list(std::string_view text, const json::object& schema) const {
    if (trimmed(text).starts_with('[')) return structure(text, json::kind::array, limits_);
    const json::object& items = schema_of_items(schema, root_);
    json::array read_items;
    while (!trimmed(text).empty()) {
      const std::size_t comma = std::min(text.find(','), text.size());
      read_items.push_back(read(trimmed(text.substr(0, comma)), items));
      text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return json::value(std::move(read_items));
  }

  const json::object& root_;
  const Limits& limits_;
};

std::pair<std::string, std::string> split(const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw Error("request.constraint",
                in_quotes(std::string_view(assignment)) + " is not KEY=VALUE");
  }
  return {assignment.substr(0, equals), assignment.substr(equals + 1)};
}

/// The member that a dotted key names, objects on the way made where nothing stands.
json::value& place_of(std::string_view key, json::object& values) {
  json::object* inside = &values;
  std::size_t dot = key.find('.');
  while (dot != std::string_view::npos) {
    json::value& member = (*inside)[key.substr(0, dot)];
    if (!member.is_object()) member.emplace_object();
    inside = &member.get_object();
    key.remove_prefix(dot + 1);
    dot = key.find('.');
  }
  return (*inside)[key];
}

const json::object& schema_at(std::string_view key, const json::object& root) {
  const json::object* schema = &root;
  std::size_t dot = key.find('.');
  while (dot != std::string_view::npos) {
    schema = &schema_of_member(*schema, key.substr(0, dot), root);
    key.remove_prefix(dot + 1);
    dot = key.find('.');
  }
  return schema_of_member(*schema, key, root);
}

}  // namespace

const json::object& dereferenced(const json::object& schema, const json::object& root) {
  const json::object* current = &schema;
  for (int i = 0; i < kMostReferences; ++i) {
    const json::value* reference = current->if_contains("$ref");
    if (reference == nullptr || !reference->is_string()) return *current;
    const std::string_view text(reference->get_string());
    if (!text.starts_with('#')) return *current;
    current = &root;
    std::string_view rest = text.substr(1);
    while (!rest.empty()) {
      rest.remove_prefix(1);
      const std::size_t slash = std::min(rest.find('/'), rest.size());
      current = &object_at(*current, rest.substr(0, slash));
      rest.remove_prefix(slash);
    }
  }
  return *current;
}

const json::object& schema_of_member(const json::object& schema, std::string_view name,
                                     const json::object& root) {
  return dereferenced(object_at(object_at(dereferenced(schema, root), "properties"), name), root);
}

const json::object& schema_of_items(const json::object& schema, const json::object& root) {
  return dereferenced(object_at(dereferenced(schema, root), "items"), root);
}

bool has_type(const json::object& schema, std::string_view type) {
  const json::value* named = schema.if_contains("type");
  if (named == nullptr) return false;
  if (const json::string* one = named->if_string()) return *one == type;
  const json::array* several = named->if_array();
  return several != nullptr &&
         std::find(several->begin(), several->end(), json::value(type)) != several->end();
}

json::value typed_text(std::string_view text, const json::object& schema, const json::object& root,
                       const Limits& limits) {
  return Reader(root, limits).read(text, schema);
}

void set_text(std::string_view key, std::string_view text, const json::object& schema,
              json::object& values, const Limits& limits) {
  place_of(key, values) = typed_text(text, schema_at(key, schema), schema, limits);
}

void set_values(std::span<const std::string> assignments, const json::object& schema,
                json::object& values, const Limits& limits) {
  std::set<std::string> begun;
  for (const std::string& assignment : assignments) {
    const auto [key, text] = split(assignment);
    json::value value = typed_text(text, schema_at(key, schema), schema, limits);
    json::value& place = place_of(key, values);
    const bool collects = !begun.insert(key).second && value.is_array() && place.is_array();
    if (!collects) {
      place = std::move(value);
      continue;
    }
    for (json::value& item : value.get_array())
      place.get_array().push_back(std::move(item));
  }
}

void set_json_values(std::span<const std::string> assignments, json::object& values,
                     const Limits& limits) {
  for (const std::string& assignment : assignments) {
    auto [key, text] = split(assignment);
    place_of(key, values) = read_json(std::move(text), "--set-json " + key, limits).value();
  }
}

}  // namespace ratchet
