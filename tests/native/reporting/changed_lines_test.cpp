#include "reporting/changed_lines.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>

namespace ratchet {
namespace {

using Lines = std::vector<std::string_view>;

/// `before` with the changes made; fails where they overlap, touch or leave a side's order.
Lines patched(const Lines& before, const Lines& after, const std::vector<LineChange>& changes) {
  Lines made;
  std::size_t next = 0;
  for (const LineChange& change : changes) {
    REQUIRE(change.old_count + change.new_count > 0);
    REQUIRE((change.old_begin > next || (next == 0 && made.empty())));
    REQUIRE(change.old_begin + change.old_count <= before.size());
    for (; next < change.old_begin; ++next)
      made.push_back(before[next]);
    next += change.old_count;
    REQUIRE(change.new_begin == made.size());
    REQUIRE(change.new_begin + change.new_count <= after.size());
    for (std::size_t i = 0; i < change.new_count; ++i) {
      made.push_back(after[change.new_begin + i]);
    }
  }
  for (; next < before.size(); ++next)
    made.push_back(before[next]);
  return made;
}

std::size_t cost(const std::vector<LineChange>& changes) {
  std::size_t lines = 0;
  for (const LineChange& change : changes)
    lines += change.old_count + change.new_count;
  return lines;
}

/// The fewest lines that have to be added and removed, by the textbook's table.
std::size_t least_cost(const Lines& before, const Lines& after) {
  std::vector<std::vector<std::size_t>> common(before.size() + 1,
                                               std::vector<std::size_t>(after.size() + 1));
  for (std::size_t i = 0; i < before.size(); ++i) {
    for (std::size_t j = 0; j < after.size(); ++j) {
      common[i + 1][j + 1] =
          before[i] == after[j] ? common[i][j] + 1 : std::max(common[i][j + 1], common[i + 1][j]);
    }
  }
  return before.size() + after.size() - 2 * common.back().back();
}

std::vector<LineChange> changes_of(const std::string& before, const std::string& after) {
  return changed_lines(lines_of(before), lines_of(after));
}

}  // namespace

TEST_CASE("changed lines: a text falls into lines with their breaks") {
  CHECK(lines_of("").empty());
  CHECK(lines_of("\n") == Lines{"\n"});
  CHECK(lines_of("a\r\n\nb") == Lines{"a\r\n", "\n", "b"});
}

TEST_CASE("changed lines: changes make the one text of the other, with as few lines as can be") {
  std::mt19937 random(20240229);
  const Lines alphabet{"a\n", "b\n", "c\n", "d\n", "e\n", "f\n"};
  for (int round = 0; round < 3000; ++round) {
    const std::size_t letters = 1 + random() % alphabet.size();
    Lines before(random() % 25);
    Lines after(random() % 25);
    for (auto& line : before)
      line = alphabet[random() % letters];
    for (auto& line : after)
      line = alphabet[random() % letters];
    const auto changes = changed_lines(before, after);
    REQUIRE(patched(before, after, changes) == after);
    REQUIRE(cost(changes) == least_cost(before, after));
  }
}

TEST_CASE("changed lines: what may be told in several places is told at the last") {
  // From "a b c" to "a b a b c": the second pair is the new one.
  CHECK(changes_of("a\nb\nc\n", "a\nb\na\nb\nc\n") == std::vector<LineChange>{{2, 0, 2, 2}});
  CHECK(changes_of("x\nx\nx\n", "x\n") == std::vector<LineChange>{{1, 2, 1, 0}});
  // Two removals with equal lines between them become one.
  CHECK(changes_of("a\nx\nb\nx\nc\n", "a\nx\nc\n") == std::vector<LineChange>{{2, 2, 2, 0}});
}

TEST_CASE("changed lines: a change that can be joined with one above or below it is") {
  // Of two equal lines the one goes that stands next to what changes.
  CHECK(changes_of("a\nx\nx\nk\nm\n", "c\nx\nk\nn\n") ==
        std::vector<LineChange>{{0, 2, 0, 1}, {4, 1, 3, 1}});
  CHECK(changes_of("a\n\n\nb\n", "a\n\nc\n") == std::vector<LineChange>{{2, 2, 2, 1}});
}

TEST_CASE("changed lines: where the search ends early, what follows is told as changed") {
  // Two halves that swap places, lines that stay, and two lines that swap places. At the least,
  // one of each pair is taken out and put back.
  for (const std::size_t half : {1'000U, 3'000U}) {
    CAPTURE(half);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < 3 * half; ++i)
      texts.push_back(std::to_string(i) + "\n");
    Lines before(texts.begin(), texts.end());
    Lines after = before;
    std::swap_ranges(after.begin(), after.begin() + static_cast<Lines::difference_type>(half),
                     after.begin() + static_cast<Lines::difference_type>(half));
    before.insert(before.end(), {"p\n", "q\n"});
    after.insert(after.end(), {"q\n", "p\n"});
    const auto changes = changed_lines(before, after);
    CHECK(patched(before, after, changes) == after);
    const bool ends_early = half > 1'400;
    CHECK(cost(changes) == (ends_early ? before.size() + after.size() : 2 * half + 2));
  }
}

TEST_CASE("changed lines: above the bound all between common head and tail is one change") {
  Lines before(kMostSearchedLines / 2 + 2, "x\n");
  Lines after = before;
  before.front() = "a\n";
  after.front() = "a\n";
  before[1] = "p\n";
  after[2] = "p\n";
  before.back() = "p\n";
  after[after.size() - 2] = "p\n";
  before.push_back("z\n");
  after.push_back("z\n");
  const std::size_t between = before.size() - 2;
  CHECK(changed_lines(before, after) == std::vector<LineChange>{{1, between, 1, between}});
}

TEST_CASE("changed lines: lines of one side alone do not count for the bound") {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < kMostSearchedLines; ++i)
    texts.push_back(std::to_string(i));
  Lines before{"a", "k", "b"};
  Lines after(texts.begin(), texts.end());
  after.insert(after.begin() + 1, "k");
  const std::size_t rest = texts.size() - 1;
  CHECK(changed_lines(before, after) == std::vector<LineChange>{{0, 1, 0, 1}, {2, 1, 2, rest}});
}

}  // namespace ratchet
