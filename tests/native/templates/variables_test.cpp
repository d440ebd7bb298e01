#include "templates/variables.h"

#include <doctest/doctest.h>

#include <string>

#include "core/error.h"
#include "fs/thrown_code.h"
#include "templates/loaded_template.h"

namespace ratchet {
namespace {

using test::thrown_code;

constexpr const char* kHead = "name: t\ndescription: d\nvariables:\n";

TemplateVariables variables_of(const std::string& schema) {
  TemplateFolder folder;
  folder.name = "t";
  folder.path = "ratchet/templates/t/";
  folder.files = {{"a.mustache", "", false}, {"template.yaml", kHead + schema, false}};
  return TemplateVariables::compile(read_manifest(folder, Limits()), Limits());
}

/// What the values come to, or the message of the first finding.
std::string fitted(const TemplateVariables& variables, const std::string& values) {
  json::object members = json::parse(values).get_object();
  const SchemaResult verdict = variables.fit(members, "the values");
  return verdict.valid() ? json::serialize(members) : verdict.findings.front().message;
}

std::string fault_of(const std::string& schema) {
  try {
    (void)variables_of(schema);
    return "no error";
  } catch (const Error& error) {
    return std::string(error.code().name()) + " | " + error.message();
  }
}

}  // namespace

TEST_CASE("a default is computed from other variables, in the order of need") {
  const TemplateVariables variables = variables_of(
      "  required: [entity]\n"
      "  properties:\n"
      "    route: {type: string, default: '/{{table|kebab}}'}\n"
      "    table: {type: string, default: '{{entity|snake|plural}}'}\n"
      "    entity: {type: string}\n");
  CHECK(fitted(variables, R"({"entity": "OrderItem"})") ==
        R"({"entity":"OrderItem","table":"order_items","route":"/order-items"})");
  CHECK(fitted(variables, R"({"entity": "A", "table": "things"})") ==
        R"({"entity":"A","table":"things","route":"/things"})");
}

TEST_CASE("a computed default is read as its variable's type, and judged") {
  const TemplateVariables variables = variables_of(
      "  properties:\n"
      "    base: {type: integer, default: 8000}\n"
      "    port: {type: integer, maximum: 9000, default: '{{base}}'}\n"
      "    tags: {type: array, items: {type: string}, default: '{{base}},b'}\n"
      "    pair: {type: array, default: ['{{base}}', 1]}\n");
  CHECK(fitted(variables, "{}") ==
        R"({"base":8000,"port":8000,"tags":["8000","b"],"pair":["8000",1]})");
  CHECK(fitted(variables, R"({"base": 9001})") == R"("port" must be at most 9000, not 9001)");
}

TEST_CASE("what a value brings in is never read as a template") {
  const TemplateVariables variables = variables_of(
      "  properties:\n"
      "    a: {type: string}\n"
      "    b: {type: string, default: '<{{a}}>'}\n");
  CHECK(fitted(variables, R"({"a": "{{b}}$1"})") == R"({"a":"{{b}}$1","b":"<{{b}}$1>"})");
}

TEST_CASE("defaults that need each other are refused with their place") {
  CHECK(fault_of("  properties:\n"
                 "    a: {default: '{{b}}'}\n"
                 "    b: {default: '{{c}}'}\n"
                 "    c: {default: 'x{{a}}'}\n") ==
        "template.cycle | template \"t\": variable \"a\" needs \"b\", which needs \"c\", which "
        "needs \"a\" at template.yaml:5:19");
  CHECK(fault_of("  properties:\n    a: {default: '{{a}}'}\n") ==
        "template.cycle | template \"t\": variable \"a\" needs itself at template.yaml:5:19");
  CHECK(fault_of("  properties:\n    a: {when: b}\n    b: {when: a}\n") ==
        "template.cycle | template \"t\": variable \"a\" needs \"b\", which needs \"a\" at "
        "template.yaml:5:15");
}

TEST_CASE("a variable is required only when its condition holds") {
  const TemplateVariables variables = variables_of(
      "  required: [cache, seconds]\n"
      "  properties:\n"
      "    cache: {type: boolean, default: false}\n"
      "    seconds: {type: integer, when: cache, description: How long.}\n"
      "    unit: {type: string, when: cache, default: s}\n");
  CHECK(fitted(variables, "{}") == R"({"cache":false})");
  CHECK(fitted(variables, R"({"cache": true})") ==
        R"(the values lacks the required key "seconds")");
  CHECK(fitted(variables, R"({"cache": true, "seconds": 1})") ==
        R"({"cache":true,"seconds":1,"unit":"s"})");
  json::object values{{"cache", true}};
  CHECK_FALSE(variables.fit(values, "the values").valid());
  CHECK(variables.missing(values) == std::vector<std::string>{"seconds"});
}

TEST_CASE("conditions ask as sections do, or compare") {
  const std::pair<std::string, std::string> cases[] = {
      {"a", R"([{"a":true},{"a":"x"},{"a":0},{"a":[1]}])"},
      {"^a", R"([{},{"a":false},{"a":""},{"a":[]},{"a":null}])"},
      {"a?", R"([{"a":false},{"a":""},{"a":null},{"a":1}])"},
      {"^a?", R"([{},{"b":1}])"},
      {"a.b", R"([{"a":{"b":1}}])"},
      {"{a: x}", R"([{"a":"x"}])"},
      {"{a: [x, 1], b: true}", R"([{"a":"x","b":true},{"a":1,"b":true}])"},
  };
  const json::array all =
      json::parse(R"([{},{"a":true},{"a":"x"},{"a":0},{"a":[1]},{"a":false},{"a":""},{"a":[]},)"
                  R"({"a":null},{"a":1},{"b":1},{"a":{"b":1}},{"a":{"b":false}},{"a":{}},)"
                  R"({"a":"x","b":true},{"a":1,"b":true},{"a":"y","b":true},{"a":"x","b":false}])")
          .get_array();
  for (const auto& [when, open] : cases) {
    CAPTURE(when);
    const TemplateVariables variables = variables_of(
        "  properties:\n    a: {}\n    b: {}\n    c: {default: 1, when: " + when + "}\n");
    const json::array listed = json::parse(open).get_array();
    for (const json::value& each : listed) {
      CAPTURE(json::serialize(each));
      json::object values = each.get_object();
      CHECK(variables.fit(values, "").valid());
      CHECK(values.contains("c"));
    }
    if (when != "a.b" && when != "{a: x}" && when.front() == '{') {
      for (const json::value& each : all) {
        CAPTURE(json::serialize(each));
        json::object values = each.get_object();
        CHECK(variables.fit(values, "").valid());
        CHECK(values.contains("c") ==
              (std::find(listed.begin(), listed.end(), each) != listed.end()));
      }
    }
  }
}

TEST_CASE("a condition that does not hold leaves its variable alone") {
  for (const auto& [when, values] : {std::pair{"a", R"({"a":""})"},
                                     {"^a", R"({"a":1})"},
                                     {"a?", "{}"},
                                     {"^a?", R"({"a":null})"},
                                     {"a.b", R"({"a":{}})"},
                                     {"{a: x}", R"({"a":"y"})"}}) {
    CAPTURE(when);
    const TemplateVariables variables = variables_of(
        "  properties:\n    a: {}\n    c: {default: 1, when: " + std::string(when) + "}\n");
    CHECK(fitted(variables, values) == values);
  }
}

TEST_CASE("conditions that are none are refused with their place and the nearest name") {
  const std::string begin = "template.invalid | template \"t\": ";
  CHECK(fault_of("  properties:\n    cache: {}\n    b: {when: cahce}\n") ==
        begin +
            "\"when\" asks for an unknown variable \"cahce\" at template.yaml:6:15; did you "
            "mean \"cache\"?");
  CHECK(fault_of("  properties:\n    a: {when: true}\n") ==
        begin +
            "\"when\" must be a name, or an object of names and the values they must have at "
            "template.yaml:5:15");
  CHECK(fault_of("  properties:\n    a: {when: a b}\n") ==
        begin + "\"a b\" is not a name at template.yaml:5:15");
}

TEST_CASE("nested variables have defaults and conditions too, and see what is outside") {
  const TemplateVariables variables = variables_of(
      "  properties:\n"
      "    prefix: {type: string, default: db}\n"
      "    fields:\n"
      "      type: array\n"
      "      items:\n"
      "        type: object\n"
      "        required: [name, size]\n"
      "        properties:\n"
      "          column: {type: string, default: '{{prefix}}_{{name|snake}}'}\n"
      "          name: {type: string}\n"
      "          sized: {type: boolean, default: false}\n"
      "          size: {type: integer, when: sized}\n");
  CHECK(fitted(variables, R"({"fields": [{"name": "UnitPrice"}]})") ==
        R"({"fields":[{"name":"UnitPrice","column":"db_unit_price","sized":false}],)"
        R"("prefix":"db"})");
  json::object values =
      json::parse(R"({"fields": [{"name": "a"}, {"name": "b", "sized": true}]})").get_object();
  const SchemaResult verdict = variables.fit(values, "the values");
  REQUIRE(verdict.findings.size() == 1);
  CHECK(verdict.findings.front().instance_pointer == "/fields/1");
}

TEST_CASE("a fault of a default points to it in the manifest") {
  const TemplateVariables variables = variables_of(
      "  additionalProperties: true\n"
      "  properties:\n"
      "    a: {type: string, default: \"x {{missing}}\"}\n");
  json::object values;
  try {
    (void)variables.fit(values, "the values");
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.code().name() == "template.missing_variable");
    CHECK(error.path() == "ratchet/templates/t/template.yaml");
    CHECK(error.position().line == 6);
    CHECK(error.position().column == 35);
  }
}

