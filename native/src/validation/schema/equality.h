// When two JSON values are the same, in the sense of JSON Schema.
#pragma once

#include <cstdint>

#include "core/json.h"

namespace ratchet::schema {

/// Numbers by value (1 equals 1.0), objects without regard to order, texts code point by code
/// point.
[[nodiscard]] bool equal(const json::value& left, const json::value& right);

/// The same for equal values; not stable from one version of the library to another.
[[nodiscard]] std::uint64_t hash_of(const json::value& value);

}  // namespace ratchet::schema
