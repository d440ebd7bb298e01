// What a finding says: code, pointers, keyword, message, hint.
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "validation/schema_cases.h"

using namespace ratchet;
using ratchet::test::judge;
using ratchet::test::said;
using ratchet::test::text_of;

namespace {

struct Case {
  std::string_view schema;
  std::string_view instance;
  std::string_view code;
  std::string_view instance_pointer;
  std::string_view schema_pointer;
  std::string_view keyword;
  std::string_view message;
};

// NOLINTNEXTLINE(cert-err58-cpp): a table
const std::vector<Case> kCases = {
    {R"({"properties": {"n": {"type": "integer"}}})", R"({"n": "x"})", "schema.type", "/n",
     "/properties/n/type", "type", R"("n" must be an integer, not the string "x")"},
    {R"({"type": ["string", "null"]})", "1.5", "schema.type", "", "/type", "type",
     "the document must be a string or null, not 1.5"},
    {R"({"properties": {"l": {"enum": ["python", "go", 3]}}})", R"({"l": "pyton"})", "schema.enum",
     "/l", "/properties/l/enum", "enum",
     R"("l" must be "python", "go" or 3, not the string "pyton"; did you mean "python"?)"},
    {R"({"const": true})", "[1, 2]", "schema.const", "", "/const", "const",
     "the document must be true, not an array of 2 items"},
    {R"({"required": ["a", "b"]})", R"({"a": 1})", "schema.required", "", "/required", "required",
     R"(the document lacks the required key "b")"},
    {R"({"properties": {"path": true}, "additionalProperties": false})", R"({"pth": 1})",
     "schema.additional_properties", "/pth", "/additionalProperties", "additionalProperties",
     R"(the document has the unknown key "pth"; did you mean "path"?)"},
    {R"({"patternProperties": {"^x": {"type": "null"}}, "additionalProperties": {"minimum": 3}})",
     R"({"xy": null, "y": 2})", "schema.range", "/y", "/additionalProperties/minimum", "minimum",
     R"("y" must be at least 3, not 2)"},
    {R"({"items": {"maximum": 3}})", "[1, 4]", "schema.range", "/1", "/items/maximum", "maximum",
     "item 2 must be at most 3, not 4"},
    {R"({"items": {"exclusiveMinimum": 3}})", "[3]", "schema.range", "/0",
     "/items/exclusiveMinimum", "exclusiveMinimum", "item 1 must be more than 3, not 3"},
    {R"({"items": {"exclusiveMaximum": 3}})", "[3.0]", "schema.range", "/0",
     "/items/exclusiveMaximum", "exclusiveMaximum", "item 1 must be less than 3, not 3"},
    {R"({"multipleOf": 0.01})", "0.015", "schema.multiple_of", "", "/multipleOf", "multipleOf",
     "the document must be a multiple of 0.01, not 0.015"},
    {R"({"minLength": 2})", R"("é")", "schema.length", "", "/minLength", "minLength",
     "the document must have at least 2 characters, but has 1"},
    {R"({"maxItems": 1})", "[1, 2]", "schema.length", "", "/maxItems", "maxItems",
     "the document must have at most 1 item, but has 2"},
    {R"({"minProperties": 1})", "{}", "schema.length", "", "/minProperties", "minProperties",
     "the document must have at least 1 key, but has 0"},
    {R"({"pattern": "^a+$"})", R"("b")", "schema.pattern", "", "/pattern", "pattern",
     R"(the document must match the pattern "^a+$", but is "b")"},
    {R"({"uniqueItems": true})", R"([1, {"a": 1, "b": 2}, {"b": 2, "a": 1.0}])",
     "schema.unique_items", "", "/uniqueItems", "uniqueItems",
     "the document must not repeat an item, but items 2 and 3 are both an object with 2 keys"},
    {R"({"contains": {"const": 5}})", "[1]", "schema.contains", "", "/contains", "contains",
     "the document must have at least 1 item of the kind asked for, but has 0"},
    {R"({"contains": {"const": 5}, "maxContains": 1})", "[5, 5]", "schema.contains", "",
     "/contains", "contains",
     "the document must have at most 1 item of the kind asked for, but has 2"},
    {R"({"dependentRequired": {"a": ["b"]}})", R"({"a": 1})", "schema.dependent_required", "",
     "/dependentRequired", "dependentRequired",
     R"(the document has the key "a" and so needs the key "b")"},
    {R"({"propertyNames": {"pattern": "^[a-z]+$"}})", R"({"A": 1})", "schema.property_names", "/A",
     "/propertyNames", "propertyNames",
     R"(a key is not allowed: "A" must match the pattern "^[a-z]+$", but is "A")"},
    {R"({"not": {"type": "string"}})", R"("a")", "schema.not", "", "/not", "not",
     "the document is of the very form that is not allowed here"},
    {R"({"properties": {"a~/b": false}})", R"({"a~/b": 1})", "schema.false", "/a~0~1b",
     "/properties/a~0~1b", "false", R"("a~/b" is not allowed here, but is 1)"},
    {R"({"$ref": "#/$defs/n", "$defs": {"n": {"type": "null"}}})", "1", "schema.type", "",
     "/$defs/n/type", "type", "the document must be null, not 1"},
    {R"({"if": {"type": "string"}, "then": {"minLength": 2}})", R"("a")", "schema.length", "",
     "/then/minLength", "minLength", "the document must have at least 2 characters, but has 1"},
};

}  // namespace

