// What stands around a place in a text of C or C++, as far as it can be told without a compiler.
#pragma once

#include <cstddef>
#include <string_view>

namespace ratchet {

struct CSurroundings {
  bool in_directive = false;      ///< the place is in a line of the preprocessor's
  bool follows_a_name = false;    ///< since the last `;`, `{` or `}` a name stands before the place
  bool follows_capitals = false;  ///< and one is written in capitals, as macros are
  bool word_seen = false;         ///< the word stands somewhere before the place
};

/// Looks at the text up to the byte `offset`. Comments, literals, keywords, and lines of the
/// preprocessor but for `in_directive`, are passed over. Nothing is expanded.
[[nodiscard]] CSurroundings c_surroundings(std::string_view text, std::size_t offset,
                                           std::string_view word);

/// Written in capitals, as macros are.
[[nodiscard]] bool is_in_capitals(std::string_view word);

/// Whether a word is a name that a programmer gave, rather than a keyword of C, C++ or GNU.
[[nodiscard]] bool is_c_name(std::string_view word);

}  // namespace ratchet
