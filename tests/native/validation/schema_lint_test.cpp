// The linter: what it finds wrong or doubtful in schemas, and that our own have nothing of it.
#include "validation/schema/lint.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/embedded.h"
#include "validation/schema_cases.h"

using namespace ratchet;
using ratchet::test::text_of;

namespace {

std::vector<Finding> linted(std::string_view schema, const SchemaOptions& options = {}) {
  return lint_schema(read_json(std::string(schema), "s.json", Limits{}), Limits{}, options);
}

/// `severity code pointer: message`, a line each.
std::string said_of(std::string_view schema) {
  std::string text;
  for (const Finding& finding : linted(schema)) {
    text.append(finding.severity == Severity::error ? "error " : "warning ");
    text.append(finding.code).append(" ").append(finding.pointer.value_or("none"));
    text.append(": ").append(finding.message);
    if (finding.hint) text.append(" (").append(*finding.hint).append(")");
    text.append("\n");
  }
  return text;
}

}  // namespace

TEST_CASE("schema linter: our own schemas have nothing of what it finds") {
  for (const EmbeddedFile& file : embedded_schemas()) {
    CAPTURE(file.name);
    for (const Finding& finding : linted(file.bytes))
      FAIL_CHECK(text_of({finding.pointer.value_or(""), ": ", finding.message}));
  }
}

TEST_CASE("schema linter: the standard's own schemas have nothing of it either") {
  const auto lines = [](std::string_view uri) {
    return said_of(json::serialize(json::object{{"$ref", uri}}));
  };
  CHECK(lines("https://json-schema.org/draft/2020-12/schema").empty());
  CHECK(lines("http://json-schema.org/draft-07/schema").empty());
}

TEST_CASE("schema linter: each fault and doubt is told with its place") {
  struct Case {
    std::string_view schema;
    std::string_view said;
  };
  const std::vector<Case> cases = {
      {R"({"properties": {"a": {"type": "string", "required": true}}})",
       "error schema.type /properties/a/required: \"required\" must be a list of keys, not true or "
       "false (name the key in the required list of the schema around its properties)\n"},
      {R"({"minLength": -1, "maxItems": "3"})",
       "error schema.range /minLength: \"minLength\" must be at least 0, not -1\n"
       "error schema.type /maxItems: \"maxItems\" must be an integer, not the string \"3\"\n"},
      {R"({"pattern": "("})",
       "error schema.format /pattern: \"pattern\" must be a regular expression (ECMA-262), but is "
       "\"(\"\n"},
      {R"({"$ref": "#/$defs/a"})",
       "error schema.invalid /$ref: the schema at \"/$ref\": nothing is at \"/$defs/a\" in this "
       "schema\n"},
      {R"({"propertes": {"a": {"additonalProperties": false}}, "x-note": 1})",
       "warning schema.keyword /propertes: no keyword is called \"propertes\"; did you mean "
       "\"properties\"?\n"},
      {R"({"dependencies": {"a": ["b"]}})",
       "warning schema.keyword /dependencies: the keyword \"dependencies\" says nothing in "
       "2020-12: "
       "it is of another draft (write dependentRequired or dependentSchemas)\n"},
      {R"({"$schema": "http://json-schema.org/draft-07/schema#", "prefixItems": [true]})",
       "warning schema.keyword /prefixItems: the keyword \"prefixItems\" says nothing in draft-07: "
       "it is of another draft (write items with a list of schemas)\n"},
      {R"({"id": "a"})",
       "warning schema.keyword /id: the keyword \"id\" says nothing in 2020-12: it is of another "
       "draft (write $id)\n"},
      {R"({"minimum": 5, "maximum": 3})",
       "warning schema.impossible /minimum: nothing fits: minimum 5 leaves no room below maximum "
       "3\n"},
      {R"({"exclusiveMinimum": 3, "maximum": 3})",
       "warning schema.impossible /exclusiveMinimum: nothing fits: exclusiveMinimum 3 leaves no "
       "room below maximum 3\n"},
      {R"({"minItems": 2, "maxItems": 1})",
       "warning schema.impossible /minItems: nothing fits: minItems 2 leaves no room below "
       "maxItems "
       "1\n"},
      {R"({"type": "string", "enum": ["a", 1, "a"]})",
       "warning schema.impossible /enum/1: 1 never fits: the type asks for a string\n"
       "warning schema.impossible /enum/2: the string \"a\" stands in the enum twice\n"},
      {R"({"enum": []})", "warning schema.impossible /enum: nothing fits: the enum is empty\n"},
      {R"({"type": ["null", "integer"], "const": 1.5})",
       "warning schema.impossible /const: nothing fits: 1.5 is not an integer or null\n"},
      {R"({"properties": {"a": true}, "required": ["a", "b"], "additionalProperties": false})",
       "warning schema.impossible /required/1: nothing fits: the required key \"b\" is none of the "
       "properties, and no others are allowed\n"},
      {R"({"oneOf": [{"type": "null"}, {"type": "string"}, {"type": "null"}]})",
       "warning schema.impossible /oneOf/2: form 3 is the same as form 1: what fits one fits both, "
       "and so neither\n"},
      {R"({"type": "string", "minimum": 1})",
       "warning schema.no_effect /minimum: the keyword \"minimum\" says nothing here: the type "
       "asks "
       "for a string\n"},
      {R"({"then": {"type": "null"}})",
       "warning schema.no_effect /then: the keyword \"then\" says nothing here: there is no if "
       "beside it\n"},
      {R"({"if": {"type": "null"}})",
       "warning schema.no_effect /if: the keyword \"if\" says nothing here: there is neither then "
       "nor else beside it\n"},
      {R"({"minContains": 1})",
       "warning schema.no_effect /minContains: the keyword \"minContains\" says nothing here: "
       "there "
       "is no contains beside it\n"},
      {R"({"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"a": true},
           "properties": {"b": {"$ref": "#/definitions/a", "minLength": 1, "description": "B."}}})",
       "warning schema.no_effect /properties/b/minLength: the keyword \"minLength\" says nothing "
       "here: in draft-07 what stands beside $ref is passed over; put both into allOf\n"},
      {R"({"type": "object", "$defs": {"a": {"$ref": "#/$defs/b/items"}, "b": {"items": true}}})",
       "warning schema.no_effect /$defs/a: nothing refers to the definition \"a\"\n"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.schema);
    CHECK(said_of(row.schema) == row.said);
  }
}

