#include "core/json_comments.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/document_cases.h"

using namespace ratchet;
using namespace ratchet::test;

TEST_CASE("comments and trailing commas of JSON become blanks, and nothing else does") {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::vector<Case> cases{
      {"", ""},
      {"{\"a\": 1}", "{\"a\": 1}"},
      {"[1, 2,]", "[1, 2 ]"},
      {"[1 , // x\n ]", "[1       \n ]"},
      {"[1, /* , */ ]", "[1          ]"},
      {"{\"a\": 1,\r\n}", "{\"a\": 1 \r\n}"},
      {"[/*a\nb*/1]", "[   \n   1]"},
      {R"(["//", "/*", ",]", "\"//"])", R"(["//", "/*", ",]", "\"//"])"},
      {"[,]", "[,]"},
      {"[1,,]", "[1,,]"},
      {"{\"a\":,}", "{\"a\":,}"},
      {"[\"a\",]", "[\"a\" ]"},
      {"[[],]", "[[] ]"},
      {"[1, 2]", "[1, 2]"},
      {"/* open", "/* open"},
      {"\"open", "\"open"},
      {"\"\\", "\"\\"},
      {"1 // end", "1       "},
      {"/", "/"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.text);
    CHECK(without_json_comments(row.text) == row.expected);
  }
}

TEST_CASE("a text with comments is read, and its places are those of the text as it stands") {
  const std::string text = "{ // é\n  /* b */ \"a\": [1, 2,],\n}\n";
  const Document document = read_json_with_comments(text, "a.jsonc", {});
  CHECK(document.value() == json::parse(R"({"a": [1, 2]})"));
  CHECK(document.text() == text);
  CHECK(document.locate_key("/a") == place_of(text, "\"a\""));
  CHECK(document.locate("/a/1") == place_of(text, "2,"));
}

TEST_CASE("what is no JSON with comments either is refused at its own place") {
  const std::string text = "[1, // é\n /* x */ nope]";
  const auto error = thrown_by([&] { return read_json_with_comments(text, "a.jsonc", {}); });
  REQUIRE(code_of(error) == "json.invalid");
  CHECK(error->position() == place_of(text, "nope"));
}

TEST_CASE("a million comments that nobody closes are looked through in one pass") {
  const std::string text = repeated("/* ", 1000000);
  CHECK(without_json_comments(text) == text);
}

TEST_CASE("keys that stand twice are found among comments too") {
  const Document document =
      read_json_with_comments("{\"a\": 1, // one\n \"a\": 2,}", "a.jsonc", {});
  REQUIRE(document.findings().size() == 1);
  CHECK(document.findings().front().line == 2);
}
