#include "templates/inflection.h"

#include <algorithm>
#include <array>
#include <optional>

#include "templates/words.h"

namespace ratchet {
namespace {

struct NounPair {
  std::string_view singular;
  std::string_view plural;
};

/// Nouns that no rule of ending covers.
constexpr auto kIrregular = std::to_array<NounPair>({
    {"alias", "aliases"},
    {"analysis", "analyses"},
    {"axis", "axes"},
    {"basis", "bases"},
    {"bus", "buses"},
    {"child", "children"},
    {"crisis", "crises"},
    {"criterion", "criteria"},
    {"datum", "data"},
    {"echo", "echoes"},
    {"foot", "feet"},
    {"gas", "gases"},
    {"goose", "geese"},
    {"half", "halves"},
    {"hero", "heroes"},
    {"knife", "knives"},
    {"leaf", "leaves"},
    {"life", "lives"},
    {"loaf", "loaves"},
    {"man", "men"},
    {"matrix", "matrices"},
    {"medium", "media"},
    {"mouse", "mice"},
    {"movie", "movies"},
    {"cookie", "cookies"},
    {"person", "people"},
    {"phenomenon", "phenomena"},
    {"potato", "potatoes"},
    {"quiz", "quizzes"},
    {"shelf", "shelves"},
    {"status", "statuses"},
    {"synopsis", "synopses"},
    {"thesis", "theses"},
    {"thief", "thieves"},
    {"tomato", "tomatoes"},
    {"tooth", "teeth"},
    {"vertex", "vertices"},
    {"virus", "viruses"},
    {"wife", "wives"},
    {"wolf", "wolves"},
    {"woman", "women"},
    {"campus", "campuses"},
    {"bonus", "bonuses"},
    {"cache", "caches"},
    {"canvas", "canvases"},
    {"lens", "lenses"},
    {"atlas", "atlases"},
    {"bias", "biases"},
});

/// The same in both numbers.
constexpr auto kUnchanging = std::to_array<std::string_view>(
    {"aircraft", "deer", "equipment", "feedback", "fish", "information", "metadata", "money",
     "news", "offspring", "series", "sheep", "software", "species"});

bool is_vowel(char letter) {
  return std::string_view("aeiou").find(letter) != std::string_view::npos;
}

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return word.ends_with(ending); });
}

bool is_unchanging(std::string_view word) {
  return std::find(kUnchanging.begin(), kUnchanging.end(), word) != kUnchanging.end();
}

bool consonant_before_last(std::string_view word) {
  return word.size() > 1 && !is_vowel(word[word.size() - 2]);
}

/// Of a word in small letters.
std::string regular_plural(std::string_view word) {
  std::string plural(word);
  if (word.ends_with('y') && consonant_before_last(word)) {
    plural.replace(plural.size() - 1, 1, "ies");
  } else if (ends_with_any(word, {"s", "x", "z", "ch", "sh"})) {
    plural += "es";
  } else {
    plural += 's';
  }
  return plural;
}

/// Of a word in small letters; nothing where its ending is no plural's.
std::optional<std::string> regular_singular(std::string_view word) {
  if (!word.ends_with('s') || ends_with_any(word, {"ss", "us", "is"}) || word.size() < 3) {
    return std::nullopt;
  }
  if (word.ends_with("ies") && word.size() > 4)
    return std::string(word.substr(0, word.size() - 3)) + 'y';
  if (ends_with_any(word, {"sses", "xes", "zzes", "ches", "shes"})) {
    return std::string(word.substr(0, word.size() - 2));
  }
  return std::string(word.substr(0, word.size() - 1));
}

std::string singular_word(std::string_view word) {
  if (is_unchanging(word)) return std::string(word);
  for (const NounPair& pair : kIrregular) {
    if (word == pair.plural || word == pair.singular) return std::string(pair.singular);
  }
  return regular_singular(word).value_or(std::string(word));
}

std::string plural_word(std::string_view word) {
  if (is_unchanging(word)) return std::string(word);
  for (const NounPair& pair : kIrregular) {
    if (word == pair.plural || word == pair.singular) return std::string(pair.plural);
  }
  return regular_singular(word) ? std::string(word) : regular_plural(word);
}

bool is_ascii_word(std::string_view word) {
  return std::all_of(word.begin(), word.end(),
                     [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
}

/// `inflected` in the case of `word`: what both begin with as it stands there, the rest in capitals
/// where the word is all capitals.
std::string in_case_of(std::string_view word, std::string_view inflected) {
  const std::string lower = lower_case(word);
  const auto same = static_cast<std::size_t>(
      std::mismatch(lower.begin(), lower.end(), inflected.begin(), inflected.end()).first -
      lower.begin());
  const bool all_capitals = word.size() > 1 && upper_case(word) == word;
  const std::string rest(inflected.substr(same));
  if (all_capitals) return std::string(word.substr(0, same)) + upper_case(rest);
  if (same == 0 && lower != word) return upper_case(rest.substr(0, 1)) + rest.substr(1);
  return std::string(word.substr(0, same)) + rest;
}

std::string with_last_word(std::string_view text, std::string (*inflect)(std::string_view)) {
  const std::vector<std::string_view> words = split_words(text);
  if (words.empty() || !is_ascii_word(words.back())) return std::string(text);
  const std::string_view word = words.back();
  const auto start = static_cast<std::size_t>(word.data() - text.data());
  std::string result(text.substr(0, start));
  result += in_case_of(word, inflect(lower_case(word)));
  return result += text.substr(start + word.size());
}

}  // namespace

std::string plural_of(std::string_view text) {
  return with_last_word(text, plural_word);
}

std::string singular_of(std::string_view text) {
  return with_last_word(text, singular_word);
}

}  // namespace ratchet
