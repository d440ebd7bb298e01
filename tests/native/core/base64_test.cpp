#include "core/base64.h"

#include <doctest/doctest.h>

#include <utility>
#include <vector>

using namespace ratchet;  // NOLINT: a test of this namespace

TEST_CASE("base64 agrees with the vectors of RFC 4648, both ways") {
  const std::vector<std::pair<std::string, std::string>> vectors{{"", ""},
                                                                 {"f", "Zg=="},
                                                                 {"fo", "Zm8="},
                                                                 {"foo", "Zm9v"},
                                                                 {"foob", "Zm9vYg=="},
                                                                 {"fooba", "Zm9vYmE="},
                                                                 {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    CHECK(base64_encode(bytes) == text);
    CHECK(base64_decode(text) == bytes);
  }
}

TEST_CASE("bytes of all values and of more than one piece come back") {
  std::string bytes;
  for (std::size_t i = 0; i < (std::size_t{3} << 20) + 5; ++i)
    bytes.push_back(static_cast<char>(i * 7 % 256));
  CHECK(base64_decode(base64_encode(bytes)) == bytes);
}

TEST_CASE("what is no base64 is refused") {
  for (const std::string text : {"A", "AB", "ABC", "====", "Zg==Zg==", "Z g=", "Zm9v\n"})
    CHECK_FALSE(base64_decode(text).has_value());
}
