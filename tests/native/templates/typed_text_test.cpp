#include "templates/typed_text.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "core/error.h"
#include "fs/thrown_code.h"

namespace ratchet {

using test::thrown_code;

TEST_CASE("a text is read as the type that its schema names") {
  const struct {
    const char* schema;
    const char* text;
    const char* value;
  } cases[] = {
      {R"({"type": "string"})", "12", R"("12")"},
      {R"({"type": "integer"})", "12", "12"},
      {R"({"type": "integer"})", "-3", "-3"},
      {R"({"type": "integer"})", "12x", R"("12x")"},
      {R"({"type": "integer"})", "1.5", R"("1.5")"},
      {R"({"type": "number"})", "1.5", "1.5E0"},
      {R"({"type": "number"})", "2", "2"},
      {R"({"type": "number"})", "1e999", R"("1e999")"},
      {R"({"type": "boolean"})", "true", "true"},
      {R"({"type": "boolean"})", "false", "false"},
      {R"({"type": "boolean"})", "yes", R"("yes")"},
      {R"({"type": ["integer", "string"]})", "7", "7"},
      {R"({"type": ["integer", "string"]})", "seven", R"("seven")"},
      {R"({"type": ["string", "null"]})", "null", R"("null")"},
      {R"({"type": ["null", "string"]})", "null", "null"},
      {R"({"type": "array"})", "", "[]"},
      {R"({"type": "array"})", "a, b,c", R"(["a","b","c"])"},
      {R"({"type": "array", "items": {"type": "integer"}})", "1,2", "[1,2]"},
      {R"({"type": "array", "items": {"$ref": "#/$defs/n"}, "$defs": {"n": {"type": "integer"}}})",
       "1,2", "[1,2]"},
      {R"({"type": "array"})", R"([{"a": 1}, b])", R"([{"a":1},"b"])"},
      {R"({"type": "array"})", "[1", R"("[1")"},
      {R"({"type": "object"})", "{a: 1}", R"({"a":1})"},
      {R"({"type": "object"})", "[1]", R"("[1]")"},
      {R"({"enum": [1, true, "2"]})", "1", "1"},
      {R"({"enum": [1, true, "2"]})", "true", "true"},
      {R"({"enum": [1, true, "2"]})", "2", R"("2")"},
      {"{}", "12", R"("12")"},
  };
  for (const auto& [schema, text, value] : cases) {
    CAPTURE(schema);
    CAPTURE(text);
    const json::object read = json::parse(schema).get_object();
    CHECK(json::serialize(typed_text(text, read, read, Limits())) == value);
  }
}

TEST_CASE("assignments reach into objects, and collect lists") {
  const json::object schema = json::parse(R"({"properties": {
      "n": {"type": "integer"}, "tags": {"type": "array"},
      "o": {"properties": {"m": {"type": "boolean"}}}}})")
                                  .get_object();
  json::object values = json::parse(R"({"tags": ["old"], "o": {"k": 1}})").get_object();
  const std::vector<std::string> assignments{"n=1", "tags=a,b", "tags=c", "o.m=true", "x=a=b"};
  set_values(assignments, schema, values, Limits());
  CHECK(values == json::parse(R"({"tags": ["a", "b", "c"], "o": {"k": 1, "m": true}, "n": 1,
                                  "x": "a=b"})"));
  const std::vector<std::string> exact{R"(n={"a": [1]})"};
  set_json_values(exact, values, Limits());
  CHECK(values.at("n") == json::parse(R"({"a": [1]})"));
}

TEST_CASE("an assignment without a key or a value is refused") {
  json::object values;
  for (const char* text : {"novalue", "=x"}) {
    const std::vector<std::string> assignments{text};
    CHECK(thrown_code([&] { set_values(assignments, {}, values, Limits()); }) ==
          "request.constraint");
  }
  const std::vector<std::string> broken{"a={"};
  CHECK(thrown_code([&] { set_json_values(broken, values, Limits()); }) == "json.invalid");
}

}  // namespace ratchet
