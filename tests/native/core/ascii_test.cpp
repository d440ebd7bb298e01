#include "core/ascii.h"

#include <doctest/doctest.h>

using namespace ratchet;  // NOLINT: a test of this namespace

TEST_CASE("of 256 bytes ten are digits, 52 are letters, and A to Z alone are lowered") {
  const std::string_view digits = "0123456789";
  const std::string_view large = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const std::string_view small = "abcdefghijklmnopqrstuvwxyz";
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    CAPTURE(byte);
    CHECK(is_digit(c) == (digits.find(c) != std::string_view::npos));
    const std::size_t at = large.find(c);
    const bool is_large = at != std::string_view::npos;
    CHECK(is_letter(c) == (is_large || small.find(c) != std::string_view::npos));
    CHECK(lower(c) == (is_large ? small[at] : c));
  }
  CHECK(lower("AZ_É[@`z9") == "az_É[@`z9");
}

TEST_CASE("a text is trimmed of the named characters at its ends alone") {
  CHECK(trimmed(" \t a b\t", " \t") == "a b");
  CHECK(trimmed("\na ", " ") == "\na");
  CHECK(trimmed(" \t ", " \t").empty());
  CHECK(trimmed("", " ").empty());
}
