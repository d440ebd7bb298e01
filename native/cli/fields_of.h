// Members of the JSON objects that come from the engine; what is missing reads as empty.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/json.h"

namespace ratchet::cli {

[[nodiscard]] inline std::string_view text(const json::object& from, std::string_view key) {
  const json::value* value = from.if_contains(key);
  if (value == nullptr || !value->is_string()) return {};
  return {value->get_string().data(), value->get_string().size()};
}

[[nodiscard]] inline std::int64_t number(const json::object& from, std::string_view key) {
  const json::value* value = from.if_contains(key);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

[[nodiscard]] inline const json::array& list(const json::object& from, std::string_view key) {
  static const json::array none;
  const json::value* value = from.if_contains(key);
  return value != nullptr && value->is_array() ? value->get_array() : none;
}

[[nodiscard]] inline const json::object& object(const json::object& from, std::string_view key) {
  static const json::object none;
  const json::value* value = from.if_contains(key);
  return value != nullptr && value->is_object() ? value->get_object() : none;
}

}  // namespace ratchet::cli
