// Which lines differ between two texts.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace ratchet {

/// A text's lines, each with its own LF; the last one without where the text ends so. An empty text
/// has none. CR is part of a line's text.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

/// `old_count` lines from `old_begin` on give way to `new_count` lines from `new_begin` on; lines
/// count from 0, and one of the two counts may be 0.
struct LineChange {
  std::size_t old_begin = 0;
  std::size_t old_count = 0;
  std::size_t new_begin = 0;
  std::size_t new_count = 0;
  bool operator==(const LineChange&) const = default;
};

/// The most lines that changed_lines() searches: those that stand on both sides between the common
/// head and the common tail, counted over both. A search at this bound takes a third of a second
/// and 250 MB at worst (measured on shuffled, random and periodic texts), one below 100,000 lines a
/// tenth.
inline constexpr std::size_t kMostSearchedLines = 1'000'000;

/// The changes that turn one text's lines into the other's, in order, at least one common line
/// between two of them. As few changed lines as there can be, unless the search ends early: after
/// the 2,000,000 steps that dtl makes at most, which about 1,400 moved lines a side take, what
/// follows counts as changed; above kMostSearchedLines all between common head and common tail
/// does. Lines that stand on one side alone cost no step.
///
/// Lines added or removed that could as well be told a few lines up or down are joined with another
/// change where they reach one, else told as far down as they go.
[[nodiscard]] std::vector<LineChange> changed_lines(const std::vector<std::string_view>& before,
                                                    const std::vector<std::string_view>& after);

}  // namespace ratchet
