// Looking at a text through its language's grammar.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct TSLanguage;

namespace ratchet {

/// A place where the text does not fit the grammar; offsets in bytes from 0, end exclusive.
struct GrammarFault {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string message;  ///< one line, e.g. "unexpected `;`" or "missing `)`"
};

struct GrammarFaults {
  std::vector<GrammarFault> faults;  ///< in the order of the text
  std::size_t left_out = 0;          ///< how many more there are
};

/// Parses a UTF-8 text (a byte order mark is passed over) of less than 2 GiB and gives the first
/// `most` faults. No faults means that the grammar fits, which is less than that a compiler would
/// accept it.
///
/// `stop` is asked again and again while parsing; once it says true, parsing ends and nothing is
/// given. Thread-safe. Throws Error{internal.error} when grammar and runtime do not go together.
[[nodiscard]] std::optional<GrammarFaults> find_grammar_faults(const TSLanguage* grammar,
                                                               std::string_view text,
                                                               std::size_t most,
                                                               const std::function<bool()>& stop);

/// Whether the tree of a text has a node whose kind begins with `kind`. `stop` as above, with false
/// as the answer.
[[nodiscard]] bool has_grammar_node(const TSLanguage* grammar, std::string_view text,
                                    std::string_view kind, const std::function<bool()>& stop);

}  // namespace ratchet
