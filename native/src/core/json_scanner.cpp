#include "core/json_scanner.h"

#include <cstring>

#include "core/ascii.h"
#include "core/utf8.h"

namespace ratchet {
namespace {

bool ends_plain_run(char letter) {
  return letter == '"' || letter == '\\' || static_cast<unsigned char>(letter) < 0x20;
}

/// Where the run of characters that stand for themselves in a string ends; eight bytes at a time by
/// the well-known test "has a byte less than n" (Hacker's Delight, 6-1).
std::size_t skip_plain(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  constexpr std::uint64_t kHighs = kOnes * 0x80;
  while (at + sizeof(std::uint64_t) <= text.size()) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof(word));
    const std::uint64_t quote = word ^ (kOnes * '"');
    const std::uint64_t backslash = word ^ (kOnes * '\\');
    const std::uint64_t found = ((word - kOnes * 0x20) & ~word) | ((quote - kOnes) & ~quote) |
                                ((backslash - kOnes) & ~backslash);
    if ((found & kHighs) != 0) break;
    at += sizeof(word);
  }
  while (at < text.size() && !ends_plain_run(text[at]))
    ++at;
  return at;
}

}  // namespace

JsonScanner::JsonScanner(std::string_view text, std::string_view name, std::int64_t depth)
    : text_(text), name_(name), depth_(depth < 0 ? 0 : static_cast<std::size_t>(depth)) {
  if (text.starts_with(kUtf8ByteOrderMark)) at_ = kUtf8ByteOrderMark.size();
}

void JsonScanner::skip_space() {
  while (at_ < text_.size()) {
    const char letter = text_[at_];
    if (letter != ' ' && letter != '\n' && letter != '\r' && letter != '\t') return;
    ++at_;
  }
}

JsonScanner::Token JsonScanner::next() {
  skip_space();
  begin_ = at_;
  switch (expected_) {
    case Expected::first_item:
      if (peek() == ']') return close();
      return read_value();
    case Expected::value:
      return read_value();
    case Expected::first_key:
      if (peek() == '}') return close();
      return read_key();
    case Expected::key:
      return read_key();
    case Expected::separator:
      return read_separator();
    case Expected::end:
      break;
  }
  if (!at_end()) fail_unexpected("the end of the text");
  return Token::end;
}

JsonScanner::Token JsonScanner::read_separator() {
  const bool object = open_.back().object;
  if (peek() == (object ? '}' : ']')) return close();
  if (peek() != ',') fail_unexpected(object ? "\",\" or \"}\"" : "\",\" or \"]\"");
  ++at_;
  skip_space();
  begin_ = at_;
  return object ? read_key() : read_value();
}

JsonScanner::Token JsonScanner::read_key() {
  if (peek() != '"') fail_unexpected("a key in double quotes");
  read_string();
  skip_space();
  if (peek() != ':') fail_unexpected("\":\" behind the key");
  ++at_;
  expected_ = Expected::value;
  ++open_.back().size;
  return Token::key;
}

JsonScanner::Token JsonScanner::read_value() {
  if (!open_.empty() && !open_.back().object) ++open_.back().size;
  const char letter = peek();
  switch (letter) {
    case '{':
      return open(true);
    case '[':
      return open(false);
    case '"':
      read_string();
      return value_done(Token::string);
    case 't':
      return read_literal("true", Token::boolean_true);
    case 'f':
      return read_literal("false", Token::boolean_false);
    case 'n':
      return read_literal("null", Token::null);
    default:
      if (letter == '-' || is_digit(letter)) return read_number();
      fail_unexpected("a value");
  }
}

JsonScanner::Token JsonScanner::open(bool object) {
  if (open_.size() >= depth_) fail_too_deep();
  open_.push_back({0, begin_, object});
  ++at_;
  expected_ = object ? Expected::first_key : Expected::first_item;
  return object ? Token::begin_object : Token::begin_array;
}

JsonScanner::Token JsonScanner::close() {
  const Container ended = open_.back();
  open_.pop_back();
  ++at_;
  ended_size_ = ended.size;
  return value_done(ended.object ? Token::end_object : Token::end_array);
}

JsonScanner::Token JsonScanner::value_done(Token token) {
  expected_ = open_.empty() ? Expected::end : Expected::separator;
  return token;
}

JsonScanner::Token JsonScanner::read_literal(std::string_view word, Token token) {
  const std::string_view found = text_.substr(at_, word.size());
  const char behind = at_ + word.size() < text_.size() ? text_[at_ + word.size()] : '\0';
  const bool longer = is_digit(behind) || is_letter(behind) || behind == '_';
  if (found != word || longer) fail_unexpected("a value");
  at_ += word.size();
  return value_done(token);
}

JsonScanner::Token JsonScanner::read_number() {
  if (peek() == '-') ++at_;
  if (peek() == '0') {
    ++at_;
    if (is_digit(peek()))
      fail(begin_, "a number must not begin with 0", "remove the leading zeros");
  } else {
    read_digits();
  }
  if (peek() == '.') {
    ++at_;
    read_digits();
  }
  if (peek() == 'e' || peek() == 'E') {
    ++at_;
    if (peek() == '+' || peek() == '-') ++at_;
    read_digits();
  }
  return value_done(Token::number);
}

void JsonScanner::read_digits() {
  if (!is_digit(peek())) fail_unexpected("a digit");
  while (is_digit(peek()))
    ++at_;
}

void JsonScanner::read_string() {
  const std::size_t opening = at_;
  const std::size_t first = opening + 1;
  at_ = skip_plain(text_, first);
  if (peek() == '"') {
    content_ = text_.substr(first, at_ - first);
    ++at_;
    return;
  }
  decoded_.assign(text_.substr(first, at_ - first));
  while (peek() != '"') {
    if (peek() != '\\') fail_in_string(opening);
    read_escape();
    const std::size_t plain = at_;
    at_ = skip_plain(text_, plain);
    decoded_.append(text_.substr(plain, at_ - plain));
  }
  content_ = decoded_;
  ++at_;
}

void JsonScanner::read_escape() {
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const std::size_t escape = at_++;
  const std::size_t simple = at_end() ? std::string_view::npos : kLetters.find(text_[at_]);
  if (simple != std::string_view::npos) {
    decoded_ += kMeanings[simple];
    ++at_;
    return;
  }
  if (peek() != 'u')
    fail(escape, "an escape that JSON does not know", "write \\\\ for a backslash");
  ++at_;
  constexpr char32_t kFirstLow = 0xDC00;
  char32_t value = read_hex(escape);
  if (is_surrogate(value)) {
    const bool paired = value < kFirstLow && text_.substr(at_, 2) == "\\u";
    if (paired) at_ += 2;
    const char32_t low = paired ? read_hex(escape) : 0;
    if (low < kFirstLow || !is_surrogate(low)) {
      fail(escape, "half of a surrogate pair", "write both halves, or the character itself");
    }
    value = 0x10000U + ((value - 0xD800U) << 10U) + (low - kFirstLow);
  }
  append_code_point(decoded_, value);
}

std::uint32_t JsonScanner::read_hex(std::size_t escape) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    const char letter = peek();
    const bool lower = letter >= 'a' && letter <= 'f';
    const bool upper = letter >= 'A' && letter <= 'F';
    if (!is_digit(letter) && !lower && !upper) fail(escape, "\\u needs four hexadecimal digits");
    const int digit = is_digit(letter) ? letter - '0' : letter - (lower ? 'a' : 'A') + 10;
    value = (value << 4U) | static_cast<std::uint32_t>(digit);
    ++at_;
  }
  return value;
}

}  // namespace ratchet
