// Schemas that are none, references, and what is refused instead of ignored.
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
using ratchet::test::said;
using ratchet::test::text_of;

TEST_CASE("schema: a keyword with a value of the wrong kind is refused with its place") {
  const std::vector<std::pair<std::string_view, std::string_view>> cases = {
      {"3", "the schema: a schema must be an object, true or false, not 3"},
      {R"({"properties": {"a": {"type": "strin"}}})",
       R"(the schema at "/properties/a/type": no type is called "strin"; did you mean "string"?)"},
      {R"({"type": []})",
       R"(the schema at "/type": must be a type or an array of types, not an array of 0 items)"},
      {R"({"required": "a"})",
       R"(the schema at "/required": must be an array of strings, not the string "a")"},
      {R"({"required": [1]})", R"(the schema at "/required": must hold strings alone, not 1)"},
      {R"({"minLength": -1})",
       R"(the schema at "/minLength": must be a whole number from 0, not -1)"},
      {R"({"maxItems": 1.5})",
       R"(the schema at "/maxItems": must be a whole number from 0, not 1.5)"},
      {R"({"minimum": "1"})", R"(the schema at "/minimum": must be a number, not the string "1")"},
      {R"({"multipleOf": 0})", R"(the schema at "/multipleOf": must be a number above 0, not 0)"},
      {R"({"enum": "a"})", R"(the schema at "/enum": must be an array, not the string "a")"},
      {R"({"uniqueItems": 1})", R"(the schema at "/uniqueItems": must be true or false, not 1)"},
      {R"({"properties": []})",
       R"(the schema at "/properties": must be an object, not an array of 0 items)"},
      {R"({"anyOf": []})",
       R"(the schema at "/anyOf": must be an array of at least one schema, not an array of 0 items)"},
      {R"({"allOf": [true, 1]})",
       R"(the schema at "/allOf/1": a schema must be an object, true or false, not 1)"},
      {R"({"items": [true]})",
       R"(the schema at "/items": must be one schema in this draft; a list of them is prefixItems)"},
      {R"({"pattern": "("})",
       R"(the schema at "/pattern": the pattern "(" is no regular expression: missing closing parenthesis)"},
      {R"({"patternProperties": {"[": true}})",
       R"(the schema at "/patternProperties/[": the pattern "[" is no regular expression: a class that is not closed at character 1)"},
      {R"({"$defs": {"unused": {"type": 1}}})",
       R"(the schema at "/$defs/unused/type": must name types, not 1)"},
  };
  for (const auto& [schema, message] : cases) {
    CAPTURE(schema);
    CHECK(refusal_of(schema) == message);
  }
}

TEST_CASE("schema: an error tells pointer and keyword to programs") {
  try {
    (void)compiled(R"({"not": {"maximum": null}})");
    FAIL("compiled");
  } catch (const Error& error) {
    CHECK(error.details().at("pointer").as_string() == "/not/maximum");
    CHECK(error.details().at("keyword").as_string() == "maximum");
  }
}

TEST_CASE("schema: references to nowhere, outside and in a circle are refused") {
  const std::vector<std::pair<std::string_view, std::string_view>> cases = {
      {R"({"$ref": "#/$defs/a"})",
       R"(the schema at "/$ref": nothing is at "/$defs/a" in this schema)"},
      {R"({"$ref": "#/allOf/01", "allOf": [true, true]})",
       R"(the schema at "/$ref": nothing is at "/allOf/01" in this schema)"},
      {R"({"$ref": "#/~2"})", R"(the schema at "/$ref": nothing is at "/~2" in this schema)"},
      {R"({"$ref": "#/%zz"})",
       R"(the schema at "/$ref": the reference "#/%zz" has a broken %-escape)"},
      {R"({"$ref": "#here"})",
       R"(the schema at "/$ref": nothing in this schema has the anchor "here")"},
      {R"({"$ref": "#"})", R"(the schema at "/$ref": leads back to itself in a circle)"},
      {R"({"$ref": 1})", R"(the schema at "/$ref": must be a string, not 1)"},
      {R"({"$defs": {"a": {"anyOf": [{"$ref": "#/$defs/b"}]}, "b": {"not": {"$ref": "#/$defs/a"}}}})",
       R"(the schema at "/$defs/b/not/$ref": leads back to itself in a circle)"},
      {R"({"if": {"$ref": "#"}})", R"(the schema at "/if/$ref": leads back to itself in a circle)"},
      {R"({"dependentSchemas": {"a": {"$ref": "#"}}})",
       R"(the schema at "/dependentSchemas/a/$ref": leads back to itself in a circle)"},
      {R"({"$defs": {"a": {"$anchor": "x"}, "b": {"$anchor": "x"}}})",
       R"(the schema at "/$defs/b/$anchor": this name is taken by another schema of the document)"},
      {R"({"$schema": "http://json-schema.org/draft-04/schema#"})",
       R"(the schema at "/$schema": the draft "http://json-schema.org/draft-04/schema" is not implemented; )"
       R"(use "https://json-schema.org/draft/2020-12/schema" or "http://json-schema.org/draft-07/schema")"},
  };
  for (const auto& [schema, message] : cases) {
    CAPTURE(schema);
    CHECK(refusal_of(schema) == message);
  }
  CHECK(
      refusal_of(R"({"$ref": "other.json"})") ==
      R"(the schema at "/$ref": nobody knows the schema "other.json"; name its file among the references (--ref), nothing is fetched)");
}

TEST_CASE("schema: a circle is found through every keyword that judges the same value") {
  for (const std::string_view part :
       {R"("allOf": [{"$ref": "#"}])", R"("anyOf": [true, {"$ref": "#"}])",
        R"("oneOf": [{"$ref": "#"}])", R"("not": {"$ref": "#"})", R"("if": {"$ref": "#"})",
        R"("if": true, "then": {"$ref": "#"})", R"("if": true, "else": {"$ref": "#"})",
        R"("dependentSchemas": {"a": {"$ref": "#"}})"}) {
    CAPTURE(part);
    CHECK(refusal_of(text_of({"{", part, "}"})).ends_with("leads back to itself in a circle"));
  }
}

TEST_CASE("schema: references find pointers, anchors, and the document by its own name") {
  CHECK(said(R"({"items": {"$ref": "#/$defs/a~1b%20c"}, "$defs": {"a/b c": {"type": "null"}}})",
             "[1]") == "item 1 must be null, not 1");
  CHECK(said(R"({"items": {"$ref": "#n"}, "$defs": {"x": {"$anchor": "n", "type": "null"}}})",
             "[1]") == "item 1 must be null, not 1");
  CHECK(said(R"({"$id": "http://a/b", "items": {"$ref": "http://a/b#/$defs/x"},
                 "$defs": {"x": {"type": "null"}}})",
             "[1]") == "item 1 must be null, not 1");
}

TEST_CASE("schema: a schema may lead back to itself by way of a part of the value") {
  const std::string_view tree =
      R"({"properties": {"children": {"items": {"$ref": "#"}}, "name": {"type": "string"}}})";
  CHECK(judge(tree, R"({"children": [{"name": "a", "children": []}]})").valid());
  CHECK(said(tree, R"({"children": [{"children": [{"name": 1}]}]})") ==
        R"("name" of item 1 of "children" must be a string, not 1)");
}

TEST_CASE("schema: $schema chooses the draft") {
  const std::string_view draft7 =
      R"({"$schema": "http://json-schema.org/draft-07/schema#", "items": [{"type": "null"}],
          "additionalItems": false})";
  CHECK(judge(draft7, "[null]").valid());
  CHECK(said(draft7, "[null, 1]") == "item 2 is not allowed here, but is 1");
  CHECK(
      said(R"({"$schema": "http://json-schema.org/draft-07/schema", "dependencies": {"a": ["b"]}})",
           R"({"a": 1})") == R"(the document has the key "a" and so needs the key "b")");
}

TEST_CASE("schema: keywords that the draft does not define are ignored and listed") {
  const Schema schema = compiled(
      R"({"properties": {"a": {"x-note": 1, "dependencies": {}}}, "requird": ["a"], "title": "t"})");
  CHECK(schema.ignored_keywords() ==
        std::vector<std::string>{"/requird", "/properties/a/x-note", "/properties/a/dependencies"});
  CHECK(schema.validate(json::parse("{}")).valid());
}
