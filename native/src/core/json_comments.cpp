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

/// Finds the ends of comments.
class CommentEnds {
 public:
  explicit CommentEnds(std::string_view text) : text_(text) {}

  /// Behind a comment that begins at `at`; `at` itself where none does, or it is not closed. Asked
  /// with growing offsets: once nothing is closed any more, nothing is looked for.
  std::size_t behind(std::size_t at) {
    const std::string_view rest = text_.substr(at);
    if (rest.starts_with("//")) return std::min(text_.find_first_of("\r\n", at), text_.size());
    if (!rest.starts_with("/*") || none_closes_) return at;
    const std::size_t close = text_.find("*/", at + 2);
    none_closes_ = close == std::string_view::npos;
    return none_closes_ ? at : close + 2;
  }

 private:
  std::string_view text_;
  bool none_closes_ = false;
};

void blank(std::string& text, std::size_t from, std::size_t to) {
  std::replace_if(
      text.begin() + static_cast<std::ptrdiff_t>(from),
      text.begin() + static_cast<std::ptrdiff_t>(to),
      [](char letter) { return letter != '\n' && letter != '\r'; }, ' ');
}

}  // namespace

std::string without_json_comments(std::string_view text) {
  std::string result(text);
  CommentEnds comments(text);
  constexpr std::size_t kNone = std::string::npos;
  std::size_t comma = kNone;  // the last one, while nothing but blanks follows it
  char before = '[';          // what stands before that comma
  for (std::size_t at = 0; at < result.size();) {
    const char letter = result[at];
    if (const std::size_t end = comments.behind(at); end > at) {
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
