#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/document.h"
#include "core/document_cases.h"
#include "core/number_text.h"

using namespace ratchet;
using namespace ratchet::test;
using namespace std::string_literals;

TEST_CASE("JSON is read to the value that Boost.JSON reads") {
  const std::vector<std::string> texts{
      "null",
      "true",
      "false",
      "0",
      "-12",
      "1.5",
      "\"text\"",
      "[]",
      "{}",
      " \t\r\n[ ] \n",
      R"([1,[2,[3,[]]],{"a":{"b":[{}]}}])",
      R"({"k":1,"":2," ":3,"a/b~c":null,"q\"":false})",
      R"(["\"\\\/\b\f\n\r\t","\u0041\u00e9\u20AC\ud83d\ude00","é€😀"])",
      R"([18446744073709551615,-9223372036854775808,9223372036854775807])",
      "[\"a text of more than eight bytes, and an escape \\n behind it, and more of it\"]",
      "[\"\\u0000\", \"\x7F\"]",
  };
  for (const std::string& text : texts) {
    CAPTURE(text);
    const Document document = json_document(text);
    CHECK(document.value() == json::parse(text));
    CHECK(document.findings().empty());
    CHECK(document.text() == text);
    CHECK(document.name() == "a.json");
    CHECK(document.format() == Document::Format::json);
  }
}

TEST_CASE("every position of an escape or a quote in a word of eight bytes is seen") {
  for (std::size_t before = 0; before < 20; ++before) {
    const std::string run(before, 'x');
    CAPTURE(before);
    CHECK(json_document(joined({"\"", run, "\""})).value() == json::value(run));
    CHECK(json_document(joined({"\"", run, "\\\"", run, "\""})).value() ==
          json::value(joined({run, "\"", run})));
    CHECK(json_document(joined({"\"", run, "é\\u00e9\""})).value() ==
          json::value(joined({run, "éé"})));
    CHECK(json_error(joined({"\"", run, "\x1F", run, "\""})).has_value());
  }
}

TEST_CASE("a byte order mark before JSON is no part of it") {
  const Document document = json_document("\xEF\xBB\xBF{\"a\":1}");
  CHECK(document.value() == json::value{{"a", 1}});
  CHECK(document.locate("") == Position{1, 1, 3});
  CHECK(document.locate("/a") == Position{1, 6, 8});
}

TEST_CASE("numbers are read from the text and not rounded twice") {
  const Document document = json_document("[-0, 1.0, 0.1, 18446744073709551616, 1e-400]");
  const json::array& numbers = document.value().as_array();
  CHECK(number_text(numbers[0].as_double()) == "-0.0");
  CHECK(numbers[1].as_double() == 1.0);
  CHECK(numbers[2].as_double() == 0.1);
  CHECK(numbers[3].as_double() == 0x1p64);
  CHECK(numbers[4].as_double() == 0.0);
}

