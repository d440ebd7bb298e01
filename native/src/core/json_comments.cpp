#include "core/json_comments.h"

#include <algorithm>

namespace ratchet {
namespace {

/// Behind a string that begins at `at`.
std::size_t behind_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"' && text[at] != '\n'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return std::min(at + 1, text.size());
}

/// Behind a comment that begins at `at`; `at` itself where none does, or it is not closed.
std::size_t behind_comment(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("//")) return std::min(text.find_first_of("\r\n", at), text.size());
  if (!rest.starts_with("/*")) return at;
  const std::size_t close = text.find("*/", at + 2);
  return close == std::string_view::npos ? at : close + 2;
}

void blank(std::string& text, std::size_t from, std::size_t to) {
  std::replace_if(
      text.begin() + static_cast<std::ptrdiff_t>(from),
      text.begin() + static_cast<std::ptrdiff_t>(to),
      [](char letter) { return letter != '\n' && letter != '\r'; }, ' ');
}

}  // namespace

std::string without_json_comments(std::string_view text) {
  std::string result(text);
  constexpr std::size_t kNone = std::string::npos;
  std::size_t comma = kNone;  // the last one, while nothing but blanks follows it
  char before = '[';          // what stands before that comma
  for (std::size_t at = 0; at < result.size();) {
    const char letter = result[at];
    if (const std::size_t end = behind_comment(result, at); end > at) {
      blank(result, at, end);
      at = end;
      continue;
    }
    const bool is_blank = letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
    if (letter == ',') {
      // `[,]` and `[1,,]` stay faults: a trailing comma follows a value.
      const bool follows_value = before != '[' && before != '{' && before != ',' && before != ':';
      comma = follows_value ? at : kNone;
    } else if (!is_blank) {
      if (comma != kNone && (letter == ']' || letter == '}')) result[comma] = ' ';
      comma = kNone;
    }
    if (!is_blank) before = letter;
    at = letter == '"' ? behind_string(result, at) : at + 1;
  }
  return result;
}

}  // namespace ratchet
