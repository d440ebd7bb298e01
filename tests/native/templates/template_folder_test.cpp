#include "templates/template_manifest.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "core/error.h"
#include "fs/thrown_code.h"
#include "templates/loaded_template.h"

namespace ratchet {
namespace {

using test::thrown_code;

TemplateFolder folder_of(std::vector<std::pair<std::string, std::string>> files) {
  TemplateFolder folder;
  folder.name = "crud";
  folder.path = "ratchet/templates/crud/";
  for (auto& [name, bytes] : files)
    folder.files.push_back({name, std::move(bytes), false});
  return folder;
}

LoadedTemplate loaded(std::vector<std::pair<std::string, std::string>> files) {
  return LoadedTemplate::load(folder_of(std::move(files)), TemplateOrigin::project, Limits());
}

std::string manifest_fault(const std::string& text) {
  try {
    (void)read_manifest(folder_of({{"a.mustache", ""}, {"template.yaml", text}}), Limits());
    return "no error";
  } catch (const Error& error) {
    CHECK(error.code().name() == "template.invalid");
    CHECK(error.path() == "ratchet/templates/crud/template.yaml");
    return error.message();
  }
}

constexpr const char* kHead = "name: crud\ndescription: d\n";

}  // namespace

TEST_CASE("a manifest is read in full") {
  const TemplateManifest manifest = read_manifest(
      folder_of(
          {{"a.mustache", ""},
           {"template.yaml",
            "name: crud\n"
            "description: Makes it.\n"
            "language: python\n"
            "variables:\n"
            "  required: [entity]\n"
            "  properties: {entity: {type: string}}\n"
            "files:\n"
            "  - {source: a.mustache, path: '{{entity|snake}}.py'}\n"
            "test: {template: test, path: 't_{{entity}}.py', vars: {module: '{{entity}}'}}\n"}}),
      Limits());
  CHECK(manifest.name == "crud");
  CHECK(manifest.description == "Makes it.");
  CHECK(manifest.language == "python");
  CHECK(manifest.variables ==
        json::parse(R"({"required": ["entity"], "properties": {"entity": {"type": "string"}},
                        "type": "object", "additionalProperties": false})"));
  REQUIRE(manifest.files.size() == 1);
  CHECK(manifest.files[0].source == "a.mustache");
  CHECK(manifest.files[0].path == "{{entity|snake}}.py");
  REQUIRE(manifest.test);
  CHECK(manifest.test->template_name == "test");
  CHECK(manifest.test->variables == json::parse(R"({"module": "{{entity}}"})"));
}

TEST_CASE("a schema's own word on other keys stands") {
  const TemplateManifest manifest = read_manifest(
      folder_of(
          {{"a.mustache", ""},
           {"template.yaml", std::string(kHead) + "variables: {additionalProperties: true}\n"}}),
      Limits());
  CHECK(manifest.variables.at("additionalProperties") == json::value(true));
}

TEST_CASE("faults of a manifest are named with their place") {
  const std::pair<std::string, std::string> cases[] = {
      {"- a\n", "\"template.yaml\" must be an object at template.yaml:1:1"},
      {"description: d\n", "key \"name\" is missing at template.yaml:1:1"},
      {"name: crud\n", "key \"description\" is missing at template.yaml:1:1"},
      {std::string(kHead) + "langage: go\n",
       "unknown key \"langage\" at template.yaml:3:1; did you mean \"language\"?"},
      {"name: model\ndescription: d\n",
       "the name is \"model\", but the folder's is \"crud\" at template.yaml:1:7"},
      {std::string(kHead) + "language: [a]\n", "\"language\" must be a text at template.yaml:3:11"},
      {std::string(kHead) + "variables: 1\n",
       "\"variables\" must be an object at template.yaml:3:12"},
      {std::string(kHead) + "variables: {properties: {a: 1}}\n",
       "\"variables/properties/a\" must be an object at template.yaml:3:29"},
      {std::string(kHead) + "files: []\n",
       "\"files\" must be a list of at least one file at template.yaml:3:8"},
      {std::string(kHead) + "files:\n  - {source: b.mustache}\n",
       "there is no file \"b.mustache\" at template.yaml:4:14; did you mean \"a.mustache\"?"},
      {std::string(kHead) + "files:\n  - {path: b}\n",
       "key \"source\" is missing at template.yaml:4:5"},
      {std::string(kHead) + "test: {template: t}\n",
       "key \"path\" is missing at template.yaml:3:7"},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(manifest_fault(text) == "template \"crud\": " + expected);
  }
}

TEST_CASE("a folder without a manifest or without files is refused") {
  CHECK(thrown_code([] { (void)loaded({{"a.mustache", ""}}); }) == "template.invalid");
  CHECK(thrown_code([] { (void)loaded({{"template.yaml", kHead}}); }) == "template.invalid");
}

TEST_CASE("files are rendered or copied, and lose only the ending .mustache") {
  const LoadedTemplate one = loaded({{"_part.mustache", "part {{x}}\n"},
                                     {"logo.bin", std::string("\0{{x}}\xff", 7)},
                                     {"src/{{x}}.py.mustache", "{{>part}}"},
                                     {"template.yaml", kHead}});
  const std::vector<RenderedFile> files = one.render_files(json::object{{"x", "v"}});
  REQUIRE(files.size() == 2);
  CHECK(files[0].path == "logo.bin");
  CHECK(files[0].content == std::string("\0{{x}}\xff", 7));
  CHECK(files[1].path == "src/v.py");
  CHECK(files[1].content == "part v\n");
  CHECK(thrown_code([&] { (void)one.render(json::object{{"x", "v"}}); }) == "template.invalid");
}

TEST_CASE("a template of one file renders its content alone") {
  const LoadedTemplate one = loaded({{"a.py.mustache", "{{x}}\n"}, {"template.yaml", kHead}});
  CHECK(one.render(json::object{{"x", "v"}}) == "v\n");
}

TEST_CASE("of several files one that the variables ask for is rendered alone") {
  const LoadedTemplate two = loaded(
      {{"a.mustache", "a {{x}}"},
       {"b.mustache", "b {{x}}"},
       {"template.yaml",
        "name: crud\ndescription: d\nvariables: {required: [x], properties: {x: {type: string}}}\n"
        "files:\n  - {source: a.mustache, when: {x: v}}\n"
        "  - {source: b.mustache, when: {x: [w, z]}}\n"}});
  CHECK(two.render(json::object{{"x", "v"}}) == "a v");
  CHECK(two.render(json::object{{"x", "w"}}) == "b w");
  CHECK(thrown_code([&] { (void)two.render(json::object{{"x", "none"}}); }) == "template.invalid");
}

TEST_CASE("what is made for each item is never one file") {
  const LoadedTemplate each =
      loaded({{"a.mustache", ""},
              {"template.yaml",
               "name: crud\ndescription: d\nvariables: {properties: {x: {type: array}}}\n"
               "files: [{source: a.mustache, path: '{{item}}', each: x}]\n"}});
  const json::object one_item{{"x", json::array{"a"}}};
  CHECK(thrown_code([&] { (void)each.render(one_item); }) == "template.invalid");
}

TEST_CASE("a fault in a computed path points to the manifest") {
  const LoadedTemplate one = loaded(
      {{"a.mustache", ""},
       {"template.yaml", std::string(kHead) + "files: [{source: a.mustache, path: '{{y}}'}]\n"}});
  try {
    (void)one.render_files(json::object{{"x", 1}});
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.code().name() == "template.missing_variable");
    CHECK(error.path() == "ratchet/templates/crud/template.yaml");
  }
}

