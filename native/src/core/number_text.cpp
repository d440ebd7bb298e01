#include "core/number_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace ratchet {
namespace {

constexpr std::string_view kDigits = "0123456789";
/// Beyond any exponent that decides between zero and infinity, however many digits stand beside it.
constexpr std::int64_t kHugeExponent = std::int64_t{1} << 40;
/// Doubles outside these powers of ten are written with an exponent.
constexpr int kSmallestPlainExponent = -5;
constexpr int kLargestPlainExponent = 16;

std::int64_t exponent_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t exponent = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (fault == std::errc::result_out_of_range) exponent = kHugeExponent;
  return text.starts_with('-') ? -std::abs(exponent) : std::min(exponent, kHugeExponent);
}

/// Whether a number outside the range of doubles is too large; else it is too small, so nearest to
/// zero.
bool is_too_large(std::string_view unsigned_text) {
  const std::size_t e = std::min(unsigned_text.find_first_of("eE"), unsigned_text.size());
  const std::string_view mantissa = unsigned_text.substr(0, e);
  const std::size_t first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return false;
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const auto power = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
  const std::int64_t exponent =
      e == unsigned_text.size() ? 0 : exponent_of(unsigned_text.substr(e + 1));
  return power + exponent > 0;
}

std::optional<Number> parse_double(std::string_view unsigned_text, bool negative) {
  double value = 0;
  const char* const begin = unsigned_text.data();
  const auto [end, fault] = std::from_chars(begin, begin + unsigned_text.size(), value);
  if (fault == std::errc::result_out_of_range) value = 0;
  const bool out_of_range = fault == std::errc::result_out_of_range || std::isinf(value);
  if (out_of_range && is_too_large(unsigned_text)) return std::nullopt;
  return Number(negative ? -value : value);
}

}  // namespace

std::optional<Number> parse_number(std::string_view text) {
  const bool negative = text.starts_with('-');
  const std::string_view digits = negative || text.starts_with('+') ? text.substr(1) : text;
  if (digits.find_first_not_of(kDigits) != std::string_view::npos) {
    return parse_double(digits, negative);
  }
  std::uint64_t magnitude = 0;
  const auto [end, fault] =
      std::from_chars(digits.data(), digits.data() + digits.size(), magnitude);
  constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const bool minus_zero = negative && magnitude == 0;
  const bool fits = negative ? magnitude <= kLargest + 1 : true;
  if (fault != std::errc() || minus_zero || !fits) return parse_double(digits, negative);
  if (negative) return Number(static_cast<std::int64_t>(0 - magnitude));
  if (magnitude <= kLargest) return Number(static_cast<std::int64_t>(magnitude));
  return Number(magnitude);
}

json::value to_value(const Number& number) {
  return std::visit([](auto value) { return json::value(value); }, number);
}

std::string number_text(double number) {
  if (!std::isfinite(number)) return "null";
  std::array<char, 64> buffer{};
  char* const begin = buffer.data();
  char* const limit = begin + buffer.size();
  char* end = std::to_chars(begin, limit, number, std::chars_format::scientific).ptr;
  std::string text(begin, end);
  const std::size_t e = text.find('e');
  const std::int64_t exponent = exponent_of(std::string_view(text).substr(e + 1));
  if (exponent < kSmallestPlainExponent || exponent > kLargestPlainExponent) return text;
  end = std::to_chars(begin, limit, number, std::chars_format::fixed).ptr;
  text.assign(begin, end);
  if (text.find('.') == std::string::npos) text += ".0";
  return text;
}

}  // namespace ratchet