TEST_CASE("text that is not JSON is refused at the place of the fault") {
  struct Row {
    std::string text;
    Position place;
    std::string why;
    std::string hint = {};
  };
  const std::vector<Row> rows{
      {"", {1, 1, 0}, "the text ends where a value is expected"},
      {" \n ", {2, 2, 3}, "the text ends where a value is expected"},
      {"{\n  \"a\": 1,\n}", {3, 1, 12}, "expected a key in double quotes, found \"}\"", "comma"},
      {"[1, ]", {1, 5, 4}, "expected a value, found \"]\"", "comma"},
      {"[1 2]", {1, 4, 3}, "expected \",\" or \"]\", found \"2\""},
      {"{\"a\" 1}", {1, 6, 5}, "expected \":\" behind the key, found \"1\""},
      {"{\"a\"=1}", {1, 5, 4}, "found \"=\"", "\":\""},
      {"{\"a\":1 \"b\":2}", {1, 8, 7}, "expected \",\" or \"}\""},
      {"{a: 1}", {1, 2, 1}, "found \"a\"", "put the key in double quotes"},
      {"['a']", {1, 2, 1}, "found \"'\"", "double quotes"},
      {"[1] // done", {1, 5, 4}, "expected the end of the text", "comment"},
      {"# done\n[]", {1, 1, 0}, "expected a value", "comment"},
      {"[True]", {1, 2, 1}, "found \"True\"", "write true"},
      {"[None]", {1, 2, 1}, "found \"None\"", "write null"},
      {"[NaN]", {1, 2, 1}, "found \"NaN\"", "no such number"},
      {"[-Infinity]", {1, 3, 2}, "expected a digit, found \"Infinity\"", "no such number"},
      {"[nulls]", {1, 2, 1}, "found \"nulls\""},
      {"[tru]", {1, 2, 1}, "found \"tru\""},
      {"tru", {1, 1, 0}, "found \"tru\""},
      {"[01]", {1, 2, 1}, "must not begin with 0", "zeros"},
      {"[+1]", {1, 2, 1}, "found \"+\"", "without +"},
      {"[.5]", {1, 2, 1}, "found \".\"", "before the point"},
      {"[1.]", {1, 4, 3}, "expected a digit"},
      {"[1e]", {1, 4, 3}, "expected a digit"},
      {"[1e+]", {1, 5, 4}, "expected a digit"},
      {"-", {1, 2, 1}, "the text ends where a digit is expected"},
      {"[1e400]", {1, 2, 1}, "too large for a double", "as a text"},
      {"[\"abc", {1, 2, 1}, "never closed"},
      {"[\"ab\nc\"]", {1, 5, 4}, "a line break inside a text", "\\n"},
      {"[\"a\tb\"]", {1, 4, 3}, "a tab inside a text", "\\t"},
      {"[\"a\x01\"]", {1, 4, 3}, "control character", "\\u0001"},
      {"[\"a\0\"]"s, {1, 4, 3}, "control character", "\\u0000"},
      {"[\"é\\x\"]", {1, 4, 4}, "an escape that JSON does not know"},
      {"[\"\\", {1, 3, 2}, "an escape that JSON does not know"},
      {"[\"\\u12G4\"]", {1, 3, 2}, "four hexadecimal digits"},
      {"[\"\\u12", {1, 3, 2}, "four hexadecimal digits"},
      {"[\"\\ud83d\"]", {1, 3, 2}, "half of a surrogate pair"},
      {"[\"\\ud83d\\u0041\"]", {1, 3, 2}, "half of a surrogate pair"},
      {"[\"\\ud83d\\ud83d\"]", {1, 3, 2}, "half of a surrogate pair"},
      {"[\"\\ude00\\ud83d\"]", {1, 3, 2}, "half of a surrogate pair"},
      {"[1]\n]", {2, 1, 4}, "expected the end of the text, found \"]\""},
      {"[1}", {1, 3, 2}, "expected \",\" or \"]\", found \"}\""},
      {"{\"é\": [1,\r\n  {\"b\": ", {2, 9, 20}, "the object that begins at 2:3 is not closed"},
      {"[1,\n 2", {2, 3, 6}, "the array that begins at 1:1 is not closed"},
      {"\xEF\xBB\xBF\xEF\xBB\xBF[]", {1, 1, 3}, "expected a value"},
      {"[1]\0"s, {1, 4, 3}, "expected the end of the text"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const std::optional<Error> error = json_error(row.text);
    REQUIRE(error.has_value());
    CAPTURE(error->message());
    CHECK(error->code().name() == "json.invalid");
    CHECK(error->path() == "a.json");
    CHECK(error->position() == row.place);
    const std::string place = joined(
        {"a.json:", std::to_string(row.place.line), ":", std::to_string(row.place.column), ": "});
    CHECK(error->message().find(place) != std::string::npos);
    CHECK(error->message().find(row.why) != std::string::npos);
    CHECK(error->hint().find(row.hint) != std::string::npos);
    CHECK(error->message().find('\n') == std::string::npos);
  }
}

TEST_CASE("every text cut off before its end is refused at its end or at what is open") {
  const std::string whole = R"({"a":[1,-2.5e3,"x\n\u00e9"],"b":{"c":null,"d":true}})";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    const std::optional<Error> error = json_error(whole.substr(0, size));
    REQUIRE(error.has_value());
    CHECK(error->code().name() == "json.invalid");
    CHECK(error->position().byte_offset <= static_cast<std::int64_t>(size));
  }
}

TEST_CASE("text that is not UTF-8 is refused at its first malformed byte") {
  const std::string text = "{\"name\":\n \"caf\xE9\"}";
  for (const auto& error : {json_error(text), yaml_error(text)}) {
    REQUIRE(error.has_value());
    CHECK(error->code().name() == "text.invalid_utf8");
    CHECK(error->position() == Position{2, 6, 14});
  }
}

TEST_CASE("a text above the limit of bytes is refused") {
  Limits limits;
  limits.input_bytes = 4;
  CHECK_FALSE(json_error("1234", limits).has_value());
  CHECK(code_of(json_error("12345", limits)) == "limit.input_size");
  CHECK_FALSE(yaml_error("1234", limits).has_value());
  CHECK(code_of(yaml_error("12345", limits)) == "limit.input_size");
}

TEST_CASE("JSON may nest as deep as the limit and no deeper") {
  Limits limits;
  limits.json_depth = 3;
  CHECK_FALSE(json_error("[{\"a\":[1]}]", limits).has_value());
  const std::optional<Error> error = json_error("[{\"a\":\n[[1]]}]", limits);
  REQUIRE(error.has_value());
  CHECK(error->code().name() == "json.too_deep");
  CHECK(error->position() == Position{2, 2, 8});
  // Many beside each other are not deep.
  CHECK_FALSE(json_error(joined({"[", repeated("[[]],", 1000), "[]]"}), limits).has_value());
}

TEST_CASE("JSON that nests 100,000 deep is an error and no crash") {
  for (const std::string part : {"[", "{\"a\":", "[{\"b\":[[["}) {
    CAPTURE(part);
    CHECK(code_of(json_error(repeated(part, 100000))) == "json.too_deep");
  }
  Limits limits;
  limits.json_depth = 5000;
  const std::string deep = joined({repeated("[", 5000), repeated("]", 5000)});
  const Document document = json_document(deep, limits);
  CHECK(document.locate(repeated("/0", 4999)).byte_offset == 4999);
}

TEST_CASE("a document of 64 MiB is read, and one byte more is refused") {
  const auto limit = static_cast<std::size_t>(Limits{}.input_bytes);
  std::string text = joined({"[\"", repeated("x", limit - 4), "\"]"});
  REQUIRE(text.size() == limit);
  CHECK(json_document(text).value().as_array().front().as_string().size() == limit - 4);
  text += ' ';
  CHECK(code_of(json_error(std::move(text))) == "limit.input_size");
}

TEST_CASE("the value can be moved out of a document that is at its end") {
  CHECK(json_document("[1,2]").value() == json::value{1, 2});
}
