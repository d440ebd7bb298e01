// Assertions that look at one value and nothing else.
#pragma once

#include <cstdint>
#include <optional>

#include "core/json.h"
#include "validation/schema/program.h"

namespace ratchet::schema {

/// The type names that fit a value; a number without a fraction is both a number and an integer.
[[nodiscard]] TypeSet types_of(const json::value& value);

/// Whether the assertion holds; true for values of a kind that the keyword does not speak of.
[[nodiscard]] bool holds(const Never& never, const json::value& value);
[[nodiscard]] bool holds(const TypeIs& type, const json::value& value);
[[nodiscard]] bool holds(const Const& constant, const json::value& value);
[[nodiscard]] bool holds(const Enum& allowed, const json::value& value);
[[nodiscard]] bool holds(const AtLeast& bound, const json::value& value);
[[nodiscard]] bool holds(const AtMost& bound, const json::value& value);
[[nodiscard]] bool holds(const Range& range, const json::value& value);
[[nodiscard]] bool holds(const MultipleOf& multiple, const json::value& value);
[[nodiscard]] bool holds(const Format& format, const json::value& value);

/// The code points of a text, the items of an array or the members of an object: what `what`
/// counts. Nothing for a value of another kind.
[[nodiscard]] std::optional<std::uint64_t> count_of(Counted what, const json::value& value);

}  // namespace ratchet::schema
