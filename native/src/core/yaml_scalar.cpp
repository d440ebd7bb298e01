#include "core/yaml_scalar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>

#include "core/ascii.h"
#include "core/number_text.h"
#include "core/utf8.h"

namespace ratchet {
namespace {

constexpr std::string_view kDecimal = "0123456789";

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool consists_of(std::string_view text, std::string_view letters) {
  return !text.empty() && text.find_first_not_of(letters) == std::string_view::npos;
}

std::string_view without_sign(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return text;
}

/// Takes the digits at the beginning off the text; how many there were.
std::size_t take_digits(std::string_view& text) {
  const std::size_t count = std::min(text.find_first_not_of(kDecimal), text.size());
  text.remove_prefix(count);
  return count;
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
bool is_decimal(std::string_view text) {
  text = without_sign(text);
  std::size_t digits = take_digits(text);
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    digits += take_digits(text);
  }
  if (digits == 0) return false;
  if (text.starts_with('e') || text.starts_with('E')) {
    text = without_sign(text.substr(1));
    if (take_digits(text) == 0) return false;
  }
  return text.empty();
}

/// `0o17` and `0x1F`, in the base given.
CoreScalar based_integer(std::string_view digits, int base) {
  std::uint64_t value = 0;
  const auto [end, fault] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (fault != std::errc()) {
    return {CoreScalar::Kind::unsupported, nullptr, "an octal or hexadecimal number above 64 bits"};
  }
  if (value <= static_cast<std::uint64_t>(INT64_MAX)) {
    return {CoreScalar::Kind::integer, static_cast<std::int64_t>(value)};
  }
  return {CoreScalar::Kind::integer, value};
}

CoreScalar resolve_number(std::string_view plain) {
  if (plain.starts_with("0o") && consists_of(plain.substr(2), "01234567")) {
    return based_integer(plain.substr(2), 8);
  }
  if (plain.starts_with("0x") && consists_of(plain.substr(2), "0123456789abcdefABCDEF")) {
    return based_integer(plain.substr(2), 16);
  }
  if (!is_decimal(plain)) return {};
  const auto kind = consists_of(without_sign(plain), kDecimal) ? CoreScalar::Kind::integer
                                                               : CoreScalar::Kind::real;
  const std::optional<Number> number = parse_number(plain);
  if (!number) return {CoreScalar::Kind::unsupported, nullptr, "a number too large for a double"};
  return {kind, to_value(*number)};
}

/// What readers of YAML 1.1 (types `bool`, `null`, `float`, `merge`, `value`) and 1.2 know by name.
bool is_known_word(std::string_view text) {
  constexpr std::array<std::string_view, 19> kWords{
      "y",    "n",     "yes",   "no",   "on",    "off", "true", "false", "null", "~",
      ".inf", "+.inf", "-.inf", ".nan", "+.nan", "=",   "<<",   "-.nan", "nil"};
  constexpr std::size_t kLongestWord = 5;
  return text.size() <= kLongestWord && is_one_of(lower(text), kWords);
}

/// Anything that looks like a number, a date or a time to some reader: digits with the marks that
/// stand between them (`1_000`, `1,000`, `12:30:45`, `2026-01-31`, `1.2.3`), or another base.
bool looks_like_number(std::string_view text) {
  text = without_sign(text);
  if (text.starts_with('0') && text.size() > 2) {
    const std::string_view digits = text.substr(2);
    const char base = text[1];
    if ((base == 'x' || base == 'X') && consists_of(digits, "0123456789abcdefABCDEF_")) return true;
    if ((base == 'o' || base == 'O') && consists_of(digits, "01234567_")) return true;
    if ((base == 'b' || base == 'B') && consists_of(digits, "01_")) return true;
  }
  const bool begins =
      !text.empty() && (is_digit(text.front()) || (text.front() == '.' && text.size() > 1));
  if (!begins) return false;
  if (consists_of(text, "0123456789_.,:+-eE")) return true;
  return consists_of(text, "0123456789-:.+tTzZ \t") && text.find('-') != std::string_view::npos;
}

bool begins_like_syntax(std::string_view text) {
  constexpr std::string_view kIndicators = "-?:,[]{}#&*!|>'\"%@` \t";
  return kIndicators.find(text.front()) != std::string_view::npos || text.starts_with("...");
}

bool holds_syntax(std::string_view text) {
  if (text.back() == ' ' || text.back() == ':') return true;
  return text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos;
}

}  // namespace

CoreScalar resolve_core(std::string_view plain) {
  constexpr std::array<std::string_view, 5> kNull{"", "~", "null", "Null", "NULL"};
  constexpr std::array<std::string_view, 3> kTrue{"true", "True", "TRUE"};
  constexpr std::array<std::string_view, 3> kFalse{"false", "False", "FALSE"};
  constexpr std::array<std::string_view, 3> kInfinity{".inf", ".Inf", ".INF"};
  constexpr std::array<std::string_view, 3> kNotANumber{".nan", ".NaN", ".NAN"};
  if (is_one_of(plain, kNull)) return {CoreScalar::Kind::null, nullptr};
  if (is_one_of(plain, kTrue)) return {CoreScalar::Kind::boolean, true};
  if (is_one_of(plain, kFalse)) return {CoreScalar::Kind::boolean, false};
  if (is_one_of(without_sign(plain), kInfinity) || is_one_of(plain, kNotANumber)) {
    return {CoreScalar::Kind::unsupported, nullptr, "an infinity or NaN"};
  }
  return resolve_number(plain);
}

bool is_printable(char32_t value) {
  if (value < 0x20 || (value >= 0x7F && value < 0xA0)) return false;
  const bool separator = value == 0x2028 || value == 0x2029;
  return !separator && value != kByteOrderMark && value != 0xFFFE && value != 0xFFFF;
}

bool needs_quotes(std::string_view text) {
  if (text.empty() || begins_like_syntax(text) || holds_syntax(text)) return true;
  if (is_known_word(text) || looks_like_number(text)) return true;
  for (std::size_t offset = 0; offset < text.size();) {
    const CodePoint point = code_point_at(text, offset);
    if (!is_printable(point.value)) return true;
    offset += point.size;
  }
  return false;
}

}  // namespace ratchet
