// JSON as editors and compilers let people write it.
#pragma once

#include <string>
#include <string_view>

namespace ratchet {

/// The same text with `//` and `/* */` comments and commas before `]` or `}` made blanks, so that
/// places stay what they were. What is not closed, and anything else that is no JSON, is left as it
/// stands, for the reader to refuse. Linear.
[[nodiscard]] std::string without_json_comments(std::string_view text);

}  // namespace ratchet
