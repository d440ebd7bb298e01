#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/text.h"

using namespace ratchet;

namespace {

struct Row {
  std::string text;
  std::size_t offset;
  Position expected;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> kRows{
      {"", 0, {1, 1, 0}},
      {"", 5, {1, 1, 0}},
      {"abc", 2, {1, 3, 2}},
      {"abc", 99, {1, 4, 3}},
      {"a\nb", 1, {1, 2, 1}},
      {"a\nb", 2, {2, 1, 2}},
      {"a\n", 2, {2, 1, 2}},
      {"a\r\nb", 1, {1, 2, 1}},
      {"a\r\nb", 2, {1, 2, 2}},  // inside the CRLF
      {"a\r\nb", 3, {2, 1, 3}},
      {"a\rb", 2, {2, 1, 2}},
      {"\n\r\r\nx", 4, {4, 1, 4}},
      {"\xC3\xA9x", 2, {1, 2, 2}},
      {"\xC3\xA9x", 1, {1, 1, 1}},  // inside a code point
      {"\xF0\x9F\x98\x80\xE2\x82\xAC!", 7, {1, 3, 7}},
      {"\xEF\xBB\xBF{", 3, {1, 1, 3}},  // the byte order mark takes no column
      {"\xEF\xBB\xBF{", 0, {1, 1, 0}},
      {"\xEF\xBB\xBF{\n}", 5, {2, 1, 5}},
      {"x\xEF\xBB\xBFy", 4, {1, 3, 4}},  // elsewhere it does
  };
  return kRows;
}

}  // namespace

TEST_CASE("offsets become lines and columns in code points") {
  for (const Row& row : rows()) {
    CAPTURE(row.text);
    CAPTURE(row.offset);
    CHECK(LineIndex(row.text).position(row.offset) == row.expected);
    CHECK(position_in(row.text, row.offset) == row.expected);
  }
}

TEST_CASE("every offset has one place, with and without an index") {
  const std::string text =
      "\xEF\xBB\xBF"
      "a\r\n\n\xC3\xA9\r\rb\n\xF0\x9F\x98\x80\r\n";
  const LineIndex index(text);
  for (std::size_t offset = 0; offset <= text.size() + 1; ++offset) {
    CAPTURE(offset);
    CHECK(index.position(offset) == position_in(text, offset));
  }
}

TEST_CASE("lines are told without their ends") {
  const std::string text = "one\r\ntwo\r\rfour\n";
  const LineIndex index(text);
  CHECK(index.line_count() == 5);
  const std::vector<std::string> expected{"one", "two", "", "four", "", ""};
  for (std::size_t line = 1; line <= expected.size(); ++line) {
    CAPTURE(line);
    CHECK(index.line(line) == expected[line - 1]);
  }
  CHECK(index.line_start(2) == 5);
  CHECK(index.line_start(5) == text.size());
  CHECK(index.line_start(77) == text.size());
}

TEST_CASE("a position is known from its line on") {
  CHECK_FALSE(Position{}.known());
  CHECK(position_in("x", 0).known());
}
