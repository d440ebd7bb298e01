// Numbers between text and value, exactly: Boost.JSON 1.81 misrounds many doubles and drops `-0`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/json.h"

namespace ratchet {

using Number = std::variant<std::int64_t, std::uint64_t, double>;

/// The value of a decimal number of the form `-?digits(.digits)?([eE][+-]?digits)?`, whose form the
/// caller has checked; digits may be missing on one side of the point and a leading `+` is allowed
/// (YAML). Whole numbers without point and exponent are std::int64_t where they fit, std::uint64_t
/// above that; everything else, `-0` included, is the nearest double. Nothing where it is too large
/// for a double.
[[nodiscard]] std::optional<Number> parse_number(std::string_view text);

[[nodiscard]] json::value to_value(const Number& number);

/// The shortest text that reads back as this double, always with a point or an exponent: `1.0`,
/// `1e+22`,
/// `-0.0`. `null` for what JSON cannot say (NaN, infinities).
[[nodiscard]] std::string number_text(double number);

}  // namespace ratchet
