#include "validation/syntax/given_text.h"

#include <doctest/doctest.h>

using namespace ratchet;  // NOLINT: a test of this namespace
using namespace std::string_literals;

TEST_CASE("a compiler's line and column become a place of the file") {
  struct Case {
    std::string bytes;
    TextForm form;
    ColumnUnit unit;
    std::int64_t line;
    std::int64_t column;
    Position place;
  };
  const std::string music = "é𝄞x\n";
  const std::string marked = "\xef\xbb\xbf";
  const std::vector<Case> cases{
      {"ab\ncd\n", TextForm::bytes, ColumnUnit::code_points, 2, 2, {2, 2, 4}},
      {"ab\r\ncd\n", TextForm::utf8, ColumnUnit::utf16, 2, 1, {2, 1, 4}},
      {music, TextForm::bytes, ColumnUnit::code_points, 1, 3, {1, 3, 6}},
      {music, TextForm::bytes, ColumnUnit::utf16, 1, 4, {1, 3, 6}},
      {music, TextForm::bytes, ColumnUnit::bytes, 1, 7, {1, 3, 6}},
      {marked + "ab", TextForm::bytes, ColumnUnit::code_points, 1, 2, {1, 2, 4}},
      {marked + "ab", TextForm::utf8, ColumnUnit::code_points, 1, 2, {1, 2, 4}},
      {marked + "ab", TextForm::bytes, ColumnUnit::bytes, 1, 5, {1, 2, 4}},
      {"ab\ncd", TextForm::bytes, ColumnUnit::bytes, 1, 99, {1, 3, 2}},
      {"ab\ncd", TextForm::bytes, ColumnUnit::utf16, 99, 99, {2, 3, 5}},
      {"ab\ncd", TextForm::bytes, ColumnUnit::code_points, 0, 0, {1, 1, 0}},
      {"", TextForm::utf8, ColumnUnit::code_points, 1, 1, {1, 1, 0}},
  };
  for (const Case& row : cases) {
    CAPTURE(row.bytes);
    CAPTURE(row.column);
    const auto given = GivenText::make(row.bytes, row.form);
    REQUIRE(given.has_value());
    CHECK(given->has_offsets());
    const Position place =
        given->position(LineIndex(given->text()), row.line, row.column, row.unit);
    CHECK(place.line == row.place.line);
    CHECK(place.column == row.place.column);
    CHECK(place.byte_offset == row.place.byte_offset);
  }
}

TEST_CASE("what is no UTF-8 reaches a compiler as UTF-8, without offsets into the file") {
  const auto latin1 = GivenText::make("x = '\xe9'", TextForm::utf8);
  REQUIRE(latin1.has_value());
  CHECK(latin1->text() == "x = 'é'");
  CHECK_FALSE(latin1->has_offsets());
  const auto utf16 = GivenText::make("\xff\xfe\x61\x00\xe9\x00"s, TextForm::utf8);
  REQUIRE(utf16.has_value());
  CHECK(utf16->text() == "aé");
  CHECK_FALSE(utf16->has_offsets());
  CHECK_FALSE(GivenText::make("a\0b"s, TextForm::utf8).has_value());
  CHECK(GivenText::make("a\0b"s, TextForm::bytes).has_value());
}