TEST_CASE("schema: a finding names the value, the place and what was allowed") {
  for (const Case& row : kCases) {
    CAPTURE(row.schema);
    CAPTURE(row.instance);
    const SchemaResult result = judge(row.schema, row.instance);
    REQUIRE(result.findings.size() == 1);
    const SchemaFinding& finding = result.findings.front();
    CHECK(finding.code.name() == row.code);
    CHECK(finding.instance_pointer == row.instance_pointer);
    CHECK(finding.schema_pointer == row.schema_pointer);
    CHECK(finding.keyword == row.keyword);
    CHECK(finding.message == row.message);
  }
}

TEST_CASE("schema: all faults are reported, outer before inner, members in the instance's order") {
  const SchemaResult result = judge(
      R"({"properties": {"a": {"type": "string"}, "b": {"items": {"minimum": 1}}},
          "required": ["c"], "additionalProperties": false})",
      R"({"b": [0, 1, -1], "x": 1, "a": 2})");
  std::vector<std::string> places;
  for (const SchemaFinding& finding : result.findings)
    places.push_back(finding.instance_pointer);
  CHECK(places == std::vector<std::string>{"", "/b/0", "/b/2", "/x", "/a"});
}

TEST_CASE("schema: after a wrong type the keywords that follow from it are silent") {
  const SchemaResult result =
      judge(R"({"enum": ["a", "b"], "minLength": 1, "type": "string"})", "3");
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings.front().keyword == "type");
}

TEST_CASE("schema: a message says which item of which list") {
  const std::string_view schema =
      R"({"properties": {"files": {"items": {"properties": {"path": {"type": "string"}},
          "required": ["path"]}}}})";
  CHECK(said(schema, R"({"files": [{"path": "a"}, {"path": 1}]})") ==
        R"("path" of item 2 of "files" must be a string, not 1)");
  CHECK(said(schema, R"({"files": [{}]})") == R"(item 1 of "files" lacks the required key "path")");
  CHECK(said(R"({"items": {"items": {"type": "null"}}})", "[[null], [null, 1]]") ==
        "item 2 of item 2 must be null, not 1");
}

