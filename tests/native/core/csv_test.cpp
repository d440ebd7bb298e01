#include "core/csv.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "core/error.h"
#include "fs/thrown_code.h"

namespace ratchet {
namespace {

std::string fault_of(const std::string& text) {
  try {
    (void)read_csv(text, "t.csv", Limits());
    return "no error";
  } catch (const Error& error) {
    return error.message();
  }
}

}  // namespace

TEST_CASE("a table has the columns of its first line and a row for each other one") {
  const CsvTable table = read_csv(
      "\xEF\xBB\xBF"
      "a,b\r\n1,\r\n\r\n\"x,\"\"y\"\"\",\"two\nlines\"\n,last",
      "t.csv", Limits());
  CHECK(table.columns == std::vector<std::string>{"a", "b"});
  REQUIRE(table.rows.size() == 3);
  CHECK(table.rows[0].cells == std::vector<std::string>{"1", ""});
  CHECK(table.rows[0].line == 2);
  CHECK(table.rows[1].cells == std::vector<std::string>{"x,\"y\"", "two\nlines"});
  CHECK(table.rows[1].line == 4);
  CHECK(table.rows[2].cells == std::vector<std::string>{"", "last"});
  CHECK(table.rows[2].line == 6);
}

TEST_CASE("faults of a table are named with their place") {
  const std::pair<std::string, std::string> cases[] = {
      {"", "t.csv:1:1: there is no line that names the columns"},
      {"a,b\n1\n", "t.csv:2:1: a row has 1 cells, and there are 2 columns"},
      {"a,b\n1,2,3\n", "t.csv:2:1: a row has 3 cells, and there are 2 columns"},
      {"a,a\n", "t.csv:1:1: two columns are named \"a\""},
      {"a,\n", "t.csv:1:1: a column has no name"},
      {"a\nx\"y\n", "t.csv:2:2: a quote stands inside of a cell that is not in quotes"},
      {"a\n\"x\n", "t.csv:2:1: the quote is never closed"},
      {"a\n\"x\"y\n", "t.csv:2:4: a cell goes on behind its closing quote"},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(fault_of(text) == expected);
  }
}

TEST_CASE("a table that is too large or no UTF-8 is refused") {
  Limits limits;
  limits.input_bytes = 3;
  CHECK(test::thrown_code([&] { (void)read_csv("a\n12", "t", limits); }) == "limit.input_size");
  CHECK(test::thrown_code([&] { (void)read_csv("a\n\xff", "t", Limits()); }) ==
        "text.invalid_utf8");
}

}  // namespace ratchet
