// What formats ask of characters, beside core/ascii.h.
#pragma once

#include <algorithm>
#include <string_view>

#include "core/ascii.h"

namespace ratchet::schema {

[[nodiscard]] constexpr bool is_hexadecimal(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
[[nodiscard]] constexpr bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80U;
}

template <class Kind>
[[nodiscard]] constexpr bool all_of(std::string_view text, const Kind& kind) {
  return std::all_of(text.begin(), text.end(), kind);
}

/// What stands before `delimiter`, taken off the front of `rest` together with the delimiter; all
/// of it where there is none.
[[nodiscard]] constexpr std::string_view take_before(std::string_view& rest, char delimiter) {
  const std::size_t end = rest.find(delimiter);
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return taken;
}

}  // namespace ratchet::schema
