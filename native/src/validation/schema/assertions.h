// Assertions that look at one value and nothing else.
#pragma once

#include <cstdint>
#include <optional>

#include "core/json.h"
#include "validation/schema/numbers.h"
#include "validation/schema/program.h"

namespace ratchet::schema {

/// Whether the value is of one of the types.
[[nodiscard]] inline bool is_of(TypeSet types, const json::value& value) {
  constexpr TypeSet kOfKind[] = {
      kNull, kBoolean, kNumber | kInteger, kNumber | kInteger, kNumber, kString, kArray, kObject};
  if ((kOfKind[static_cast<std::size_t>(value.kind())] & types) != 0) return true;
  return (types & kInteger) != 0 && value.is_double() && is_integer(value);
}

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
