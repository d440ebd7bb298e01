// How our scripts talk to the engine: frames in, a line of JSON out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "process/launcher.h"
#include "validation/syntax/compiler.h"

namespace ratchet {

/// More than the longest answer takes: ten faults of 300 letters, each written as `\uXXXX\uXXXX`.
inline constexpr std::size_t kLongestAnswer = 40000;

/// Appends `SIZE KIND\n` and the text; `kind` is a word that the script understands.
void append_frame(std::string& input, std::string_view text, std::string_view kind);

/// Reads one line for each text: `true`, `[[message, line, column, end line, end column], …]` for
/// faults (0 where there is no place), or a string that says why it could not be checked. Reads up
/// to the first line that is none of these; nothing at all where there are more lines than texts.
[[nodiscard]] std::vector<CompilerAnswer> read_framed_answers(const ProcessResult& result,
                                                              std::size_t count);

}  // namespace ratchet
