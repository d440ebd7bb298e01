#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/document_cases.h"
#include "core/toml_depth.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

Document toml_document(std::string text, const Limits& limits = {}) {
  return read_toml(std::move(text), "a.toml", limits);
}

std::optional<Error> toml_error(std::string text, const Limits& limits = {}) {
  return thrown_by([&] { return toml_document(std::move(text), limits); });
}

}  // namespace

TEST_CASE("every kind of TOML value becomes its JSON value") {
  const Document document = toml_document(R"(text = "é\n"
whole = -3
most = 9223372036854775807
hex = 0xff
part = 0.5
yes = true
list = [1, "two", [3]]
inline = {a = 1, b.c = 2}
[table.deep]
x = 1
[[rows]]
n = 1
[[rows]]
n = 2
)");
  CHECK(document.value() ==
        json::parse(R"({"text": "é\n", "whole": -3, "most": 9223372036854775807, "hex": 255,
          "part": 0.5, "yes": true, "list": [1, "two", [3]], "inline": {"a": 1, "b": {"c": 2}},
          "table": {"deep": {"x": 1}}, "rows": [{"n": 1}, {"n": 2}]})"));
  CHECK(document.format() == Document::Format::toml);
  CHECK(document.findings().empty());
}

TEST_CASE("dates and times are texts as RFC 3339 writes them") {
  struct Case {
    std::string written;
    std::string text;
  };
  const std::vector<Case> cases{
      {"1979-05-27", "1979-05-27"},
      {"07:32:00", "07:32:00"},
      {"07:32:00.999", "07:32:00.999"},
      {"1979-05-27T07:32:00", "1979-05-27T07:32:00"},
      {"1979-05-27t07:32:00z", "1979-05-27T07:32:00Z"},
      {"1979-05-27 07:32:00.5-08:30", "1979-05-27T07:32:00.5-08:30"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.written);
    CHECK(toml_document("at = " + row.written + " # then\n").value() ==
          json::value{{"at", row.text}});
  }
}

TEST_CASE("members stand in the order of the text, whatever their names") {
  const Document document = toml_document("z = 1\na = 2\n[y]\nb = 1\n[x]\nc = 1\n[y.d]\n");
  CHECK(json::serialize(document.value()) == R"({"z":1,"a":2,"y":{"b":1,"d":{}},"x":{"c":1}})");
}

TEST_CASE("the place of every value and key of a TOML text is known") {
  const std::string text =
      "\xEF\xBB\xBF# é\r\n\"kéy\" = 'ü' \nlist = [ 1, {x=\"é\", y = 2.5} ]\r\n[t.\"u v\"]\nw=1\n"
      "[[q]]\nm.n=7\n[[q]]\n\n  [t]\no = 1979-05-27\n";
  const Document document = toml_document(text);
  struct Row {
    std::string pointer;
    std::string value;
    std::string key;
  };
  const std::vector<Row> rows{
      {"/kéy", "'ü'", "\"kéy\""},
      {"/list", "[ 1", "list"},
      {"/list/1", "{x", "{x"},
      {"/list/1/x", "\"é\"", "x=\"é\""},
      {"/list/1/y", "2.5", "y = "},
      {"/t/u v", "[t.\"u v", "\"u v"},
      {"/t/u v/w", "1\n[[q]]\nm", "w=1"},
      {"/q/0/m/n", "7\n[[q]]", "n=7"},
      {"/q/1", "[[q]]\n\n", "[[q]]\n\n"},
      {"/t/o", "1979", "o = "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.pointer);
    CHECK(document.locate(row.pointer) == place_of(text, row.value));
    CHECK(document.locate_key(row.pointer) == place_of(text, row.key));
  }
}

TEST_CASE("a text that is no TOML is refused at its place") {
  struct Case {
    std::string text;
    Position position;
  };
  const std::vector<Case> cases{
      {"a = \n", {1, 5, 4}},
      {"'é𝄞' = = 1\n", {1, 8, 11}},
      {"a = 1\r\nb = 'x\n", {2, 7, 13}},
      {"\xEF\xBB\xBF"
       "a = = 1\n",
       {1, 5, 7}},
  };
  for (const Case& row : cases) {
    CAPTURE(row.text);
    const auto error = toml_error(row.text);
    REQUIRE(code_of(error) == "toml.invalid");
    CHECK(error->position() == row.position);
    CHECK(error->message().find('\n') == std::string::npos);
    CHECK(error->path() == "a.toml");
  }
}

