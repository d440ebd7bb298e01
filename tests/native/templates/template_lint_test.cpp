#include "templates/template_lint.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

namespace ratchet {
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

LoadedTemplate loaded(const std::string& manifest, const Files& files) {
  TemplateFolder folder;
  folder.name = "t";
  folder.path = "t/";
  for (const auto& [name, bytes] : files)
    folder.files.push_back({name, bytes, false});
  folder.files.push_back({"template.yaml", "name: t\ndescription: d\n" + manifest, false});
  return LoadedTemplate::load(folder, TemplateOrigin::project, Limits());
}

/// `path:line:column code message` of each finding, one a line.
std::string linted(const std::string& manifest, const Files& files) {
  std::string lines;
  for (const Finding& finding : lint_template(loaded(manifest, files), Limits())) {
    lines += finding.path.value_or("") + ":" + std::to_string(finding.line.value_or(0)) + ":" +
             std::to_string(finding.column.value_or(0)) + " " +
             (finding.severity == Severity::error ? "" : "warning ") + finding.code + " " +
             finding.message + "\n";
  }
  return lines;
}

}  // namespace

TEST_CASE("a template that is right has no findings") {
  CHECK(
      linted("variables:\n"
             "  required: [name]\n"
             "  properties:\n"
             "    name: {type: string, pattern: '^[A-Z]'}\n"
             "    table: {type: string, default: '{{name|snake}}'}\n"
             "    kind: {enum: [cli, api]}\n"
             "    port: {type: integer, when: {kind: api}, default: 80}\n"
             "    fields:\n"
             "      type: array\n"
             "      items: {type: object, required: [id], properties: {id: {type: string}}}\n"
             "files:\n"
             "  - {source: a.mustache, path: '{{table}}.py'}\n"
             "  - {source: b.mustache, path: '{{f.id}}.txt', each: fields, as: f}\n",
             {{"_p.mustache", "{{id}}"},
              {"a.mustache",
               "{{#port?}}{{port}}{{/port?}}{{#fields?}}{{#fields}}{{>p}}{{/fields}}{{/fields?}}"},
              {"b.mustache", "{{f.id}} {{name}}"}}) == "");
}

TEST_CASE("a name that is used and not declared is found, wherever it stands") {
  CHECK(linted("variables: {properties: {entity: {type: string}}}\n"
               "files: [{source: a.mustache, path: '{{entity}}{{ext}}'}]\n",
               {{"_p.mustache", "\n {{entiy}}"}, {"a.mustache", "{{>p}}"}})
            .find("t/_p.mustache:2:2 template.missing_variable variable \"entiy\" is not declared; "
                  "did you mean \"entity\"?\n") != std::string::npos);
  CHECK(linted("variables: {properties: {entity: {type: string}}}\n"
               "files: [{source: a.mustache, path: '{{entity}}{{ext}}'}]\n",
               {{"a.mustache", ""}})
            .starts_with("t/template.yaml:4:47 template.missing_variable variable \"ext\" is not "
                         "declared\n"));
  CHECK(linted("variables: {properties: {a: {default: '{{b}}'}}}\n", {{"f.mustache", "{{a}}"}})
            .starts_with("t/template.yaml:3:40 template.missing_variable"));
  CHECK(linted("variables: {properties: {a: {}}}\n"
               "test: {template: x, path: '{{a}}{{c}}'}\n",
               {{"f.mustache", ""}})
            .starts_with("t/template.yaml:4:33 template.missing_variable"));
}

TEST_CASE("a member of an item is looked for in the item, then outside") {
  const std::string manifest =
      "variables:\n"
      "  required: [name, fields]\n"
      "  properties:\n"
      "    name: {type: string}\n"
      "    fields: {type: array, items: {type: object, required: [id], properties: {id: {type: "
      "string}}}}\n";
  CHECK(linted(manifest, {{"f.mustache", "{{#fields}}{{id}} {{name}}{{/fields}}"}}) == "");
  CHECK(linted(manifest, {{"f.mustache", "{{name}}{{#fields}}{{di}}{{id}}{{/fields}}"}})
            .starts_with("t/f.mustache:1:20 template.missing_variable variable \"di\" is not "
                         "declared; did you mean \"id\"?\n"));
  CHECK(linted(manifest, {{"f.mustache", "{{name}}{{id}}{{#fields}}{{id}}{{/fields}}"}})
            .starts_with("t/f.mustache:1:9 template.missing_variable"));
}

TEST_CASE("a default that goes through a list sees the members of its items") {
  const std::string manifest =
      "variables:\n"
      "  properties:\n"
      "    all: {type: string, default: '{{#fields}}{{id}}{{/fields}}'}\n"
      "    bad: {type: string, default: '{{#fields}}{{idd}}{{/fields}}'}\n"
      "    fields: {type: array, default: [],\n"
      "             items: {type: object, required: [id], properties: {id: {type: string}}}}\n";
  CHECK(linted(manifest, {{"a.mustache", "{{all}}{{bad}}"}}) ==
        "t/template.yaml:6:46 template.missing_variable variable \"idd\" is not declared; did you "
        "mean \"id\"?\n");
}