TEST_CASE("a schema that is none is refused at its place") {
  CHECK(fault_of("  properties:\n    a: {type: strin}\n").starts_with("schema.invalid | "));
  CHECK(fault_of("  properties:\n    a: {type: strin}\n").find("template.yaml:5:15") !=
        std::string::npos);
}

TEST_CASE("questions are what nobody gave, with defaults computed from what was given") {
  const TemplateVariables variables = variables_of(
      "  required: [entity, license]\n"
      "  properties:\n"
      "    table: {type: string, default: '{{entity|snake}}'}\n"
      "    entity: {type: string}\n"
      "    public: {type: boolean, default: true}\n"
      "    license: {enum: [MIT, BSD], when: public}\n"
      "    secret: {type: string, when: ^public}\n");
  const auto names = [&](const std::string& values) {
    std::string text;
    for (const auto& question : variables.questions(json::parse(values).get_object())) {
      text += question.name + (question.required ? "!" : "") +
              (question.fallback ? "=" + json::serialize(*question.fallback) : "") + " ";
    }
    return text;
  };
  CHECK(names("{}") == "entity! table public=true license! ");
  CHECK(names(R"({"entity": "OrderItem"})") == "table=\"order_item\" public=true license! ");
  CHECK(names(R"({"entity": "A", "public": false})") == "table=\"a\" secret ");
  CHECK(variables.unknown({{"enttiy", 1}}) == std::vector<std::string>{"enttiy"});
}

TEST_CASE("a password and what is only written are secret") {
  CHECK(is_secret({{"format", "password"}}));
  CHECK(is_secret({{"writeOnly", true}}));
  CHECK_FALSE(is_secret({{"type", "string"}, {"writeOnly", false}}));
}

}  // namespace ratchet
