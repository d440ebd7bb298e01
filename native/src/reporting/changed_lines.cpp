#include "reporting/changed_lines.h"

#include <algorithm>
#include <dtl/dtl.hpp>
#include <unordered_map>

namespace ratchet {
namespace {

/// A line's text by number, the same on both sides.
using LineNumbers = std::vector<std::size_t>;

struct Numbered {
  LineNumbers before;
  LineNumbers after;
  std::size_t texts = 0;
};

Numbered numbered(const std::vector<std::string_view>& before,
                  const std::vector<std::string_view>& after) {
  std::unordered_map<std::string_view, std::size_t> numbers;
  numbers.reserve(before.size() + after.size());
  const auto number = [&numbers](std::string_view line) {
    return numbers.try_emplace(line, numbers.size()).first->second;
  };
  Numbered result;
  std::ranges::transform(before, std::back_inserter(result.before), number);
  std::ranges::transform(after, std::back_inserter(result.after), number);
  result.texts = numbers.size();
  return result;
}

/// The places between common head and tail whose line the other side has there too.
std::vector<std::size_t> shared_places(const LineNumbers& lines, const LineNumbers& other,
                                       std::size_t head, std::size_t tail, std::size_t texts) {
  std::vector<bool> known(texts);
  for (std::size_t i = head; i < other.size() - tail; ++i)
    known[other[i]] = true;
  std::vector<std::size_t> places;
  for (std::size_t i = head; i < lines.size() - tail; ++i) {
    if (known[lines[i]]) places.push_back(i);
  }
  return places;
}

LineNumbers at(const LineNumbers& lines, const std::vector<std::size_t>& places) {
  LineNumbers picked(places.size());
  std::ranges::transform(places, picked.begin(), [&lines](std::size_t i) { return lines[i]; });
  return picked;
}

/// Which lines have a partner on the other side; the n-th of one side belongs to the n-th of the
/// other.
struct Kept {
  std::vector<bool> before;
  std::vector<bool> after;
};

/// Keeps what dtl finds to stand on both sides between the common head and the common tail.
void search_between(const Numbered& text, std::size_t head, std::size_t tail, Kept& kept) {
  const auto old_places = shared_places(text.before, text.after, head, tail, text.texts);
  const auto new_places = shared_places(text.after, text.before, head, tail, text.texts);
  if (old_places.empty() || old_places.size() + new_places.size() > kMostSearchedLines) return;
  dtl::Diff<std::size_t, LineNumbers> search(at(text.before, old_places),
                                             at(text.after, new_places));
  // Ends the search at dtl's own bound on steps; what is left then counts as changed.
  search.onUnserious();
  search.compose();
  std::size_t i = 0;
  std::size_t j = 0;
  for (const auto& [line, step] : search.getSes().getSequence()) {
    if (step.type == dtl::SES_COMMON) {
      kept.before[old_places[i]] = true;
      kept.after[new_places[j]] = true;
    }
    if (step.type != dtl::SES_ADD) ++i;
    if (step.type != dtl::SES_DELETE) ++j;
  }
}

Kept kept_lines(const Numbered& text) {
  const LineNumbers& before = text.before;
  const LineNumbers& after = text.after;
  const std::size_t shorter = std::min(before.size(), after.size());
  std::size_t head = 0;
  while (head < shorter && before[head] == after[head])
    ++head;
  std::size_t tail = 0;
  while (tail < shorter - head &&
         before[before.size() - tail - 1] == after[after.size() - tail - 1]) {
    ++tail;
  }
  Kept kept{std::vector<bool>(before.size()), std::vector<bool>(after.size())};
  for (std::vector<bool>* side : {&kept.before, &kept.after}) {
    std::fill_n(side->begin(), head, true);
    std::fill_n(side->rbegin(), tail, true);
  }
  search_between(text, head, tail, kept);
  return kept;
}

std::vector<LineChange> gaps_of(const Kept& kept) {
  std::vector<LineChange> changes;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < kept.before.size() || j < kept.after.size()) {
    LineChange change{i, 0, j, 0};
    for (; i < kept.before.size() && !kept.before[i]; ++i)
      ++change.old_count;
    for (; j < kept.after.size() && !kept.after[j]; ++j)
      ++change.new_count;
    if (change.old_count + change.new_count != 0) changes.push_back(change);
    ++i;
    ++j;
  }
  return changes;
}

/// Moves changes that only add or only remove to where they read best.
class Slider {
 public:
  Slider(const Numbered& text, std::vector<LineChange> changes)
      : text_(text), waiting_(std::move(changes)) {
    std::ranges::reverse(waiting_);
  }

  std::vector<LineChange> run() && {
    while (!waiting_.empty()) {
      LineChange change = waiting_.back();
      waiting_.pop_back();
      place(change);
      done_.push_back(change);
    }
    return std::move(done_);
  }

 private:
  static bool slides(const LineChange& change) {
    return change.old_count == 0 || change.new_count == 0;
  }

  static bool touch(const LineChange& first, const LineChange& second) {
    return first.old_begin + first.old_count == second.old_begin &&
           first.new_begin + first.new_count == second.new_begin;
  }

  static LineChange joined(const LineChange& first, const LineChange& second) {
    return {first.old_begin, first.old_count + second.old_count, first.new_begin,
            first.new_count + second.new_count};
  }

  /// Whether the line before the block is the same as its last one.
  [[nodiscard]] bool fits_above(const LineChange& change) const {
    const bool adds = change.old_count == 0;
    const LineNumbers& lines = adds ? text_.after : text_.before;
    const std::size_t begin = adds ? change.new_begin : change.old_begin;
    const std::size_t end = begin + change.old_count + change.new_count;
    return begin > 0 && lines[begin - 1] == lines[end - 1];
  }

  [[nodiscard]] bool fits_below(const LineChange& change) const {
    const bool adds = change.old_count == 0;
    const LineNumbers& lines = adds ? text_.after : text_.before;
    const std::size_t begin = adds ? change.new_begin : change.old_begin;
    const std::size_t end = begin + change.old_count + change.new_count;
    return end < lines.size() && lines[begin] == lines[end];
  }

  void place(LineChange& change) {
    while (slides(change) && fits_above(change)) {
      --change.old_begin;
      --change.new_begin;
      if (!done_.empty() && touch(done_.back(), change)) {
        change = joined(done_.back(), change);
        done_.pop_back();
      }
    }
    while (slides(change) && fits_below(change)) {
      ++change.old_begin;
      ++change.new_begin;
      if (!waiting_.empty() && touch(change, waiting_.back())) {
        change = joined(change, waiting_.back());
        waiting_.pop_back();
      }
    }
  }

  const Numbered& text_;
  std::vector<LineChange> waiting_;  ///< the next one last
  std::vector<LineChange> done_;
};

}  // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

std::vector<LineChange> changed_lines(const std::vector<std::string_view>& before,
                                      const std::vector<std::string_view>& after) {
  const Numbered text = numbered(before, after);
  return Slider(text, gaps_of(kept_lines(text))).run();
}

}  // namespace ratchet
