#include "validation/schema/type_names.h"

#include <algorithm>
#include <array>
#include <vector>

namespace ratchet::schema {

std::span<const std::string> all_type_names() {
  static const std::vector<std::string> kNames = {"null",   "boolean", "integer", "number",
                                                  "string", "array",   "object"};
  return kNames;
}

std::optional<TypeSet> type_named(std::string_view name) {
  static constexpr std::array<TypeSet, 7> kTypes = {kNull,   kBoolean, kInteger, kNumber,
                                                    kString, kArray,   kObject};
  const std::span<const std::string> names = all_type_names();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return kTypes.at(static_cast<std::size_t>(found - names.begin()));
}

TypeSet types_of_schema(const json::object& schema) {
  const json::value* type = schema.if_contains("type");
  if (type == nullptr) return kAnyType;
  if (type->is_string()) return type_named(type->get_string()).value_or(kAnyType);
  if (!type->is_array()) return kAnyType;
  TypeSet types = 0;
  for (const json::value& name : type->get_array()) {
    const std::optional<TypeSet> known =
        name.is_string() ? type_named(name.get_string()) : std::nullopt;
    if (!known) return kAnyType;
    types = static_cast<TypeSet>(types | *known);
  }
  return types;
}

}  // namespace ratchet::schema
