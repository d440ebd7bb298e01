// Command lines as words, by the quoting rules of the POSIX shell (IEEE Std 1003.1, 2.2), without
// anything else that a shell does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ratchet::cli {

/// Where a text stands, for messages.
struct LinePlace {
  std::string source;  ///< a file's name, or `standard input`
  std::int64_t line = 0;
};

/// The words of a line. Throws Error{jobs.needs_shell} where it has an unquoted character that a
/// shell would act upon, and Error{jobs.invalid} for a quote that is not closed, with the place.
[[nodiscard]] std::vector<std::string> split_words(std::string_view line, const LinePlace& place);

/// The word so that a shell, and split_words(), read it as one: as it is where nothing in it is
/// special, else in single quotes.
[[nodiscard]] std::string quoted_word(std::string_view word);

/// The words with blanks between them, each of them quoted.
[[nodiscard]] std::string quoted_words(const std::vector<std::string>& words);

}  // namespace ratchet::cli
