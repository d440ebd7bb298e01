#include "templates/words.h"

#include <utf8proc.h>

#include <array>

namespace ratchet {
namespace {

enum class LetterKind { separator, upper, lower, other_letter, digit, mark };

LetterKind kind_of(utf8proc_int32_t code_point) {
  switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
      return LetterKind::upper;
    case UTF8PROC_CATEGORY_LL:
      return LetterKind::lower;
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
      return LetterKind::other_letter;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return LetterKind::digit;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
      return LetterKind::mark;
    default:
      return LetterKind::separator;
  }
}

struct Letter {
  utf8proc_int32_t code_point = 0;
  std::size_t size = 1;  ///< in bytes; a malformed byte counts as a separator of one
  LetterKind kind = LetterKind::separator;
};

Letter letter_at(std::string_view text, std::size_t offset) {
  Letter letter;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data() + offset);
  const auto left = static_cast<utf8proc_ssize_t>(text.size() - offset);
  const utf8proc_ssize_t size = utf8proc_iterate(bytes, left, &letter.code_point);
  if (size <= 0) return {};
  letter.size = static_cast<std::size_t>(size);
  letter.kind = kind_of(letter.code_point);
  return letter;
}

void append(std::string& text, utf8proc_int32_t code_point) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const utf8proc_ssize_t size = utf8proc_encode_char(code_point, bytes.data());
  text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

template <typename Map>
std::string mapped(std::string_view text, Map map) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const Letter letter = letter_at(text, i);
    if (letter.kind == LetterKind::separator) {
      result += text.substr(i, letter.size);
    } else {
      append(result, map(letter.code_point));
    }
    i += letter.size;
  }
  return result;
}

/// The word with its first letter as a capital, or not, and the rest as it is.
std::string capitalised(std::string_view word) {
  const std::size_t first = letter_at(word, 0).size;
  return upper_case(word.substr(0, first)) + std::string(word.substr(first));
}

std::string joined_lower(std::string_view text, char separator) {
  std::string result;
  for (const std::string_view word : split_words(text)) {
    if (!result.empty()) result += separator;
    result += lower_case(word);
  }
  return result;
}

}  // namespace

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t start = 0;
  const auto end_word = [&](std::size_t end) {
    if (end > start) words.push_back(text.substr(start, end - start));
    start = end;
  };
  LetterKind last = LetterKind::separator;
  std::size_t last_begin = 0;
  bool capital_run = false;  // the last letter is a capital that another one precedes
  for (std::size_t i = 0; i < text.size();) {
    const Letter letter = letter_at(text, i);
    if (letter.kind == LetterKind::separator) {
      end_word(i);
      start = i + letter.size;
    } else if (letter.kind == LetterKind::upper && last != LetterKind::upper) {
      end_word(i);
    } else if (letter.kind == LetterKind::lower && last == LetterKind::upper && capital_run) {
      end_word(last_begin);
    }
    if (letter.kind != LetterKind::mark) {
      capital_run = letter.kind == LetterKind::upper && last == LetterKind::upper;
      last = letter.kind;
      last_begin = i;
    }
    i += letter.size;
  }
  end_word(text.size());
  return words;
}

std::string snake_case(std::string_view text) {
  return joined_lower(text, '_');
}

std::string kebab_case(std::string_view text) {
  return joined_lower(text, '-');
}

std::string pascal_case(std::string_view text) {
  std::string result;
  for (const std::string_view word : split_words(text))
    result += capitalised(lower_case(word));
  return result;
}

std::string camel_case(std::string_view text) {
  std::string result;
  for (const std::string_view word : split_words(text)) {
    const std::string lower = lower_case(word);
    result += result.empty() ? lower : capitalised(lower);
  }
  return result;
}

std::string title_case(std::string_view text) {
  std::string result;
  for (const std::string_view word : split_words(text)) {
    if (!result.empty()) result += ' ';
    result += capitalised(word);
  }
  return result;
}

std::string upper_case(std::string_view text) {
  return mapped(text, utf8proc_toupper);
}

std::string lower_case(std::string_view text) {
  return mapped(text, utf8proc_tolower);
}

}  // namespace ratchet
