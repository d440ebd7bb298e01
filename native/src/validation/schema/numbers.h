// Numbers of JSON compared and divided by their value, whatever they are stored as.
#pragma once

#include <compare>

#include "core/json.h"

namespace ratchet::schema {

/// Exact, also between an integer above 2^53 and a double. Both must be finite numbers.
[[nodiscard]] std::strong_ordering compare_numbers(const json::value& left,
                                                   const json::value& right);

/// Whether the number has no fraction: 1, 1.0, 1e300.
[[nodiscard]] bool is_integer(const json::value& number);

/// Whether `number` is a multiple of `divisor` (> 0), reckoned on their shortest decimal forms,
/// that is on what a person wrote: 0.0075 is a multiple of 0.0001 although no pair of doubles says
/// so.
[[nodiscard]] bool is_multiple_of(const json::value& number, const json::value& divisor);

}  // namespace ratchet::schema
