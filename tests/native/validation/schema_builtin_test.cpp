// Our own schemas: sound, described to the last key, and clear about the mistakes that users make.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/document.h"
#include "core/embedded.h"
#include "validation/schema/findings.h"
#include "validation/schema_cases.h"

using namespace ratchet;
using ratchet::test::text_of;

namespace {

json::value schema_file(std::string_view name) {
  for (const EmbeddedFile& file : embedded_schemas()) {
    if (file.name == name) return json::parse(json::string_view(file.bytes));
  }
  FAIL("no schema is embedded as " << name);
  return {};
}

std::string data_file(std::string_view name) {
  const std::filesystem::path path =
      std::filesystem::path(RATCHET_SOURCE_DIR) / "tests/data/schema" / name;
  REQUIRE(std::filesystem::exists(path));
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<Finding> findings_in(std::string_view schema, std::string_view file, std::string text) {
  const Document document = read_document(std::move(text), std::string(file), Limits{});
  const Schema compiled = Schema::compile(schema_file(schema), Limits{});
  return to_findings(compiled.validate(document.value()), document, Limits{});
}

using Lines = std::vector<std::string>;

/// `line:column code message` of each finding.
Lines lines_of(const std::vector<Finding>& findings) {
  Lines lines;
  for (const Finding& finding : findings) {
    lines.push_back(text_of({std::to_string(finding.line.value_or(0)), ":",
                             std::to_string(finding.column.value_or(0)), " ", finding.code, " ",
                             finding.message}));
  }
  return lines;
}

Lines batch_create(std::string_view instance) {
  return lines_of(
      findings_in("batch_create.instance.schema.json", "instance.yaml", std::string(instance)));
}

/// As one text, so that a failing test shows it.
std::string joined(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines)
    text.append(line).append("\n");
  return text;
}

/// Every schema of a property in `schema` has a description, by itself or by what it refers to.
void check_described(const json::value& schema, const json::object& root, const std::string& at) {
  const json::object* object = schema.if_object();
  if (object == nullptr) return;
  for (const std::string_view keyword : {"properties", "$defs"}) {
    const json::value* members = object->if_contains(keyword);
    if (members == nullptr) continue;
    for (const json::key_value_pair& member : members->as_object()) {
      const std::string place = text_of({at, "/", keyword, "/", std::string(member.key())});
      const json::object& described = member.value().as_object();
      if (keyword == "properties") CHECK_MESSAGE(described.contains("description"), place);
      check_described(member.value(), root, place);
    }
  }
  for (const std::string_view keyword : {"items", "additionalProperties"}) {
    if (const json::value* part = object->if_contains(keyword)) {
      check_described(*part, root, text_of({at, "/", keyword}));
    }
  }
}

}  // namespace

TEST_CASE("built-in schemas: each compiles, and uses no keyword that nobody knows") {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : embedded_schemas()) {
    CAPTURE(file.name);
    const json::value schema = json::parse(json::string_view(file.bytes));
    const Schema compiled = Schema::compile(schema, Limits{});
    CHECK(compiled.ignored_keywords().empty());
    CHECK(schema.at("$schema").as_string() == "https://json-schema.org/draft/2020-12/schema");
    names.emplace_back(file.name);
  }
  for (const std::string_view name :
       {"batch_create.instance.schema.json", "execution_record.schema.json", "pattern.schema.json",
        "template.schema.json"}) {
    CAPTURE(name);
    CHECK(std::find(names.begin(), names.end(), name) != names.end());
  }
}

TEST_CASE("built-in schemas: every property says what it is") {
  for (const EmbeddedFile& file : embedded_schemas()) {
    const json::value schema = json::parse(json::string_view(file.bytes));
    check_described(schema, schema.as_object(), std::string(file.name));
  }
}

