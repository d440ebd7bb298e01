#include "core/number_text.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace ratchet;

namespace {

std::uint64_t bits(double value) {
  return std::bit_cast<std::uint64_t>(value);
}

double read_double(const std::string& text) {
  const std::optional<Number> number = parse_number(text);
  REQUIRE(number.has_value());
  REQUIRE(std::holds_alternative<double>(*number));
  return std::get<double>(*number);
}

}  // namespace

TEST_CASE("whole numbers that fit 64 bits are exact") {
  CHECK(parse_number("0") == Number(std::int64_t{0}));
  CHECK(parse_number("-1") == Number(std::int64_t{-1}));
  CHECK(parse_number("+7") == Number(std::int64_t{7}));
  CHECK(parse_number("007") == Number(std::int64_t{7}));
  CHECK(parse_number("9007199254740993") == Number(std::int64_t{9007199254740993}));
  CHECK(parse_number("9223372036854775807") == Number(std::numeric_limits<std::int64_t>::max()));
  CHECK(parse_number("9223372036854775808") == Number(std::uint64_t{1} << 63));
  CHECK(parse_number("18446744073709551615") == Number(std::numeric_limits<std::uint64_t>::max()));
  CHECK(parse_number("-9223372036854775808") == Number(std::numeric_limits<std::int64_t>::min()));
}

TEST_CASE("whole numbers beyond 64 bits are the nearest double") {
  CHECK(read_double("18446744073709551616") == 0x1p64);
  CHECK(read_double("-9223372036854775809") == -0x1p63);
  CHECK(read_double("100000000000000000000000") == 1e23);
}

TEST_CASE("minus zero keeps its sign") {
  CHECK(bits(read_double("-0")) == bits(-0.0));
  CHECK(bits(read_double("-0.0")) == bits(-0.0));
  CHECK(bits(read_double("-0e5")) == bits(-0.0));
  CHECK(bits(read_double("0.0")) == bits(0.0));
}

TEST_CASE("a number too large for a double is refused, one too small is zero") {
  for (const std::string text : {"1e400", "-1e400", "1e309", "1.8e308", "1e99999999999999999999",
                                 "0.0001e400", "1000000e305"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_number(text).has_value());
  }
  CHECK_FALSE(parse_number(std::string(400, '9')).has_value());
  for (const std::string text : {"1e-400", "0e400", "0.0e99999999999999999999", "1000e-500",
                                 "1e-99999999999999999999", "2e-324"}) {
    CAPTURE(text);
    CHECK(bits(read_double(text)) == bits(0.0));
  }
  CHECK(bits(read_double("-1e-400")) == bits(-0.0));
  CHECK(read_double("0." + std::string(400, '0') + "1e401") == 1.0);
  CHECK(read_double("1" + std::string(400, '0') + "e-400") == 1.0);
}

TEST_CASE("doubles at the edges are read to the bit") {
  CHECK(read_double("1.7976931348623157e308") == std::numeric_limits<double>::max());
  CHECK(read_double("5e-324") == std::numeric_limits<double>::denorm_min());
  CHECK(read_double("2.2250738585072014e-308") == std::numeric_limits<double>::min());
  CHECK(read_double("1.0") == 1.0);
  CHECK(read_double("1E0") == 1.0);
  // Halfway between two doubles, to even; and a hair above halfway.
  CHECK(read_double("9007199254740993.0") == 9007199254740992.0);
  CHECK(read_double("9007199254740993.00000000000000000000000000000001") == 9007199254740994.0);
}

TEST_CASE("random doubles are read as the C library reads them and written to read back equal") {
  std::mt19937_64 generator(20260131);
  for (int round = 0; round < 20000; ++round) {
    const auto value = std::bit_cast<double>(generator());
    if (!std::isfinite(value)) continue;
    std::array<char, 40> digits{};
    std::snprintf(digits.data(), digits.size(), "%.16e", value);
    CAPTURE(digits.data());
    CHECK(bits(read_double(digits.data())) == bits(std::strtod(digits.data(), nullptr)));
    const std::string shortest = number_text(value);
    CHECK(bits(std::strtod(shortest.c_str(), nullptr)) == bits(value));
    CHECK(bits(read_double(shortest)) == bits(value));
  }
}

TEST_CASE("a double is written so that people and readers see a double") {
  struct Row {
    double value;
    std::string text;
  };
  const std::vector<Row> rows{
      {1.0, "1.0"},
      {-0.0, "-0.0"},
      {0.1, "0.1"},
      {100000.0, "100000.0"},
      {12345678.5, "12345678.5"},
      {0.00001, "0.00001"},
      {0.000001, "1e-06"},
      {1e16, "10000000000000000.0"},
      {1e17, "1e+17"},
      {1.5e300, "1.5e+300"},
      {std::numeric_limits<double>::infinity(), "null"},
      {std::numeric_limits<double>::quiet_NaN(), "null"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(number_text(row.value) == row.text);
  }
}
