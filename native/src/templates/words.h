// Identifiers as words, and words put together in the cases of programming languages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ratchet {

/// The words of an identifier or phrase in any case: `HTTPServer2x` → HTTP, Server2x; `order-item
/// id` → order, item, id. A word ends where a capital follows a small letter or a digit, before the
/// last capital of a run that a small letter follows, and at everything that is no letter, mark or
/// digit (Unicode categories). Digits belong to the word before them. Views point into the text.
[[nodiscard]] std::vector<std::string_view> split_words(std::string_view text);

[[nodiscard]] std::string snake_case(std::string_view text);
[[nodiscard]] std::string kebab_case(std::string_view text);
[[nodiscard]] std::string camel_case(std::string_view text);
[[nodiscard]] std::string pascal_case(std::string_view text);
/// Each word with a capital, the rest of it as it is, blanks between.
[[nodiscard]] std::string title_case(std::string_view text);

/// Code point by code point, by Unicode's simple mappings.
[[nodiscard]] std::string upper_case(std::string_view text);
[[nodiscard]] std::string lower_case(std::string_view text);

}  // namespace ratchet
