#include "validation/schema/numbers.h"

#include <doctest/doctest.h>

#include <compare>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "validation/schema/equality.h"

using namespace ratchet;

TEST_CASE("numbers: multiples are reckoned in decimal, as they were written") {
  struct Case {
    json::value number;
    json::value divisor;
    bool multiple;
  };
  const std::vector<Case> cases = {
      {0.0075, 0.0001, true},
      {0.00751, 0.0001, false},
      {19.99, 0.01, true},
      {1.1, 0.1, true},
      {4.35, 0.01, true},
      {10, 3, false},
      {-9, 3, true},
      {0, 7, true},
      {0.0, 0.3, true},
      {1e308, 0.5, true},
      {1e308, 0.123456789, false},
      {12391239123, 1e-8, true},
      {50.0, 10, true},
      {5, 10, false},
      {50, 10.0, true},
      {55, 10.0, false},
      {2000, 1e3, true},
      {5e-324, 1, false},
      {1, 5e-324, true},
      {UINT64_MAX, 5, true},
      {UINT64_MAX, 2, false},
      {INT64_MIN, 2, true},
  };
  for (const Case& row : cases) {
    CAPTURE(row.number);
    CAPTURE(row.divisor);
    CHECK(schema::is_multiple_of(row.number, row.divisor) == row.multiple);
  }
}

TEST_CASE("numbers: integers and doubles are compared without rounding") {
  const std::vector<json::value> ascending = {
      -1e300,
      -9223372036854777856.0,
      INT64_MIN,
      -1.5,
      -1,
      -0.5,
      0,
      5e-324,
      0.5,
      1,
      9007199254740992.0,
      9007199254740993,
      9007199254740994.0,
      INT64_MAX,
      9223372036854775808.0,
      UINT64_MAX - 1,
      UINT64_MAX,
      18446744073709551616.0,
      1e300,
  };
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      CAPTURE(ascending[i]);
      CAPTURE(ascending[j]);
      CHECK(schema::compare_numbers(ascending[i], ascending[j]) == (i <=> j));
    }
  }
}

TEST_CASE("numbers: equal values have equal hashes whatever they are stored as") {
  const std::vector<std::pair<json::value, json::value>> pairs = {
      {1, 1.0},
      {0.0, -0.0},
      {1, std::uint64_t{1}},
      {json::array{1, json::object{{"a", 1}, {"b", 2}}},
       json::array{1.0, json::object{{"b", 2.0}, {"a", 1.0}}}},
  };
  for (const auto& [left, right] : pairs) {
    CAPTURE(left);
    CHECK(schema::equal(left, right));
    CHECK(schema::hash_of(left) == schema::hash_of(right));
  }
  CHECK_FALSE(schema::equal(json::value(1), json::value(true)));
  CHECK_FALSE(schema::equal(json::value(9007199254740993), json::value(9007199254740992.0)));
  CHECK_FALSE(schema::equal(json::object{{"a", 1}}, json::object{{"b", 1}}));
  CHECK_FALSE(schema::equal(json::array{1}, json::array{1, 1}));
}

TEST_CASE("numbers: a number without a fraction is an integer") {
  CHECK(schema::is_integer(json::value(1.0)));
  CHECK(schema::is_integer(json::value(1e300)));
  CHECK(schema::is_integer(json::value(-3)));
  CHECK_FALSE(schema::is_integer(json::value(1.5)));
}