TEST_CASE("schema linter: what is as it should be is not doubted") {
  for (
      const std::string_view schema : {
          R"({"minimum": 3, "maximum": 3, "minLength": 0, "maxLength": 0, "x-internal": true})",
          R"({"type": ["string", "null"], "minLength": 1, "enum": ["a", null]})",
          R"({"type": "integer", "minimum": 1, "multipleOf": 2, "const": 4.0})",
          R"({"if": true, "then": false, "contains": true, "minContains": 0})",
          R"({"$defs": {"a": true, "b": {"$anchor": "c"}}})",
          R"({"$defs": {"a": {"$anchor": "c"}}, "$ref": "#c"})",
          R"({"required": ["b"], "patternProperties": {"^b": true}, "additionalProperties": false})",
          R"({"properties": {"minimum": {"type": "string"}, "required": {"type": "boolean"}}})",
          R"({"const": {"minimun": 1}, "default": {"requird": 2}})",
      }) {
    CAPTURE(schema);
    CHECK(said_of(schema).empty());
  }
}

TEST_CASE("schema linter: a finding stands at its keyword, a fault at its value") {
  const std::vector<Finding> findings = linted("{\n  \"requird\": [],\n  \"minLength\": -1\n}");
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].line == 2);
  CHECK(findings[0].column == 3);
  CHECK(findings[1].line == 3);
  CHECK(findings[1].column == 16);
  CHECK(findings[1].path == "s.json");
}

TEST_CASE("schema linter: it knows the registry, and the draft of a schema that names none") {
  SchemaRegistry registry;
  registry.add("https://x.test/a", true);
  SchemaOptions options;
  options.registry = &registry;
  options.draft = SchemaDraft::draft7;
  CHECK(
      linted(R"({"properties": {"b": {"$ref": "https://x.test/a"}}, "dependencies": {}})", options)
          .empty());
  CHECK(linted(R"({"$ref": "https://x.test/a"})").size() == 1);
}
