#include "templates/defaults.h"

namespace ratchet {
namespace {

const json::object* object_at(const json::object& schema, std::string_view key) {
  const json::value* found = schema.if_contains(key);
  return found == nullptr ? nullptr : found->if_object();
}

/// Into whatever stands below a schema.
void descend(const json::object& schema, json::value& value) {
  if (json::object* members = value.if_object()) return apply_defaults(schema, *members);
  const json::object* items = object_at(schema, "items");
  json::array* list = value.if_array();
  if (items == nullptr || list == nullptr) return;
  for (json::value& item : *list)
    descend(*items, item);
}

}  // namespace

void apply_defaults(const json::object& schema, json::object& members) {
  const json::object* properties = object_at(schema, "properties");
  if (properties == nullptr) return;
  for (const auto& property : *properties) {
    const json::object* inner = property.value().if_object();
    if (inner == nullptr) continue;
    const json::value* fallback = inner->if_contains("default");
    // What is there stays as it is.
    if (fallback != nullptr) members.emplace(property.key(), *fallback);
    if (json::value* member = members.if_contains(property.key())) descend(*inner, *member);
  }
}

}  // namespace ratchet