TEST_CASE("built-in schemas: every embedded pattern fits the pattern schema, steps in order") {
  REQUIRE_FALSE(embedded_patterns().empty());
  for (const EmbeddedFile& file : embedded_patterns()) {
    CAPTURE(file.name);
    CHECK(joined(lines_of(findings_in("pattern.schema.json", file.name,
                                      std::string(file.bytes)))) == joined(Lines{}));
    const Document pattern = read_yaml(std::string(file.bytes), std::string(file.name), Limits{});
    const json::array& steps = pattern.value().at("steps").as_array();
    for (std::size_t i = 0; i < steps.size(); ++i) {
      CHECK(std::string(steps[i].at("id").as_string()).substr(1) == std::to_string(i));
    }
    const std::string schema(pattern.value().at("instance_schema").as_string());
    CHECK(schema_file(schema).is_object());
  }
}

TEST_CASE("built-in schemas: a pattern with a step that says nothing is refused") {
  const std::string text =
      "id: PAT-A-001\nname: a\nversion: 1.0.0\ndescription: A.\nflow: TGB\n"
      "instance_schema: a.instance.schema.json\nsteps:\n  - id: S1\n    name: one\n"
      "outputs: []\nground_truth: [it is there]\n";
  CHECK(joined(lines_of(findings_in("pattern.schema.json", "pattern.yaml", text))) ==
        joined(Lines{
            R"(8:5 schema.required item 1 of "steps" lacks the required key "description")"}));
}

TEST_CASE("built-in schemas: a complete instance of batch_create is valid") {
  CHECK(joined(batch_create(data_file("batch_create_all_fields.yaml"))).empty());
  CHECK(joined(batch_create(data_file("batch_create_items_from.json"))).empty());
}

