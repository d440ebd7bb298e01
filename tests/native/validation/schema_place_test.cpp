// Schema findings as findings in a file: lines, columns, order, limits.
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "validation/schema/findings.h"
#include "validation/schema_cases.h"

using namespace ratchet;
using ratchet::test::compiled;

namespace {

std::vector<Finding> located(std::string_view schema, std::string_view text,
                             const Limits& limits = {}) {
  const Document document = read_json(std::string(text), "a.json", limits);
  const Schema program = Schema::compile(json::parse(schema), limits);
  return to_findings(program.validate(document.value()), document, limits);
}

}  // namespace

TEST_CASE("schema findings: they stand at the value in the file, an unknown key at the key") {
  const std::vector<Finding> findings =
      located(R"({"properties": {"a": {"type": "null"}}, "additionalProperties": false})",
              "{\n  \"a\": \"é\",  \"b\": 1\n}");
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].path == "a.json");
  CHECK(findings[0].line == 2);
  CHECK(findings[0].column == 8);
  CHECK(findings[0].byte_offset == 9);
  CHECK(findings[0].pointer == "/a");
  CHECK(findings[0].keyword == "type");
  CHECK(findings[0].source == "schema");
  CHECK(findings[0].code == "schema.type");
  CHECK(findings[1].line == 2);
  CHECK(findings[1].column == 14);
  CHECK(findings[1].pointer == "/b");
}

TEST_CASE("schema findings: they are in the order of the text") {
  const std::vector<Finding> findings = located(
      R"({"properties": {"b": {"type": "null"}}, "patternProperties": {"^a": {"type": "null"}},
          "allOf": [{"properties": {"c": false}}]})",
      R"({"c": 1, "b": 2, "a": 3})");
  REQUIRE(findings.size() == 3);
  CHECK(findings[0].pointer == "/c");
  CHECK(findings[1].pointer == "/b");
  CHECK(findings[2].pointer == "/a");
}

TEST_CASE("schema findings: a part of a document is found below its pointer") {
  const Document document = read_json(R"({"inputs": {"n": "x"}})", "a.json", Limits{});
  const Schema schema = compiled(R"({"properties": {"n": {"type": "null"}}})");
  const std::vector<Finding> findings =
      to_findings(schema.validate(document.value().at("inputs")), document, "/inputs", Limits{});
  REQUIRE(findings.size() == 1);
  CHECK(findings.front().pointer == "/inputs/n");
  CHECK(findings.front().column == 18);
}

TEST_CASE("schema findings: the fault of the nearest branch is pointed to") {
  const std::vector<Finding> findings =
      located(R"({"anyOf": [{"properties": {"k": {"const": 1}, "n": {"type": "null"}}},
                            {"type": "string"}]})",
              "{\"k\": 1,\n \"n\": 2}");
  REQUIRE(findings.size() == 1);
  CHECK(findings.front().line == 1);
  CHECK(findings.front().hint == "see line 2, column 7");
}

TEST_CASE("schema findings: more than the limit are cut, and the last one counts the rest") {
  Limits limits;
  limits.findings_per_file = 3;
  const std::vector<Finding> findings =
      located(R"({"items": {"type": "null"}})", "[1, 2, 3, 4, 5]", limits);
  REQUIRE(findings.size() == 3);
  CHECK(findings[1].pointer == "/1");
  CHECK(findings[2].code == "findings.truncated");
  CHECK(findings[2].message == "3 more findings are not listed");
  CHECK(located(R"({"items": {"type": "null"}})", "[1, 2, 3]", limits).size() == 3);
  limits.findings_per_file = 0;
  CHECK(located(R"({"items": {"type": "null"}})", "[1, 2, 3, 4, 5]", limits).size() == 5);
}

TEST_CASE("schema findings: what could not be decided is an error in the file") {
  const std::vector<Finding> findings = located(
      R"({"pattern": "^(a+)+$"})", ratchet::test::text_of({"\"", std::string(200, 'a'), "b\""}));
  REQUIRE(findings.size() == 1);
  CHECK(findings.front().code == "schema.undecided");
  CHECK(has_errors(findings));
}
