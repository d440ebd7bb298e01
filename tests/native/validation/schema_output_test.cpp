// The standard's output forms.
#include "validation/schema/output.h"

#include <doctest/doctest.h>

#include "validation/schema_cases.h"

using namespace ratchet;
using ratchet::test::judge;

TEST_CASE("schema output: flag says whether, and basic nothing more where all is well") {
  const SchemaResult good = judge(R"({"type": "null"})", "null");
  const SchemaResult bad = judge(R"({"type": "null"})", "1");
  CHECK(flag_output(good) == json::object{{"valid", true}});
  CHECK(basic_output(good) == json::object{{"valid", true}});
  CHECK(flag_output(bad) == json::object{{"valid", false}});
}

TEST_CASE("schema output: basic lists each fault with its places, by way and absolutely") {
  // The polygon of the standard's own example (core, §12.4.2).
  const SchemaResult result = judge(
      R"({"$id": "https://example.com/polygon",
          "$defs": {"point": {"type": "object",
                              "properties": {"x": {"type": "number"}, "y": {"type": "number"}},
                              "additionalProperties": false, "required": ["x", "y"]}},
          "type": "array", "items": {"$ref": "#/$defs/point"}, "minItems": 3})",
      R"([{"x": 2.5, "y": 1.3}, {"x": 1, "z": 6.7}])");
  const json::object output = basic_output(result);
  CHECK(output.at("valid") == false);
  json::array places;
  for (const json::value& error : output.at("errors").as_array()) {
    CHECK_FALSE(error.at("error").as_string().empty());
    CHECK(error.at("valid") == false);
    places.push_back(json::array{error.at("keywordLocation"), error.at("absoluteKeywordLocation"),
                                 error.at("instanceLocation")});
  }
  const json::value expected = json::parse(
      R"([["/items/$ref/additionalProperties",
           "https://example.com/polygon#/$defs/point/additionalProperties", "/1/z"],
          ["/items/$ref/required", "https://example.com/polygon#/$defs/point/required", "/1"],
          ["/minItems", "https://example.com/polygon#/minItems", ""]])");
  CHECK(places == expected.as_array());
}

TEST_CASE("schema output: what the nearest branch says stands behind its finding") {
  const SchemaResult result =
      judge(R"({"anyOf": [{"type": "string"}, {"required": ["a"]}]})", "{}");
  const json::object output = basic_output(result);
  const json::array& errors = output.at("errors").as_array();
  REQUIRE(errors.size() == 2);
  CHECK(errors[0].at("keywordLocation") == "/anyOf");
  CHECK(errors[1].at("keywordLocation") == "/anyOf/1/required");
  CHECK_FALSE(errors[0].as_object().contains("absoluteKeywordLocation"));
}
