#include "validation/dependencies/version_range.h"

#include <algorithm>

namespace ratchet {
namespace {

constexpr std::string_view kSpaces = " \t\r\n,";
constexpr std::size_t kNumbers = 3;

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t begin = text.find_first_not_of(kSpaces);
    if (begin == std::string_view::npos) return words;
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_of(kSpaces), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

/// The operator that a word begins with, taken off it.
std::string_view take_operator(std::string_view& word) {
  std::size_t size = word.find_first_not_of("<>=^~");
  size = std::min(size, word.size());
  const std::string_view op = word.substr(0, size);
  word.remove_prefix(size);
  return op;
}

bool is_open(std::string_view part) {
  return part == "x" || part == "X" || part == "*";
}

}  // namespace

struct VersionRange::Partial {
  Version version;        ///< as far as it is given
  std::size_t given = 0;  ///< numbers before the first open one

  [[nodiscard]] bool is_whole() const { return given >= kNumbers; }
};

std::optional<VersionRange::Partial> VersionRange::parse_partial(std::string_view text) {
  if (text.starts_with('v') || text.starts_with('V')) text.remove_prefix(1);
  Partial partial;
  std::string_view numbers = text.substr(0, text.find_first_of("-+"));
  std::string plain;
  while (!numbers.empty()) {
    const std::size_t dot = std::min(numbers.find('.'), numbers.size());
    const std::string_view part = numbers.substr(0, dot);
    if (is_open(part)) break;
    plain.append(plain.empty() ? "" : ".").append(part);
    ++partial.given;
    numbers.remove_prefix(dot);
    if (numbers == ".") return std::nullopt;
    if (!numbers.empty()) numbers.remove_prefix(1);
  }
  // Behind an open number nothing but open ones may stand.
  for (std::string_view rest = numbers; !rest.empty();) {
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    if (!is_open(rest.substr(0, dot))) return std::nullopt;
    rest.remove_prefix(std::min(dot + 1, rest.size()));
  }
  if (partial.given == 0) {
    return numbers.empty() ? std::nullopt : std::optional(partial);
  }
  if (numbers.empty()) plain.append(text.substr(std::min(text.find_first_of("-+"), text.size())));
  auto version = Version::parse(plain);
  if (!version) return std::nullopt;
  partial.version = *std::move(version);
  return partial;
}

/// Everything below the next version that differs in the number at `index`; prereleases of that one
/// are no part of it either.
void VersionRange::add_below(Comparators& set, const Partial& partial, std::size_t index) {
  Version above;
  for (std::size_t i = 0; i <= index; ++i)
    above.numbers.push_back(partial.version.number(i));
  ++above.numbers.back();
  above.prerelease = {"0"};
  set.push_back({Relation::less, above, false});
}

bool VersionRange::add(Comparators& set, std::string_view op, const Partial& partial, Lone lone) {
  const Version& version = partial.version;
  if (partial.given == 0) {
    // `*` is anything; nothing is below or above it.
    if (op != "<" && op != ">") return true;
    set.push_back({Relation::less, Version{{0}, {"0"}}, false});
    return true;
  }
  const auto from = [&] {
    const bool is_written = partial.is_whole();
    Version lowest = version;
    if (!is_written) lowest.prerelease = {"0"};
    set.push_back({Relation::at_least, lowest, is_written});
  };
  const std::size_t last = partial.given - 1;
  const bool is_lone = op.empty();
  if (op == "^" || (is_lone && lone == Lone::compatible)) {
    from();
    std::size_t index = 0;
    while (index < last && version.number(index) == 0)
      ++index;
    add_below(set, partial, index);
  } else if (op == "~" || op == "~>") {
    from();
    add_below(set, partial, std::min<std::size_t>(last, 1));
  } else if (is_lone || op == "=" || op == "==") {
    if (partial.is_whole()) {
      set.push_back({Relation::equal, version});
    } else {
      from();
      add_below(set, partial, last);
    }
  } else if (op == ">=") {
    from();
  } else if (op == ">") {
    if (partial.is_whole()) {
      set.push_back({Relation::greater, version});
    } else {
      add_below(set, partial, last);
      set.back().relation = Relation::at_least;
    }
  } else if (op == "<") {
    Version bound = version;
    if (!partial.is_whole()) bound.prerelease = {"0"};
    set.push_back({Relation::less, bound, partial.is_whole()});
  } else if (op == "<=") {
    if (partial.is_whole()) {
      set.push_back({Relation::at_most, version});
    } else {
      add_below(set, partial, last);
    }
  } else {
    return false;
  }
  return true;
}

std::optional<VersionRange::Comparators> VersionRange::parse_set(std::string_view text, Lone lone) {
  const std::vector<std::string_view> words = words_of(text);
  Comparators set;
  const bool is_hyphen = words.size() == 3 && words[1] == "-";
  if (is_hyphen) {
    const auto low = parse_partial(words[0]);
    const auto high = parse_partial(words[2]);
    if (!low || !high) return std::nullopt;
    if (!add(set, ">=", *low, lone) || !add(set, "<=", *high, lone)) return std::nullopt;
    return set;
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string_view word = words[i];
    const std::string_view op = take_operator(word);
    if (word.empty()) {  // `>= 1.2`
      if (++i == words.size()) return std::nullopt;
      word = words[i];
    }
    const auto partial = parse_partial(word);
    if (!partial || !add(set, op, *partial, lone)) return std::nullopt;
  }
  return set;
}

std::optional<VersionRange> VersionRange::parse(std::string_view text, Lone lone) {
  VersionRange range;
  while (true) {
    const std::size_t bar = std::min(text.find("||"), text.size());
    auto set = parse_set(text.substr(0, bar), lone);
    if (!set) return std::nullopt;
    range.alternatives_.push_back(*std::move(set));
    if (bar == text.size()) return range;
    text.remove_prefix(bar + 2);
  }
}

bool VersionRange::all_hold(const Comparators& set, const Version& version,
                            Prereleases prereleases) {
  bool is_named = version.prerelease.empty() || prereleases == Prereleases::all;
  for (const Comparator& comparator : set) {
    const int way = version.compare(comparator.version);
    const bool holds = comparator.relation == Relation::less       ? way < 0
                       : comparator.relation == Relation::at_most  ? way <= 0
                       : comparator.relation == Relation::equal    ? way == 0
                       : comparator.relation == Relation::at_least ? way >= 0
                                                                   : way > 0;
    if (!holds) return false;
    is_named = is_named || (comparator.is_written && !comparator.version.prerelease.empty() &&
                            comparator.version.same_release(version));
  }
  return is_named;
}

bool VersionRange::holds(const Version& version, Prereleases prereleases) const {
  return std::any_of(alternatives_.begin(), alternatives_.end(),
                     [&](const Comparators& set) { return all_hold(set, version, prereleases); });
}

}  // namespace ratchet
