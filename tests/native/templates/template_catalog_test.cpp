#include "templates/template_catalog.h"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "fs/memory_file_system.h"
#include "fs/thrown_code.h"

namespace ratchet {
namespace {

using test::thrown_code;

constexpr std::array<EmbeddedFile, 6> kBuiltIn{{
    {"go/test/template.yaml", "name: test\ndescription: A go test.\nlanguage: go\n"},
    {"go/test/test.mustache", "go"},
    {"python/crud/crud.mustache", "built-in {{x}}"},
    {"python/crud/template.yaml", "name: crud\ndescription: Endpoints.\nlanguage: python\n"},
    {"python/test/template.yaml", "name: test\ndescription: A test.\nlanguage: python\n"},
    {"python/test/test.mustache", "python"},
}};

struct Project {
  MemoryFileSystem files;
  TemplateCatalog catalog{files, "/project", Limits(), kBuiltIn};

  void put(const std::string& name, const std::string& language, const std::string& text) {
    const std::string folder = "/project/ratchet/templates/" + name;
    files.put_file(folder + "/template.yaml", "name: " + name + "\ndescription: Own.\n" + language);
    files.put_file(folder + "/file.mustache", text);
  }
  std::string rendered(const std::string& name, const std::string& language) {
    return catalog.find(name, language)->render(json::object{{"x", "v"}});
  }
  std::string fault(const std::string& name, const std::string& language) {
    try {
      return "no error: " + rendered(name, language);
    } catch (const Error& error) {
      std::string text = std::string(error.code().name()) + " | " + error.message();
      return error.hint().empty() ? text : text + " | " + error.hint();
    }
  }
};

}  // namespace

TEST_CASE("a built-in template is found by name and language") {
  Project project;
  CHECK(project.rendered("crud", "python") == "built-in v");
  CHECK(project.rendered("test", "go") == "go");
  CHECK(project.rendered("test", "python") == "python");
}

TEST_CASE("without a language the only template of a name is meant") {
  Project project;
  CHECK(project.rendered("crud", "") == "built-in v");
  CHECK(project.fault("test", "") ==
        "template.unknown | template \"test\" does not exist without a language; it is there for "
        "go, python | name one of its languages");
}

TEST_CASE("an old name is an alias") {
  Project project;
  CHECK(project.rendered("crud_endpoint", "python") == "built-in v");
  CHECK(project.catalog.find("crud_endpoint", "python") == project.catalog.find("crud", "python"));
}

TEST_CASE("a project's own template goes before a built-in one, by alias too") {
  Project project;
  project.put("crud", "language: python\n", "own {{x}}");
  CHECK(project.rendered("crud", "python") == "own v");
  CHECK(project.rendered("crud_endpoint", "python") == "own v");
}

TEST_CASE("a project's own template serves its language alone, or all where it names none") {
  Project project;
  project.put("test", "language: go\n", "own go");
  project.put("any", "", "own any");
  CHECK(project.rendered("test", "go") == "own go");
  CHECK(project.rendered("test", "python") == "python");
  CHECK(project.rendered("any", "python") == "own any");
}

TEST_CASE("a folder of the current directory hides nothing") {
  Project project;
  project.files.put_file("/project/test/template.yaml", "name: test\ndescription: No.\n");
  project.files.put_file("/project/test/file.mustache", "wrong");
  CHECK(project.rendered("test", "python") == "python");
}

TEST_CASE("an unknown name comes with the nearest one and the languages that have it") {
  Project project;
  project.put("widget", "", "");
  CHECK(project.fault("crdu", "python") ==
        "template.unknown | template \"crdu\" does not exist for python; did you mean \"crud\"? | "
        "there are: crud, test, widget");
  CHECK(
      project.fault("widgte", "python") ==
      "template.unknown | template \"widgte\" does not exist for python; did you mean \"widget\"? "
      "| there are: crud, test, widget");
  CHECK(project.fault("crud", "go") ==
        "template.unknown | template \"crud\" does not exist for go; it is there for python | name "
        "one of its languages");
}

TEST_CASE("a name with a separator or an extension is a path") {
  Project project;
  project.files.put_file("/project/tools/mine/template.yaml", "name: mine\ndescription: M.\n");
  project.files.put_file("/project/tools/mine/file.mustache", "folder {{x}}");
  project.files.put_file("/project/one.py.mustache", "file {{x}}");
  CHECK(project.rendered("tools/mine", "") == "folder v");
  CHECK(project.rendered("tools/mine/", "") == "folder v");
  CHECK(project.rendered("/project/tools/mine", "python") == "folder v");
  CHECK(project.rendered("one.py.mustache", "") == "file v");
  CHECK(project.catalog.find("one.py.mustache", "")->render_files(json::object{{"x", 1}})[0].path ==
        "one.py");
  CHECK(project.fault("tools/none", "") ==
        "template.unknown | there is no template at the path \"tools/none\"");
}

TEST_CASE("a relative path without a project is refused") {
  MemoryFileSystem files;
  TemplateCatalog catalog(files, std::nullopt, Limits(), kBuiltIn);
  CHECK(thrown_code([&] { (void)catalog.find("./mine", ""); }) == "project.missing_root");
  CHECK(catalog.find("crud", "python")->name() == "crud");
}

TEST_CASE("a link in a template's folder is refused") {
  Project project;
  project.put("mine", "", "text");
  project.files.put_link("/project/ratchet/templates/mine/out.mustache", "/etc/passwd");
  CHECK(thrown_code([&] { (void)project.catalog.find("mine", ""); }) == "template.invalid");
}

TEST_CASE("a template's files may together be as large as one input") {
  MemoryFileSystem files;
  Limits limits;
  limits.input_bytes = 100;
  TemplateCatalog catalog(files, "/project", limits, kBuiltIn);
  const std::string folder = "/project/ratchet/templates/mine";
  files.put_file(folder + "/template.yaml", "name: mine\ndescription: d\n");
  files.put_file(folder + "/a.mustache", std::string(40, 'a'));
  files.put_file(folder + "/b.mustache", std::string(40, 'b'));
  CHECK(thrown_code([&] { (void)catalog.find("mine", ""); }) == "limit.input_size");
}

TEST_CASE("a fault in a project's template names its file from the project's root") {
  Project project;
  project.put("mine", "", "a\n{{#x}}");
  CHECK(project.fault("mine", "") ==
        "template.invalid | template \"mine\": \"x\" is opened and never closed at "
        "file.mustache:2:1");
  try {
    (void)project.catalog.find("mine", "");
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.path() == "ratchet/templates/mine/file.mustache");
  }
}

TEST_CASE("a template is compiled once") {
  Project project;
  CHECK(project.catalog.find("crud", "python") == project.catalog.find("crud", "python"));
}

TEST_CASE("all templates are listed, a hidden one left out, a broken one with its fault") {
  Project project;
  project.put("crud", "language: python\n", "own");
  project.put("broken", "", "{{");
  std::vector<std::string> lines;
  for (const TemplateSummary& one : project.catalog.list()) {
    std::string line = one.language + '/' + one.name + ' ' + std::string(to_string(one.origin)) +
                       " [" + one.description + ']';
    for (const std::string& alias : one.aliases)
      line += " = " + alias;
    if (!one.fault.empty()) line += " ! " + one.fault;
    lines.push_back(std::move(line));
  }
  CHECK(
      lines ==
      std::vector<std::string>{
          "/broken project [] ! template \"broken\": a tag is opened and never closed with \"}}\" "
          "at file.mustache:1:1",
          "go/test built_in [A go test.]",
          "python/crud project [Own.] = crud_endpoint",
          "python/test built_in [A test.]",
      });
}

}  // namespace ratchet
