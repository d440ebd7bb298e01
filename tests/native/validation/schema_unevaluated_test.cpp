// unevaluatedProperties and unevaluatedItems: what they say, beside what the suite asks.
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "validation/schema_cases.h"

using namespace ratchet;
using ratchet::test::judge;
using ratchet::test::said;

namespace {

constexpr std::string_view kShape = R"({"type": "object",
    "properties": {"kind": {"enum": ["circle", "square"]}}, "required": ["kind"],
    "oneOf": [{"properties": {"kind": {"const": "circle"}, "radius": {"type": "number"}},
               "required": ["radius"]},
              {"properties": {"kind": {"const": "square"}, "side": {"type": "number"}},
               "required": ["side"]}],
    "unevaluatedProperties": false})";

}  // namespace

TEST_CASE("schema unevaluated: a key that no fitting branch knows is told with the nearest name") {
  CHECK(said(kShape, R"({"kind": "circle", "radius": 1})") == "valid");
  CHECK(said(kShape, R"({"kind": "circle", "radius": 1, "radios": 2})") ==
        R"(the document has the unknown key "radios"; did you mean "radius"?)");
  CHECK(said(kShape, R"({"kind": "circle", "radius": 1, "side": 2})") ==
        R"(the document has the key "side", which belongs to a form that does not fit here)");
}

TEST_CASE("schema unevaluated: where the branches fail, they alone are told") {
  const SchemaResult result = judge(kShape, R"({"kind": "circle", "radius": "1"})");
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].code.name() == "schema.one_of");
  CHECK(judge(R"({"allOf": [{"properties": {"a": {"type": "null"}}}],
                  "unevaluatedProperties": false})",
              R"({"a": 1})")
            .findings.size() == 1);
}

TEST_CASE("schema unevaluated: the finding stands at the key, and at the item") {
  const SchemaResult key = judge(R"({"allOf": [{"properties": {"a": true}}],
      "unevaluatedProperties": {"type": "null"}})",
                                 R"({"a": 1, "b": 2, "c": null})");
  REQUIRE(key.findings.size() == 1);
  CHECK(key.findings[0].message == R"("b" must be null, not 2)");
  CHECK(key.findings[0].schema_pointer == "/unevaluatedProperties/type");
  CHECK(judge(R"({"unevaluatedProperties": false})", R"({"b": 2})").findings.at(0).at_key);
  CHECK(said(R"({"contains": {"type": "string"}, "unevaluatedItems": {"type": "null"}})",
             R"([null, "a", 3])") == "item 3 must be null, not 3");
}

TEST_CASE("schema unevaluated: what hangs on an undecided pattern is no finding of its own") {
  const std::string name(200, 'a');
  const SchemaResult result = judge(
      R"({"anyOf": [{"patternProperties": {"^(a+)+$": true}}], "unevaluatedProperties": false})",
      test::text_of({R"({"b": 1, ")", name, R"(b": 1})"}));
  for (const SchemaFinding& finding : result.findings)
    CHECK(finding.code.name() == "schema.undecided");
  CHECK_FALSE(result.valid());
}