TEST_CASE("schema: the hint is what the schema describes, or the known keys") {
  const std::string_view schema =
      R"({"properties": {"path": {"type": "string", "description": "Where the file is made."}},
          "required": ["path"], "additionalProperties": false})";
  CHECK(judge(schema, R"({"path": 1})").findings.front().hint == "Where the file is made.");
  CHECK(judge(schema, "{}").findings.front().hint == "Where the file is made.");
  CHECK(judge(schema, R"({"path": "a", "zzz": 1})").findings.front().hint == "known keys: path");
}

TEST_CASE("schema: only a wrong key is placed at the key") {
  const std::string_view schema = R"({"properties": {"a": {"type": "null"}},
                                      "additionalProperties": false})";
  CHECK(judge(schema, R"({"b": 1})").findings.front().at_key);
  CHECK_FALSE(judge(schema, R"({"a": 1})").findings.front().at_key);
}

TEST_CASE("schema: a long list of allowed values is cut with its count") {
  json::array allowed;
  for (int i = 0; i < 20; ++i)
    allowed.emplace_back(i);
  const std::string schema = json::serialize(json::object{{"enum", allowed}});
  CHECK(said(schema, "99") ==
        "the document must be 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … (20 in all), not 99");
  CHECK(said(schema, "19.0") == "valid");
}

// ---- anyOf and oneOf
// ------------------------------------------------------------------------------

TEST_CASE("schema: of branches that do not fit, the nearest is explained") {
  const std::string_view shapes = R"({"oneOf": [
      {"properties": {"kind": {"const": "circle"}, "radius": {"type": "number"}},
       "required": ["kind", "radius"]},
      {"title": "a square",
       "properties": {"kind": {"const": "square"}, "side": {"type": "number"}},
       "required": ["kind", "side"]}]})";
  const SchemaResult result = judge(shapes, R"({"kind": "square", "side": "3"})");
  REQUIRE(result.findings.size() == 1);
  const SchemaFinding& finding = result.findings.front();
  CHECK(finding.code.name() == "schema.one_of");
  CHECK(finding.schema_pointer == "/oneOf");
  CHECK(finding.message ==
        R"(the document fits none of the 2 forms allowed; nearest is "a square": )"
        R"("side" must be a number, not the string "3")");
  REQUIRE(finding.causes.size() == 1);
  CHECK(finding.causes.front().instance_pointer == "/side");
  CHECK(finding.causes.front().schema_pointer == "/oneOf/1/properties/side/type");
}

TEST_CASE("schema: a branch of another type is never the nearest") {
  const std::string_view schema =
      R"({"anyOf": [{"type": "string"},
                    {"type": "object", "required": ["a", "b", "c", "d"]}]})";
  CHECK(said(schema, R"({"a": 1})") ==
        R"(the document fits none of the 2 forms allowed; nearest is with "a", "b", "c" and "d": )"
        R"(the document lacks the required key "b" (and 2 more))");
}

TEST_CASE("schema: branches that are equally far are all named") {
  const std::string_view schema =
      R"({"oneOf": [{"required": ["files_to_create"]}, {"required": ["items_from"]}]})";
  CHECK(
      said(schema, "{}") ==
      R"(the document fits none of the forms allowed: with "files_to_create"; with "items_from")");
  CHECK(said(schema, R"({"files_to_create": [], "items_from": {}})") ==
        R"(the document fits 2 forms where exactly one is allowed: )"
        R"(with "files_to_create"; with "items_from")");
}

TEST_CASE("schema: the nearest of many branches is found wherever it stands") {
  const std::string_view right = R"({"title": "right", "required": ["x"]})";
  const std::string_view wrong = R"({"title": "wrong", "required": ["x", "y", "z"]})";
  for (int nearest = 0; nearest < 3; ++nearest) {
    const std::string schema =
        text_of({R"({"anyOf": [)", nearest == 0 ? right : wrong, ",", nearest == 1 ? right : wrong,
                 ",", nearest == 2 ? right : wrong, "]}"});
    CAPTURE(schema);
    CHECK(said(schema, "{}").find(R"(nearest is "right")") != std::string::npos);
  }
}
