// Patterns for names and paths: which files a requirement means.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ratchet {

/// Whether a text holds `*`, `?`, `[` or `{`: then it is a pattern, else a path as it stands.
[[nodiscard]] bool is_glob(std::string_view text);

/// A pattern for one component of a path, as shells have it: `*` is any number of characters, `?`
/// one (a code point), `[a-z]` one of a set, `[!a-z]` or `[^a-z]` one of no such set. All else, a
/// lone `[` too, stands for itself; nothing is escaped by a backslash, which no path may hold.
///
/// Upper and lower case differ on every system. A leading dot is matched by a dot alone, so that
/// `*` finds no hidden file.
class NamePattern {
 public:
  explicit NamePattern(std::string pattern) : pattern_(std::move(pattern)) {}

  /// In O(size of pattern × size of name), whatever they are.
  [[nodiscard]] bool matches(std::string_view name) const;
  [[nodiscard]] const std::string& text() const { return pattern_; }

 private:
  std::string pattern_;
};

/// Patterns that the braces of one that a user wrote may stand for.
inline constexpr std::size_t kMostChoices = 1000;

/// The patterns that `{a,b}` stands for, each without braces; nested ones too. A brace without its
/// partner, or without a comma, stands for itself. Throws Error{request.constraint} for more than
/// `most`.
[[nodiscard]] std::vector<std::string> expand_braces(std::string_view pattern, std::size_t most);

}  // namespace ratchet
