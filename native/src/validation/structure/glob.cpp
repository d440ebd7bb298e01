#include "validation/structure/glob.h"

#include <optional>

#include "core/error.h"
#include "core/text.h"

namespace ratchet {
namespace {

/// The bytes of the code point at `at`; one where the text is malformed.
std::size_t code_point_size(std::string_view text, std::size_t at) {
  constexpr unsigned kContinuationMask = 0xC0;
  constexpr unsigned kContinuation = 0x80;
  std::size_t size = 1;
  while (at + size < text.size() &&
         (static_cast<unsigned char>(text[at + size]) & kContinuationMask) == kContinuation) {
    ++size;
  }
  return size;
}

/// Where the set that begins at `open` is closed; a `]` right behind the opening belongs to it.
std::optional<std::size_t> end_of_set(std::string_view pattern, std::size_t open) {
  std::size_t first = open + 1;
  if (first < pattern.size() && (pattern[first] == '!' || pattern[first] == '^')) ++first;
  const std::size_t close = pattern.find(']', first + 1);
  return close == std::string_view::npos ? std::nullopt : std::optional(close);
}

/// Well-formed UTF-8 sorts by bytes as by code points.
bool set_holds(std::string_view set, std::string_view character) {
  for (std::size_t at = 0; at < set.size();) {
    const std::string_view low = set.substr(at, code_point_size(set, at));
    at += low.size();
    std::string_view high = low;
    if (at + 1 < set.size() && set[at] == '-') {
      high = set.substr(at + 1, code_point_size(set, at + 1));
      at += 1 + high.size();
    }
    if (low <= character && character <= high) return true;
  }
  return false;
}

/// What one element of a pattern, no star, takes of a name; nothing where it does not fit.
struct Step {
  std::size_t of_pattern = 0;
  std::size_t of_name = 0;
};
std::optional<Step> step(std::string_view pattern, std::size_t at, std::string_view name,
                         std::size_t place) {
  const std::string_view character = name.substr(place, code_point_size(name, place));
  if (pattern[at] == '?') return Step{1, character.size()};
  const auto close = pattern[at] == '[' ? end_of_set(pattern, at) : std::nullopt;
  if (!close) {
    if (pattern[at] != name[place]) return std::nullopt;
    return Step{1, 1};
  }
  std::string_view set = pattern.substr(at + 1, *close - at - 1);
  const bool is_inverted = set.front() == '!' || set.front() == '^';
  if (is_inverted) set.remove_prefix(1);
  if (set_holds(set, character) == is_inverted) return std::nullopt;
  return Step{*close + 1 - at, character.size()};
}

/// The pieces between a `{` and its `}`, and what stands behind; nothing for a brace that is none.
struct Braces {
  std::vector<std::string_view> choices;
  std::string_view rest;
};
std::optional<Braces> read_braces(std::string_view text) {
  Braces braces;
  std::size_t depth = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == ',' && depth == 0) {
      braces.choices.push_back(text.substr(begin, at - begin));
      begin = at + 1;
    }
    if (text[at] != '}') continue;
    if (depth > 0) {
      --depth;
      continue;
    }
    if (braces.choices.empty()) return std::nullopt;
    braces.choices.push_back(text.substr(begin, at - begin));
    braces.rest = text.substr(at + 1);
    return braces;
  }
  return std::nullopt;
}

}  // namespace

bool is_glob(std::string_view text) {
  return text.find_first_of("*?[{") != std::string_view::npos;
}

bool NamePattern::matches(std::string_view name) const {
  const std::string_view pattern = pattern_;
  if (name.starts_with('.') && !pattern.starts_with('.')) return false;
  std::size_t at = 0;
  std::size_t place = 0;
  // Where to go on when all else fails: the last star takes one character more. Going back to an
  // earlier star never helps, for whatever stands between was matched at the first chance.
  std::optional<std::size_t> star;
  std::size_t star_place = 0;
  while (place < name.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      star_place = place;
      continue;
    }
    const auto taken = at < pattern.size() ? step(pattern, at, name, place) : std::nullopt;
    if (taken) {
      at += taken->of_pattern;
      place += taken->of_name;
      continue;
    }
    if (!star) return false;
    star_place += code_point_size(name, star_place);
    place = star_place;
    at = *star + 1;
  }
  return pattern.find_first_not_of('*', at) == std::string_view::npos;
}

std::vector<std::string> expand_braces(std::string_view pattern, std::size_t most) {
  std::vector<std::string> done;
  std::vector<std::string> to_do{std::string(pattern)};
  while (!to_do.empty()) {
    const std::string text = std::move(to_do.back());
    to_do.pop_back();
    std::size_t open = text.find('{');
    std::optional<Braces> braces;
    while (open != std::string::npos) {
      braces = read_braces(std::string_view(text).substr(open + 1));
      if (braces) break;
      open = text.find('{', open + 1);
    }
    if (!braces) {
      done.push_back(text);
    } else {
      for (auto choice = braces->choices.rbegin(); choice != braces->choices.rend(); ++choice) {
        to_do.push_back(text.substr(0, open).append(*choice).append(braces->rest));
      }
    }
    if (done.size() + to_do.size() > most) {
      throw Error("request.constraint", "pattern " + in_quotes(pattern) + " stands for more than " +
                                            std::to_string(most) + " patterns")
          .hint("write fewer braces");
    }
  }
  return done;
}

}  // namespace ratchet
