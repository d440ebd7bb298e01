#include "validation/schema/numbers.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace ratchet::schema {
namespace {

/// Up to here a double holds every integer.
constexpr std::int64_t kLastExactInteger = std::int64_t{1} << 53U;
constexpr double kTwoTo63 = 9223372036854775808.0;
constexpr double kTwoTo64 = 18446744073709551616.0;
/// 10^20 is above every 64-bit number: a mantissa shifted further can only be divided if it is 0.
constexpr int kDigitsOf64Bits = 20;

/// A number without its sign: mantissa × 10^exponent.
struct Decimal {
  std::uint64_t mantissa = 0;
  int exponent = 0;
};

std::strong_ordering reversed(std::strong_ordering order) {
  if (std::is_eq(order)) return order;
  return std::is_lt(order) ? std::strong_ordering::greater : std::strong_ordering::less;
}

std::strong_ordering compare_integers(const json::value& left, const json::value& right) {
  if (left.is_int64() && right.is_int64()) return left.get_int64() <=> right.get_int64();
  if (left.is_uint64() && right.is_uint64()) return left.get_uint64() <=> right.get_uint64();
  if (left.is_int64()) {
    if (left.get_int64() < 0) return std::strong_ordering::less;
    return static_cast<std::uint64_t>(left.get_int64()) <=> right.get_uint64();
  }
  return reversed(compare_integers(right, left));
}

std::strong_ordering compare_doubles(double left, double right) {
  if (left < right) return std::strong_ordering::less;
  return left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
}

/// Compares an integer with a double without rounding the integer.
std::strong_ordering compare_with_double(const json::value& integer, double other) {
  if (integer.is_int64() && integer.get_int64() <= kLastExactInteger &&
      integer.get_int64() >= -kLastExactInteger) {
    return compare_doubles(static_cast<double>(integer.get_int64()), other);
  }
  if (other >= kTwoTo64) return std::strong_ordering::less;
  if (other < -kTwoTo63) return std::strong_ordering::greater;
  const double whole = std::trunc(other);
  const json::value whole_value = whole < 0 ? json::value(static_cast<std::int64_t>(whole))
                                            : json::value(static_cast<std::uint64_t>(whole));
  const std::strong_ordering order = compare_integers(integer, whole_value);
  if (order != std::strong_ordering::equal) return order;
  const double fraction = other - whole;
  if (fraction == 0) return order;
  return fraction > 0 ? std::strong_ordering::less : std::strong_ordering::greater;
}

Decimal decimal_of(double value) {
  constexpr std::size_t kLongestForm = 40;
  std::array<char, kLongestForm> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                          std::fabs(value), std::chars_format::scientific);
  Decimal decimal;
  bool fraction = false;
  const char* at = buffer.data();
  for (; at != end && *at != 'e'; ++at) {
    if (*at == '.') {
      fraction = true;
      continue;
    }
    decimal.mantissa = decimal.mantissa * 10 + static_cast<std::uint64_t>(*at - '0');
    if (fraction) --decimal.exponent;
  }
  if (at == end) return decimal;
  ++at;
  if (*at == '+') ++at;  // from_chars takes no plus sign
  int written = 0;
  std::from_chars(at, end, written);
  decimal.exponent += written;
  return decimal;
}

Decimal decimal_of(const json::value& number) {
  if (number.is_uint64()) return {number.get_uint64(), 0};
  if (number.is_double()) return decimal_of(number.get_double());
  const std::int64_t value = number.get_int64();
  const auto bits = static_cast<std::uint64_t>(value);
  return {value < 0 ? ~bits + 1 : bits, 0};
}

std::uint64_t add_modulo(std::uint64_t left, std::uint64_t right, std::uint64_t modulus) {
  return left >= modulus - right ? left - (modulus - right) : left + right;
}

/// value × 10 modulo `modulus`, for a value below it.
std::uint64_t shift_modulo(std::uint64_t value, std::uint64_t modulus) {
  const std::uint64_t twice = add_modulo(value, value, modulus);
  const std::uint64_t four_times = add_modulo(twice, twice, modulus);
  const std::uint64_t eight_times = add_modulo(four_times, four_times, modulus);
  return add_modulo(eight_times, twice, modulus);
}

}  // namespace

std::strong_ordering compare_numbers(const json::value& left, const json::value& right) {
  if (left.is_double() && right.is_double()) {
    return compare_doubles(left.get_double(), right.get_double());
  }
  if (right.is_double()) return compare_with_double(left, right.get_double());
  if (left.is_double()) return reversed(compare_with_double(right, left.get_double()));
  return compare_integers(left, right);
}

bool is_integer(const json::value& number) {
  return !number.is_double() || std::trunc(number.get_double()) == number.get_double();
}

bool is_multiple_of(const json::value& number, const json::value& divisor) {
  const Decimal dividend = decimal_of(number);
  const Decimal by = decimal_of(divisor);
  if (dividend.mantissa == 0) return true;
  int shift = dividend.exponent - by.exponent;
  std::uint64_t rest = dividend.mantissa;
  // A divisor with fewer decimals: take its factors of ten out of the dividend first.
  if (shift < -kDigitsOf64Bits) return false;
  for (; shift < 0; ++shift) {
    if (rest % 10 != 0) return false;
    rest /= 10;
  }
  rest %= by.mantissa;
  for (; shift > 0 && rest != 0; --shift)
    rest = shift_modulo(rest, by.mantissa);
  return rest == 0;
}

}  // namespace ratchet::schema
