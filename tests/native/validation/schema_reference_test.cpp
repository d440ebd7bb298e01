// References out of the document, identifiers, dynamic references, drafts and vocabularies.
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "validation/schema_cases.h"

using namespace ratchet;
using ratchet::test::compiled;
using ratchet::test::judge;
using ratchet::test::refusal_of;

namespace {

using Documents = std::vector<std::pair<std::string_view, std::string_view>>;

SchemaRegistry registry_of(const Documents& documents) {
  SchemaRegistry registry;
  for (const auto& [uri, text] : documents)
    registry.add(uri, json::parse(text));
  return registry;
}

Schema with(const SchemaRegistry& registry, std::string_view schema,
            const std::string& base_uri = {}) {
  SchemaOptions options;
  options.registry = &registry;
  options.base_uri = base_uri;
  return Schema::compile(json::parse(schema), Limits{}, options);
}

std::string refusal_with(const SchemaRegistry& registry, std::string_view schema) {
  try {
    (void)with(registry, schema);
  } catch (const Error& error) {
    return error.message();
  }
  return "compiled";
}

}  // namespace

TEST_CASE(
    "schema references: they lead to what the registry has, by its URI or the document's own") {
  const SchemaRegistry registry = registry_of({
      {"https://x.test/a.json",
       R"({"$defs": {"n": {"type": "null"}}, "items": {"$ref": "b.json"}})"},
      {"https://x.test/b.json", R"({"$id": "https://y.test/b", "type": "string"})"},
  });
  CHECK(with(registry, R"({"$ref": "https://x.test/a.json#/$defs/n"})").validate(nullptr).valid());
  const Schema relative = with(registry, R"({"$ref": "a.json"})", "https://x.test/main.json");
  CHECK(relative.validate(json::parse(R"(["a"])")).valid());
  const SchemaResult wrong = relative.validate(json::parse("[1]"));
  REQUIRE(wrong.findings.size() == 1);
  CHECK(wrong.findings[0].schema_pointer == "https://x.test/b.json#/type");
  CHECK(wrong.findings[0].keyword_location == "/$ref/items/$ref/type");
  CHECK(wrong.findings[0].absolute_location == "https://y.test/b#/type");
}

TEST_CASE("schema references: a registry takes absolute URIs alone, the last of two counts") {
  SchemaRegistry registry = registry_of({{"https://x.test/a#", "false"}});
  registry.add("https://x.test/a", true);
  CHECK(with(registry, R"({"$ref": "https://x.test/a"})").validate(1).valid());
  CHECK_THROWS_AS(registry.add("a.json", true), Error);
  CHECK_THROWS_AS(registry.add("https://x.test/a#b", true), Error);
}

TEST_CASE("schema references: what leads nowhere is refused with the document that was asked") {
  const SchemaRegistry registry = registry_of({
      {"https://x.test/a", R"({"$defs": {}})"},
      {"https://x.test/bad", R"({"$defs": {"b": {"minLength": "1"}}})"},
  });
  const std::vector<std::pair<std::string_view, std::string_view>> cases = {
      {R"({"$ref": "https://x.test/none"})",
       R"(the schema at "/$ref": nobody knows the schema "https://x.test/none"; name its file among the references (--ref), nothing is fetched)"},
      {R"({"$ref": "https://x.test/a#/$defs/b"})",
       R"(the schema at "/$ref": nothing is at "/$defs/b" in the schema "https://x.test/a")"},
      {R"({"$ref": "https://x.test/a#b"})",
       R"(the schema at "/$ref": nothing in the schema "https://x.test/a" has the anchor "b")"},
      {R"({"$ref": "https://x.test/bad"})",
       R"(the schema at "https://x.test/bad#/$defs/b/minLength": must be a whole number from 0, not the string "1")"},
      {R"({"items": {"$id": "https://x.test/b"}, "not": {"$id": "https://x.test/b"}})",
       R"(the schema at "/not/$id": the identifier "https://x.test/b" is taken by another schema)"},
      {R"({"$id": "https://x.test/b#c"})", R"(the schema at "/$id": must not have a fragment)"},
      {R"({"$anchor": 1})", R"(the schema at "/$anchor": must be a string, not 1)"},
  };
  for (const auto& [schema, message] : cases) {
    CAPTURE(schema);
    CHECK(refusal_with(registry, schema) == message);
  }
}

TEST_CASE("schema references: identifiers are found where keywords have schemas, not in values") {
  CHECK(
      refusal_of(R"({"enum": [{"$id": "https://x.test/a"}], "not": {"$ref": "https://x.test/a"}})")
          .find("nobody knows") != std::string::npos);
  CHECK(compiled(R"({"properties": {"$id": {"type": "string"}, "a": {"$ref": "https://x.test/a"}},
                     "$defs": {"a": {"$id": "https://x.test/a", "type": "null"}}})")
            .validate(json::parse(R"({"$id": "x", "a": null})"))
            .valid());
}

TEST_CASE("schema references: a pointer into an unknown keyword finds a schema, and names in it") {
  const Schema schema = compiled(
      R"({"$id": "https://x.test/a", "$ref": "#/parts/n", "parts": {"n": {"items": {"$ref": "#k"},
          "$defs": {"k": {"$anchor": "k", "type": "null"}}}}})");
  CHECK(schema.validate(json::parse("[null]")).valid());
  CHECK_FALSE(schema.validate(json::parse("[1]")).valid());
}

TEST_CASE("schema references: the standard's own schemas judge schemas") {
  for (const std::string_view uri : {"https://json-schema.org/draft/2020-12/schema",
                                     "http://json-schema.org/draft-07/schema#"}) {
    CAPTURE(uri);
    const Schema meta = Schema::compile(json::object{{"$ref", uri}}, Limits{});
    const auto judged = [&](std::string_view schema) {
      return meta.validate(json::parse(schema)).valid();
    };
    CHECK(judged("true"));
    CHECK(judged(R"({"type": ["null", "string"], "items": {"minLength": 2}, "default": 1})"));
    CHECK_FALSE(judged(R"({"type": "strin"})"));
    CHECK_FALSE(judged(R"({"items": {"properties": {"a": {"minLength": -1}}}})"));
    CHECK_FALSE(judged(R"({"required": ["a", "a"]})"));
    CHECK_FALSE(judged(R"({"allOf": []})"));
    CHECK_FALSE(judged(R"({"not": 3})"));
    CHECK_FALSE(judged(R"({"multipleOf": 0})"));
  }
  CHECK(
      judge(R"({"$ref": "http://json-schema.org/draft-07/schema#/definitions/nonNegativeInteger"})",
            "3")
          .valid());
  CHECK_FALSE(
      judge(
          R"({"$ref": "https://json-schema.org/draft/2020-12/meta/validation#/$defs/stringArray"})",
          "[1]")
          .valid());
}

TEST_CASE("schema references: a dynamic reference leads to the outermost schema of its name") {
  const SchemaRegistry registry = registry_of({{"https://x.test/tree",
                                                R"({"$dynamicAnchor": "node", "type": "object",
            "properties": {"children": {"items": {"$dynamicRef": "#node"}}}})"}});
  const std::string_view strict =
      R"({"$id": "https://x.test/strict", "$dynamicAnchor": "node", "$ref": "tree",
          "properties": {"name": {"type": "string"}}, "unevaluatedProperties": false})";
  const Schema schema = with(registry, strict);
  CHECK(schema.validate(json::parse(R"({"children": [{"name": "a", "children": []}]})")).valid());
  const SchemaResult wrong = schema.validate(json::parse(R"({"children": [{"nam": "a"}]})"));
  REQUIRE(wrong.findings.size() == 1);
  CHECK(wrong.findings[0].message ==
        R"(item 1 of "children" has the unknown key "nam"; did you mean "name"?)");
  CHECK(wrong.findings[0].keyword_location ==
        "/$ref/properties/children/items/$dynamicRef/unevaluatedProperties");
  CHECK(with(registry, R"({"$ref": "https://x.test/tree"})")
            .validate(json::parse(R"({"children": [{"nam": "a"}]})"))
            .valid());
}

TEST_CASE("schema references: a circle of dynamic references ends with a finding") {
  const SchemaRegistry registry = registry_of(
      {{"https://x.test/base",
        R"({"allOf": [{"$dynamicRef": "#x"}], "$defs": {"d": {"$dynamicAnchor": "x"}}})"}});
  const Schema schema =
      with(registry, R"({"$id": "https://x.test/main", "$dynamicAnchor": "x", "$ref": "base"})");
  const SchemaResult result = schema.validate(1);
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].code.name() == "schema.undecided");
}

TEST_CASE("schema references: each document is read by the draft that it names") {
  const SchemaRegistry registry =
      registry_of({{"https://x.test/old", R"({"$schema": "http://json-schema.org/draft-07/schema#",
         "items": [{"type": "null"}], "additionalItems": false})"}});
  const Schema schema = with(registry, R"({"prefixItems": [{"$ref": "https://x.test/old"}],
                                           "items": false})");
  CHECK(schema.validate(json::parse("[[null]]")).valid());
  CHECK_FALSE(schema.validate(json::parse("[[null, 1]]")).valid());
  CHECK_FALSE(schema.validate(json::parse("[[null], 1]")).valid());
}

TEST_CASE("schema vocabularies: a metaschema of one's own chooses keywords") {
  const SchemaRegistry registry = registry_of({
      {"https://x.test/meta", R"({"$schema": "https://json-schema.org/draft/2020-12/schema",
         "$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/core": true,
                         "https://json-schema.org/draft/2020-12/vocab/applicator": true,
                         "https://json-schema.org/draft/2020-12/vocab/format-assertion": true,
                         "https://x.test/vocab/unknown": false}})"},
      {"https://x.test/strange", R"({"$schema": "https://json-schema.org/draft/2020-12/schema",
         "$vocabulary": {"https://x.test/vocab/unknown": true}})"},
      {"https://x.test/circle", R"({"$schema": "https://x.test/circle"})"},
      {"https://x.test/named", R"({"$schema": "http://json-schema.org/draft-07/schema#"})"},
  });
  const Schema schema = with(registry, R"({"$schema": "https://x.test/meta", "minLength": 9,
                                           "format": "date", "not": {"format": "time"}})");
  CHECK(schema.validate("2024-02-29").valid());
  CHECK_FALSE(schema.validate("2023-02-29").valid());
  for (const std::string_view name : {"strange", "circle", "none"}) {
    CAPTURE(name);
    CHECK(refusal_with(registry, test::text_of({R"({"$schema": "https://x.test/)", name, "\"}"}))
              .find("is not implemented") != std::string::npos);
  }
  CHECK_FALSE(with(registry, R"({"$schema": "https://x.test/named", "dependencies": {"a": ["b"]}})")
                  .validate(json::parse(R"({"a": 1})"))
                  .valid());
}