TEST_CASE("built-in schemas: mistakes in an instance of batch_create are told with their place") {
  struct Case {
    std::string_view instance;
    Lines findings;
  };
  const std::vector<Case> cases = {
      {"template_type: model\nfiles_to_creat: []\n",
       {R"(1:1 schema.one_of the document fits none of the forms allowed: with "files_to_create"; )"
        R"(with "items_from")",
        R"(2:1 schema.additional_properties the document has the unknown key "files_to_creat"; )"
        R"(did you mean "files_to_create"?)"}},
      {"template_type: model\nfiles_to_create: src/a.py\n",
       {R"(2:18 schema.type "files_to_create" must be an array, not the string "src/a.py")"}},
      {"template_type: model\nfiles_to_create: []\n",
       {R"(2:18 schema.length "files_to_create" must have at least 1 item, but has 0)"}},
      {"template_type: model\nfiles_to_create:\n  - path: a.py\n    template_vars: {}\n"
       "  - template_vars: {}\n",
       {R"(5:5 schema.required item 2 of "files_to_create" lacks the required key "path")"}},
      {"template_type: model\nfiles_to_create:\n  - path: 7\n    template_vars: [a]\n",
       {R"(3:11 schema.type "path" of item 1 of "files_to_create" must be a string, not 7)",
        R"(4:20 schema.type "template_vars" of item 1 of "files_to_create" must be an object, not )"
        R"(an array of 1 item)"}},
      {"template_type: model\nfiles_to_create:\n  - {path: a.py, template_vars: {}, tmplate_type: "
       "x}\n",
       {R"(3:37 schema.additional_properties item 1 of "files_to_create" has the unknown key )"
        R"("tmplate_type"; did you mean "template_type"?)"}},
      {"template_type: model\nfiles_to_create:\n  - {path: a.py, template_vars: {}}\n"
       "items_from: {file: a.csv, path: '{{name}}.py'}\n",
       {R"(1:1 schema.one_of the document fits 2 forms where exactly one is allowed: )"
        R"(with "files_to_create"; with "items_from")"}},
      {"files_to_create:\n  - {path: a.py, template_vars: {}}\n",
       {R"(1:1 schema.required the document lacks the required key "template_type")"}},
      {"template_type: custom\nfiles_to_create:\n  - {path: a.py, template_vars: {}}\n",
       {R"(1:1 schema.required the document lacks the required key "custom_template")"}},
      {"template_type: model\ntest_files: yes\nfiles_to_create:\n"
       "  - {path: a.py, template_vars: {}}\n",
       {R"(2:13 schema.type "test_files" must be true or false, not the string "yes")"}},
      {"template_type: model\nlanguage: Python\nfiles_to_create:\n"
       "  - {path: a.py, template_vars: {}}\n",
       {R"(2:11 schema.pattern "language" must match the pattern "^[a-z][a-z0-9_+#-]*$", but is )"
        R"("Python")"}},
      {"template_type: model\nitems_from: {file: a.csv, path: a, format: xml}\n",
       {R"(2:44 schema.enum "format" must be "csv", "json" or "yaml", not the string "xml")"}},
      {"- path: a.py\n",
       {R"(1:1 schema.type the document must be an object, not an array of 1 item)"}},
  };
  for (const Case& row : cases) {
    CAPTURE(row.instance);
    CHECK(joined(batch_create(row.instance)) == joined(row.findings));
  }
}

TEST_CASE("built-in schemas: a missing key's hint is its description") {
  const std::vector<Finding> findings =
      findings_in("batch_create.instance.schema.json", "instance.json",
                  R"({"template_type": "model", "files_to_create": [{"template_vars": {}}]})");
  REQUIRE(findings.size() == 1);
  CHECK(findings.front().hint ==
        "Where the file is made: relative to project_root, with /, inside it.");
}

TEST_CASE("built-in schemas: ten thousand findings end with the count of the rest") {
  std::string text = R"({"template_type": "model", "files_to_create": [)";
  for (int i = 0; i < 10'000; ++i)
    text.append(i > 0 ? ",\n1" : "1");
  text.append("]}");
  const std::vector<Finding> findings =
      findings_in("batch_create.instance.schema.json", "instance.json", text);
  REQUIRE(findings.size() == 1000);
  CHECK(findings[998].line == 999);
  CHECK(findings.back().code == "findings.truncated");
  CHECK(findings.back().message == "9001 more findings are not listed");
  CHECK(findings.back().path == "instance.json");
}

TEST_CASE("built-in schemas: template.yaml is checked to its companion test") {
  const std::string good =
      "name: crud_sqlite\ndescription: A repository class over sqlite3.\nlanguage: python\n"
      "variables:\n  type: object\n  properties:\n    entity: {type: string}\n"
      "  required: [entity]\nfiles:\n  - {source: crud.py.mustache, path: '{{entity|snake}}.py'}\n"
      "test: {template: test, path: 'tests/test_{{entity|snake}}.py', vars: {module: a}}\n";
  CHECK(joined(lines_of(findings_in("template.schema.json", "template.yaml", good))) ==
        joined(Lines{}));
  const std::string bad =
      "name: Crud\ndescription: ''\nfiles:\n  - {path: a.py}\ntest: {template: test, paht: a}\n";
  CHECK(
      lines_of(findings_in("template.schema.json", "template.yaml", bad)) ==
      Lines{
          R"(1:7 schema.pattern "name" must match the pattern "^[a-z][a-z0-9_]*$", but is "Crud")",
          R"(2:14 schema.length "description" must have at least 1 character, but has 0)",
          R"(4:5 schema.required item 1 of "files" lacks the required key "source")",
          R"(5:7 schema.required "test" lacks the required key "path")",
          R"(5:24 schema.additional_properties "test" has the unknown key "paht"; )"
          R"(did you mean "path"?)"});
}

TEST_CASE("built-in schemas: an execution record is an in-toto statement with digests") {
  CHECK(joined(lines_of(findings_in("execution_record.schema.json", "record.json",
                                    data_file("record.json")))) == joined(Lines{}));
  const std::string bad =
      R"({"_type": "https://in-toto.io/Statement/v0.1", "subject": [{"name": "a.py",
"digest": {"sha256": "ABC"}}],
"predicateType": "https://in-toto.io/attestation/test-result/v0.1",
"predicate": {"result": "OK", "configuration": []}})";
  CHECK(
      lines_of(findings_in("execution_record.schema.json", "record.json", bad)) ==
      Lines{R"(1:11 schema.const "_type" must be "https://in-toto.io/Statement/v1", not the )"
            R"(string "https://in-toto.io/Statement/v0.1")",
            R"(2:22 schema.pattern "sha256" must match the pattern "^[0-9a-f]{64}$", but is "ABC")",
            R"(4:25 schema.enum "result" must be "PASSED", "WARNED" or "FAILED", not the )"
            R"(string "OK")"});
}
