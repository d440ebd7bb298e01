// Regular expressions with bounds: PCRE2 behind the dialect that JSON Schema patterns are written
// in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace ratchet {

/// What searches write to, and what they may cost together. A caller that searches often keeps one;
/// for one thread at a time.
class RegexWorkspace {
 public:
  RegexWorkspace();
  RegexWorkspace(const RegexWorkspace&) = delete;
  RegexWorkspace& operator=(const RegexWorkspace&) = delete;
  ~RegexWorkspace();

 private:
  friend class Regex;
  struct State;
  std::unique_ptr<State> state_;  ///< made by the first search
};

/// A compiled regular expression over UTF-8 text. Immutable; `search` may be called from any
/// thread.
///
/// Hostile patterns and texts end within the limits below, with Outcome::undecided and never with
/// "no match": a caller must treat undecided as "could not be checked". A step is an item of the
/// pattern that is tried, or 16 bytes that one runs over.
class Regex {
 public:
  enum class Dialect {
    /// ECMA-262 with the `u` flag, as JSON Schema asks for: `\d`, `\w` and `\b` are ASCII, `\s` and
    /// `.` as ECMAScript defines them, `$` only at the very end, `\p{Letter}`,
    /// `\p{Script=Greek}`, `\uXXXX` and surrogate pairs, `[^]`, a group that did not take part
    /// matches as empty. See ecma_pattern.h.
    ecma262,
  };
  enum class Outcome { matched, not_matched, undecided };

  /// Steps of one search: this many, and so many more a byte of the text.
  static constexpr std::uint64_t kSteps = 4'000'000;
  static constexpr std::uint64_t kStepsPerByte = 8;
  /// Steps of all searches with one workspace.
  static constexpr std::uint64_t kWorkspaceSteps = std::uint64_t{1} << 28U;
  /// Backtracking points and memory of the interpreter, where a search is too deep for the JIT.
  static constexpr std::uint32_t kDepthLimit = 1'000'000;
  static constexpr std::uint32_t kHeapLimitKiB = 32 * 1024;
  /// Longest pattern, in bytes; a longer one is refused.
  static constexpr std::size_t kLongestPattern = std::size_t{64} * 1024;

  /// Throws Error{regex.invalid} that quotes the pattern and says what is wrong with it.
  [[nodiscard]] static Regex compile(std::string_view pattern, Dialect dialect);

  Regex(Regex&&) noexcept;
  Regex& operator=(Regex&&) noexcept;
  ~Regex();

  /// Whether the pattern matches anywhere in `text`. Undecided where a limit was reached, memory
  /// ran out or the text is not UTF-8.
  [[nodiscard]] Outcome search(std::string_view text, RegexWorkspace& workspace) const;
  /// The same with a workspace of its own.
  [[nodiscard]] Outcome search(std::string_view text) const;

  /// The pattern as it was written.
  [[nodiscard]] const std::string& pattern() const;

 private:
  struct State;
  explicit Regex(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace ratchet