TEST_CASE("defaults fill what is absent, in depth, and change nothing else") {
  const LoadedTemplate one =
      loaded({{"a.mustache", ""},
              {"template.yaml", std::string(kHead) +
                                    "variables:\n"
                                    "  properties:\n"
                                    "    a: {default: 1}\n"
                                    "    b: {default: 2}\n"
                                    "    o: {properties: {p: {default: x}}}\n"
                                    "    d: {default: {}, properties: {p: {default: y}}}\n"
                                    "    l:\n"
                                    "      items: {properties: {q: {default: false}}}\n"
                                    "    n: {type: string}\n"}});
  json::object variables =
      json::parse(R"({"b": null, "o": {}, "l": [{}, {"q": 1}, 3]})").get_object();
  CHECK(one.variables().fit(variables, "variables").valid());
  CHECK(variables == json::parse(R"({"a": 1, "b": null, "o": {"p": "x"}, "d": {"p": "y"},
                                     "l": [{"q": false}, {"q": 1}, 3]})"));
}

TEST_CASE("a companion's path and variables are rendered") {
  const LoadedTemplate one =
      loaded({{"a.mustache", ""},
              {"template.yaml", std::string(kHead) +
                                    "test: {template: test, path: 'tests/{{e|snake}}.py', "
                                    "vars: {module: 'app.{{e}}', list: ['{{e}}', 1]}}\n"}});
  const auto companion = one.companion(json::object{{"e", "OrderItem"}});
  REQUIRE(companion);
  CHECK(companion->template_name == "test");
  CHECK(companion->path == "tests/order_item.py");
  CHECK(companion->variables ==
        json::parse(R"({"module": "app.OrderItem", "list": ["OrderItem", 1]})"));
  CHECK_FALSE(loaded({{"a.mustache", ""}, {"template.yaml", kHead}}).companion(json::object()));
}

}  // namespace ratchet