TEST_CASE("what JSON has no value for, no UTF-8 and too many bytes are said") {
  for (const std::string number : {"inf", "-inf", "nan"}) {
    const auto error = toml_error("a = 1\nb = " + number);
    REQUIRE(code_of(error) == "toml.unsupported");
    CHECK(error->position() == Position{2, 5, 10});
  }
  CHECK(code_of(toml_error("a = \"\xff\"")) == "text.invalid_utf8");
  CHECK(code_of(toml_error("a = 123456", {.input_bytes = 5})) == "limit.input_size");
}

TEST_CASE("nesting of every kind is bounded before anything recurses into it") {
  constexpr std::size_t kMany = 100000;
  const std::vector<std::string> deep{
      repeated("a.", kMany) + "a = 1",
      "[" + repeated("a.", kMany) + "a]\nx = 1",
      "[[" + repeated("a.", kMany) + "a]]\nx = 1",
      "a = " + repeated("[", kMany),
      "a = " + repeated("{a.b=[", kMany),
      "a = {" + repeated("a . ", kMany) + "a = 1}",
      R"(a = ["""x"""", {)" + repeated("a.", kMany) + "a = 1}]",
      R"(a = ["""x""""", {)" + repeated("a.", kMany) + "a = 1}]",
      "a = ['''x'''', {" + repeated("a.", kMany) + "a = 1}]",
      "a = ['''x''''', {" + repeated("a.", kMany) + "a = 1}]",
  };
  for (const std::string& text : deep) {
    CAPTURE(text.substr(0, 10));
    CHECK(code_of(toml_error(text)) == "json.too_deep");
  }
}

TEST_CASE("as deep as is promised is read, and a text of more than 16 MiB is not") {
  constexpr std::size_t kDeepest = 512;
  CHECK_FALSE(toml_error("a = " + repeated("[", kDeepest) + repeated("]", kDeepest)).has_value());
  CHECK(code_of(toml_error("a = " + repeated("[", kDeepest + 1) + repeated("]", kDeepest + 1),
                           {.json_depth = 2000})) == "json.too_deep");
  CHECK(code_of(toml_error("#" + std::string(std::size_t{16} << 20, ' '))) == "limit.input_size");
}

TEST_CASE("a text that the parser's own assertions know is refused, and does not end the host") {
  for (const char* text : {"[[+]]\nm", "[+]", "[a.+]", "[[q]]\n[[+]]\nm"}) {
    CAPTURE(text);
    CHECK(code_of(toml_error(text)) == "toml.invalid");
  }
}

TEST_CASE("depth is counted by headers, dotted keys and brackets, and by nothing else") {
  struct Case {
    std::string text;
    std::int64_t depth;  ///< the least that is not too deep
  };
  const std::vector<Case> cases{
      {"a = 1\nb = 2\n", 0},
      {"a.b.c = 1", 2},
      {"[a.b]\nc = 1\n[d]\ne.f = 1", 2},
      {"[a.b]\nc.d = 1", 3},
      {"\xEF\xBB\xBF[a.b]\nc.d = 1", 3},
      {"[[a.b]]\nc = 1", 3},
      {"a = [[1], [2]]", 2},
      {"a = [\n  [1],\n  {b = [2]},\n]\nc = 1", 3},
      {"a = '..[[.' # [[[ ...\nb = \"\\\"[.[.\"", 0},
      {"a = '''\n[[[...\n''' \nb = \"\"\"\\\"\"\"[[\n..\"\"\"", 0},
      {"a = 'open [[[[\n[b.c]\nd = 1", 2},
      {"[a.b.c] # ....\n[d]", 3},
      {"'a.b'.c = 1", 1},
  };
  for (const Case& row : cases) {
    CAPTURE(row.text);
    CHECK_FALSE(first_too_deep_in_toml(row.text, row.depth).has_value());
    if (row.depth > 0) CHECK(first_too_deep_in_toml(row.text, row.depth - 1).has_value());
  }
}
