// The types of JSON Schema.
#pragma once

#include <cstdint>

namespace ratchet::schema {

/// A set of the seven type names; `integer` is any number without a fraction.
using TypeSet = std::uint8_t;
inline constexpr TypeSet kNull = 1U << 0U;
inline constexpr TypeSet kBoolean = 1U << 1U;
inline constexpr TypeSet kInteger = 1U << 2U;
inline constexpr TypeSet kNumber = 1U << 3U;
inline constexpr TypeSet kString = 1U << 4U;
inline constexpr TypeSet kArray = 1U << 5U;
inline constexpr TypeSet kObject = 1U << 6U;
inline constexpr TypeSet kAnyType = (1U << 7U) - 1U;

}  // namespace ratchet::schema
