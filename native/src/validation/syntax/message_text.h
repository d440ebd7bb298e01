// The pieces that compilers' message lines are read with.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ratchet {

/// Takes a number that ends with `mark` off the front; leaves the text as it is where none stands
/// there.
[[nodiscard]] std::optional<std::int64_t> take_number(std::string_view& text,
                                                      std::string_view mark);

/// A compiler's message as findings have it: repaired to UTF-8, each control character a blank.
[[nodiscard]] std::string one_line(std::string_view message);

/// The same, cut after 300 bytes.
[[nodiscard]] std::string message_of(std::string_view text);

}  // namespace ratchet
