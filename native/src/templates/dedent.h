// The indentation of a block of inheritance, cut off where it is defined to be added where it is
// used.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "templates/tokens.h"

namespace ratchet {

/// Cuts the longest white space that all lines of the tokens begin with, and returns it; nothing
/// where there is no line to go by. Blank lines and lines of standalone tags that render nothing do
/// not count.
std::optional<std::string_view> cut_common_indent(std::span<Token> tokens);

}  // namespace ratchet