TEST_CASE("a partial is looked at in every place that it stands in") {
  const std::string manifest =
      "variables:\n"
      "  required: [fields]\n"
      "  properties:\n"
      "    fields: {type: array, items: {type: object, required: [id], properties: {id: {type: "
      "string}}}}\n";
  CHECK(linted(manifest,
               {{"_p.mustache", "{{id}}"}, {"f.mustache", "{{#fields}}{{>p}}{{/fields}}"}}) == "");
  CHECK(linted(manifest,
               {{"_p.mustache", "{{id}}"}, {"f.mustache", "{{#fields}}{{>p}}{{/fields}}{{>p}}"}})
            .starts_with("t/_p.mustache:1:1 template.missing_variable variable \"id\" is not "
                         "declared"));
}

TEST_CASE("a variable that nothing uses is an error, a member of one a warning") {
  CHECK(linted("variables:\n"
               "  properties:\n"
               "    used: {type: string, default: a}\n"
               "    idle: {type: string}\n"
               "    list: {type: array, default: [], items: {type: object, properties: {x: {type: "
               "string}}}}\n",
               {{"f.mustache", "{{used}}{{#list}}-{{/list}}"}}) ==
        "t/template.yaml:6:5 template.unused_variable variable \"idle\" is declared and never "
        "used\n"
        "t/template.yaml:7:73 warning template.unused_variable variable \"x\" is declared and "
        "never used\n");
  CHECK(linted("variables: {required: [o], properties: {o: {properties: {x: {type: string}}}}}\n",
               {{"f.mustache", "{{o|json}}"}}) == "");
}

TEST_CASE("every branch is rendered, and its fault told with the values that showed it") {
  const std::vector<Finding> findings = lint_template(
      loaded("variables:\n"
             "  properties:\n"
             "    on: {type: boolean, default: true}\n"
             "    level: {type: integer}\n",
             {{"f.mustache", "{{^on}}{{level}}{{/on}}\n{{#level?}}{{level}}{{/level?}}"}}),
      Limits());
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].code == "template.missing_variable");
  CHECK(findings[0].line == 1);
  CHECK(findings[0].column == 8);
  CHECK(findings[0].hint == "seen with the variables {\"on\":false}");
}

TEST_CASE("choices, empty lists, single items and conditions are all tried") {
  const auto has_fault = [](const std::string& properties, const std::string& text) {
    return linted("variables: {properties: {" + properties + "}}\n", {{"f.mustache", text}})
               .find("template.missing_variable") != std::string::npos;
  };
  CHECK(has_fault("k: {enum: [a, b, c], default: a}, x: {when: {k: c}, default: 1, type: integer}",
                  "{{k}}{{x}}"));
  CHECK(has_fault("l: {type: array, items: {type: string}, default: [q]}, x: {type: integer}",
                  "{{^l}}{{x}}{{/l}}{{#x?}}{{x}}{{/x?}}"));
  CHECK(has_fault("l: {type: array, items: {type: string}, default: []}, x: {type: integer}",
                  "{{#l}}{{^@last}}{{x}}{{/@last}}{{/l}}{{#x?}}{{x}}{{/x?}}"));
  CHECK(has_fault("s: {type: string, default: q}, x: {type: integer}",
                  "{{^s}}{{x}}{{/s}}{{#x?}}{{x}}{{/x?}}"));
  CHECK_FALSE(has_fault("k: {enum: [a, b], default: a}", "{{k}}"));
}

TEST_CASE("two paths that clash for some values are found") {
  CHECK(linted("variables: {required: [l], properties: {l: {type: array, items: {type: string}}}}\n"
               "files: [{source: a.mustache, path: same.txt, each: l, as: x}]\n",
               {{"a.mustache", "{{x}}"}}) ==
        "t/template.yaml:4:36 template.duplicate_path template \"t\": \"same.txt\" is "
        "the path of two files at template.yaml:4:36\n");
}

TEST_CASE("a section that nothing opens and a variable that cannot be tried are warnings") {
  CHECK(linted("variables: {required: [a], properties: {a: {const: true}}}\n",
               {{"f.mustache", "{{a}}\n{{^a}}never{{/a}}"}}) ==
        "t/f.mustache:2:1 warning template.unreached none of the values opens the inverted section "
        "\"a\"\n");
  CHECK(linted("variables: {properties: {a: {type: string, pattern: '^q{7}z$'}}}\n",
               {{"f.mustache", "{{#a?}}{{a}}{{/a?}}"}})
            .starts_with("t/template.yaml:3:1 warning template.no_sample no value was found for "
                         "\"a\""));
}

TEST_CASE("values are the same ones each time") {
  const LoadedTemplate source =
      loaded("variables: {properties: {a: {enum: [1, 2]}, b: {type: string}}}\n",
             {{"f.mustache", "{{a}}{{b}}"}});
  const auto texts = [&] {
    std::string text;
    for (const Finding& finding : lint_template(source, Limits()))
      text += finding.message + finding.hint.value_or("") + "\n";
    return text;
  };
  CHECK(texts() == texts());
  CHECK(texts().find("seen with the variables {\"b\":\"sample\"}") != std::string::npos);
}

}  // namespace ratchet
