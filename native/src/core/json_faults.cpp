// What the scanner says about a text that is not JSON.
#include <algorithm>
#include <array>
#include <cstdio>

#include "core/document_state.h"
#include "core/error.h"
#include "core/json_scanner.h"
#include "core/text.h"
#include "core/utf8.h"

namespace ratchet {
namespace {

constexpr std::size_t kLongestWord = 20;

bool is_word_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '_';
}

/// The word, or else the one character, that stands at an offset.
std::string_view word_at(std::string_view text, std::size_t offset) {
  const std::string_view rest = text.substr(offset);
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_word_letter);
  if (end != rest.begin()) return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  return rest.substr(0, code_point_at(text, offset).size);
}

struct Habit {
  std::string_view word;
  std::string_view hint;
};

/// What people write from the habit of another notation.
constexpr auto kHabits = std::to_array<Habit>({
    {"'", "put texts and keys in double quotes"},
    {"/", "remove the comment: JSON has none"},
    {"#", "remove the comment: JSON has none"},
    {"True", "write true"},
    {"TRUE", "write true"},
    {"False", "write false"},
    {"FALSE", "write false"},
    {"None", "write null"},
    {"nil", "write null"},
    {"NULL", "write null"},
    {"undefined", "write null, or leave the key out"},
    {"NaN", "JSON has no such number; write null or a text"},
    {"Infinity", "JSON has no such number; write null or a text"},
    {"+", "write the number without +"},
    {".", "write a digit before the point"},
    {"}", "remove the comma before it, or write what is missing"},
    {"]", "remove the comma before it, or write what is missing"},
    {";", "end the text here"},
    {"=", "write \":\" between key and value"},
});

std::string_view hint_for(std::string_view found) {
  for (const Habit& habit : kHabits) {
    if (habit.word == found) return habit.hint;
  }
  return {};
}

}  // namespace

void JsonScanner::fail(std::size_t offset, const std::string& why, std::string_view hint) const {
  const Position position = position_in(text_, offset);
  Error error("json.invalid", "not valid JSON at " + place_text(name_, position) + ": " + why);
  if (!hint.empty()) error.hint(std::string(hint));
  throw error.at(std::string(name_), position);
}

void JsonScanner::reject(std::string_view why, std::string_view hint) const {
  fail(begin_, std::string(why), hint);
}

void JsonScanner::fail_unexpected(std::string_view wanted) const {
  if (at_end()) fail_at_end(wanted);
  const std::string_view found = word_at(text_, at_);
  const bool key = is_word_letter(found.front()) && wanted.starts_with("a key");
  fail(at_, "expected " + std::string(wanted) + ", found " + in_quotes(found, kLongestWord),
       key ? "put the key in double quotes" : hint_for(found));
}

void JsonScanner::fail_at_end(std::string_view wanted) const {
  std::string why = "the text ends where " + std::string(wanted) + " is expected";
  if (!open_.empty()) {
    const Position opening = position_in(text_, open_.back().begin);
    why += open_.back().object ? "; the object" : "; the array";
    why += " that begins at " + std::to_string(opening.line) + ":" +
           std::to_string(opening.column) + " is not closed";
  }
  fail(text_.size(), why);
}

void JsonScanner::fail_in_string(std::size_t opening) const {
  if (at_end()) fail(opening, "this text is never closed", "add the missing \"");
  const char control = text_[at_];
  if (control == '\n' || control == '\r') {
    fail(at_, "a line break inside a text", "write \\n, or close the text with \"");
  }
  if (control == '\t') fail(at_, "a tab inside a text", "write \\t");
  std::array<char, 8> escape{};
  std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(control));
  fail(at_, "a control character inside a text", "write it as " + std::string(escape.data()));
}

void JsonScanner::fail_too_deep() const {
  const Position position = position_in(text_, begin_);
  throw Error("json.too_deep", "objects and arrays nest deeper than " + std::to_string(depth_) +
                                   " levels at " + place_text(name_, position) +
                                   "; make the text flatter or raise the limit json_depth")
      .at(std::string(name_), position);
}

}  // namespace ratchet
