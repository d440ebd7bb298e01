// Where the subschemas of a schema stand.
#pragma once

#include <string>
#include <string_view>

#include "core/document.h"
#include "core/json.h"
#include "validation/schema/keywords.h"

namespace ratchet::schema {

/// An address one token longer.
[[nodiscard]] inline std::string below(std::string_view address, std::string_view token) {
  std::string result(address);
  append_token(result, token);
  return result;
}

/// Calls `visit(schema, address)` for each value that stands where a keyword has a schema, whatever
/// it is; values of the wrong kind around it are passed over.
template <class Visit>
void each_subschema(Shape shape, const json::value& value, const std::string& address,
                    const Visit& visit) {
  const bool in_list = shape == Shape::schemas || shape == Shape::schema_or_schemas;
  const bool by_name = shape == Shape::schemas_by_name || shape == Shape::schemas_by_pattern ||
                       shape == Shape::schemas_or_names;
  if (in_list && value.is_array()) {
    std::size_t index = 0;
    for (const json::value& item : value.get_array())
      visit(item, below(address, std::to_string(index++)));
  } else if (by_name && value.is_object()) {
    for (const json::key_value_pair& member : value.get_object()) {
      if (shape == Shape::schemas_or_names && member.value().is_array()) continue;
      visit(member.value(), below(address, member.key()));
    }
  } else if (shape == Shape::schema || shape == Shape::schema_or_schemas) {
    visit(value, address);
  }
}

}  // namespace ratchet::schema
