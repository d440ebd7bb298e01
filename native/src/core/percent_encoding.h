// `%XX` in place of bytes that mean something else where a text is put: RFC 3986 §2.1, and whoever
// borrows its spelling.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace ratchet {

/// Each byte that is not kept as `%` and two upper-case digits. `%` itself must not be kept where
/// the text is to be read back.
[[nodiscard]] std::string percent_encoded(std::string_view text,
                                          const std::function<bool(char)>& is_kept);

/// The escapes undone; what is none stays as it is.
[[nodiscard]] std::string percent_decoded(std::string_view text);

}  // namespace ratchet
