// When two JSON values are the same, in the sense of JSON Schema.
#pragma once

#include <cstdint>

#include "core/json.h"
#include "validation/schema/key_table.h"

namespace ratchet::schema {

/// Of values that are not both texts.
[[nodiscard]] bool equal_values(const json::value& left, const json::value& right);

/// Numbers by value (1 equals 1.0), objects without regard to order, texts code point by code
/// point.
[[nodiscard]] inline bool equal(const json::value& left, const json::value& right) {
  const json::string* const ours = left.if_string();
  const json::string* const theirs = right.if_string();
  if (ours != nullptr && theirs != nullptr) return same_text(*ours, *theirs);
  return equal_values(left, right);
}

/// The same for equal values; not stable from one version of the library to another.
[[nodiscard]] std::uint64_t hash_of(const json::value& value);

}  // namespace ratchet::schema
