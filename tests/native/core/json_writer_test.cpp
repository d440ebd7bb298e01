#include <doctest/doctest.h>

#include <string>

#include "core/document.h"

using namespace ratchet;
using namespace std::string_literals;

TEST_CASE("JSON is written with two spaces, in the order of its keys") {
  const json::value value = json::parse(
      R"({"z": 1, "a": [1.0, -0.0, 1e300, 0.1, null, true, false], "e": [], "o": {}, "n": {"k": ["x"]}})");
  CHECK(write_json_pretty(value) == R"({
  "z": 1,
  "a": [
    1.0,
    -0.0,
    1e+300,
    0.1,
    null,
    true,
    false
  ],
  "e": [],
  "o": {},
  "n": {
    "k": [
      "x"
    ]
  }
}
)");
}

TEST_CASE("texts are escaped only where JSON needs it") {
  CHECK(write_json_pretty(json::value("\"\\/\b\f\n\r\t\x01\x1F\x7F"
                                      "é😀\0"s)) ==
        "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7F"
        "é😀\\u0000\"\n");
}

TEST_CASE("what is written is read back equal") {
  const json::value value = json::parse(
      R"({"": [18446744073709551615, -9223372036854775808, 1.5, 100000.0, [[], {}]], "k\n\"": "é\u0000"})");
  CHECK(read_json(write_json_pretty(value), "w.json", {}).value() == value);
}
