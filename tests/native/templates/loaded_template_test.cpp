#include "templates/loaded_template.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "fs/memory_file_system.h"
#include "fs/thrown_code.h"
#include "parallel/for_each.h"
#include "templates/template_catalog.h"

namespace ratchet {
namespace {

using test::thrown_code;

using Files = std::vector<std::pair<std::string, std::string>>;

LoadedTemplate loaded(const std::string& manifest, const Files& files) {
  TemplateFolder folder;
  folder.name = "t";
  folder.path = "ratchet/templates/t/";
  for (const auto& [name, bytes] : files)
    folder.files.push_back({name, bytes, name.ends_with(".sh")});
  folder.files.push_back({"template.yaml", "name: t\ndescription: d\n" + manifest, false});
  return LoadedTemplate::load(folder, TemplateOrigin::project, Limits());
}

/// `path=content` of each file, or the message of what was thrown.
std::string rendered(const LoadedTemplate& source, const std::string& variables) {
  try {
    json::object values = json::parse(variables).get_object();
    const SchemaResult verdict = source.variables().fit(values, "the values");
    if (!verdict.valid()) return verdict.findings.front().message;
    std::string text;
    for (const RenderedFile& file : source.render_files(values)) {
      text += file.path + "=" + file.content + (file.executable ? "*" : "") + ";";
    }
    return text;
  } catch (const Error& error) {
    return std::string(error.code().name()) + " | " + error.message();
  }
}

std::string fault_of(const std::string& manifest, const Files& files) {
  try {
    (void)loaded(manifest, files);
    return "no error";
  } catch (const Error& error) {
    return std::string(error.code().name()) + " | " + error.message();
  }
}

constexpr const char* kOpen = "variables: {additionalProperties: true}\n";

}  // namespace

TEST_CASE("a file is rendered once for each item of a list") {
  const LoadedTemplate source = loaded(
      "variables: {properties: {app: {}, entities: {type: array}}}\n"
      "files:\n"
      "  - {source: a.mustache, path: '{{app}}/{{entity.name|snake}}.py', each: entities, as: "
      "entity}\n"
      "  - {source: b.mustache}\n",
      {{"a.mustache", "{{@index}}{{#@last}}!{{/@last}} {{entity.name}} of {{app}}"},
       {"b.mustache", "{{#entities}}{{name}} {{/entities}}"}});
  CHECK(
      rendered(source, R"({"app": "shop", "entities": [{"name": "OrderItem"}, {"name": "B"}]})") ==
      "shop/order_item.py=0 OrderItem of shop;shop/b.py=1! B of shop;b=OrderItem B ;");
  CHECK(rendered(source, R"({"app": "shop", "entities": []})") == "b=;");
}

TEST_CASE("an item has the name item where nothing else is said, and conditions see it") {
  const LoadedTemplate source = loaded(
      "variables: {properties: {names: {type: array}}}\n"
      "files: [{source: a.mustache, path: '{{item.n}}', each: names, when: item.on}]\n",
      {{"a.mustache", "{{item.n}}"}});
  CHECK(rendered(source, R"({"names": [{"n": "x", "on": true}, {"n": "y"}]})") == "x=x;");
}

TEST_CASE("a file is left out where its condition does not hold") {
  const LoadedTemplate source = loaded(
      "variables: {properties: {tests: {type: boolean}, kind: {type: string}}}\n"
      "files:\n"
      "  - {source: a.mustache, when: tests}\n"
      "  - {source: b.mustache, when: {kind: [cli, api]}}\n",
      {{"a.mustache", "a"}, {"b.mustache", "b"}});
  CHECK(rendered(source, R"({"tests": true, "kind": "lib"})") == "a=a;");
  CHECK(rendered(source, R"({"tests": false, "kind": "api"})") == "b=b;");
  CHECK(rendered(source, "{}").empty());
}

TEST_CASE("a file may be run where its source may, or where template.yaml says") {
  const LoadedTemplate source = loaded(std::string(kOpen) +
                                           "files:\n"
                                           "  - {source: run.sh}\n"
                                           "  - {source: go.mustache, executable: true}\n"
                                           "  - {source: run.sh, path: plain, executable: false}\n",
                                       {{"run.sh", "r"}, {"go.mustache", "g"}});
  CHECK(rendered(source, "{}") == "run.sh=r*;go=g*;plain=r;");
}

TEST_CASE("what cannot be loaded is refused with its place") {
  const std::string head = "template.invalid | template \"t\": ";
  const Files one{{"a.mustache", ""}};
  CHECK(fault_of("files: [{source: a.mustache, each: a b}]\n", one) ==
        head + "\"a b\" is not a name at template.yaml:3:36");
  CHECK(fault_of("files: [{source: a.mustache, as: x}]\n", one) ==
        head + "\"as\" names the item of a list, and there is no \"each\" at template.yaml:3:34");
  CHECK(fault_of("variables: {properties: {names: {}}}\n"
                 "files: [{source: a.mustache, each: names, as: a.b}]\n",
                 one) == head + "\"a.b\" is not a name at template.yaml:4:47");
  CHECK(fault_of("variables: {properties: {names: {}}}\n"
                 "files: [{source: a.mustache, each: nmaes}]\n",
                 one) == head +
                             "\"each\" asks for an unknown variable \"nmaes\" at "
                             "template.yaml:4:36; did you mean \"names\"?");
  CHECK(fault_of("files: [{source: a.mustache, when: b}]\n", one) ==
        head + "\"when\" asks for an unknown variable \"b\" at template.yaml:3:36");
  CHECK(fault_of("files: [{source: a.mustahce}]\n", one) ==
        head +
            "there is no file \"a.mustahce\" at template.yaml:3:18; did you mean "
            "\"a.mustache\"?");
  CHECK(fault_of("files: [{source: a.mustache, executable: 1}]\n", one) ==
        head + "\"executable\" must be true or false at template.yaml:3:42");
  CHECK(fault_of("", {{"_a.mustache", ""}, {"a.mustache", ""}}) ==
        head +
            "\"a\" names two partials, this file and \"ratchet/templates/t/_a.mustache\" at "
            "a.mustache:1:1");
  CHECK(fault_of("", {{"{{x|snake}}.mustache", ""}}) ==
        head +
            "the name of a file takes no filters, for Windows has no names with | at "
            "{{x|snake}}.mustache:1:4");
  CHECK(fault_of("files: [{source: a.mustache, path: 'x/{{y|snkae}}'}]\n", one) ==
        "template.unknown_filter | template \"t\": unknown filter \"snkae\" at "
        "template.yaml:3:39; did you mean \"snake\"?");
}

TEST_CASE("no more files are rendered than the limit says") {
  TemplateFolder folder;
  folder.name = "t";
  folder.files = {{"a.mustache", "", false},
                  {"template.yaml",
                   "name: t\ndescription: d\nvariables: {additionalProperties: true}\n"
                   "files: [{source: a.mustache, path: '{{@index}}', each: l}]\n",
                   false}};
  Limits limits;
  limits.batch_files = 3;
  const LoadedTemplate source = LoadedTemplate::load(folder, TemplateOrigin::project, limits);
  CHECK(source.render_files(json::parse(R"({"l": [1, 2, 3]})")).size() == 3);
  CHECK(thrown_code([&] { (void)source.render_files(json::parse(R"({"l": [1, 2, 3, 4]})")); }) ==
        "template.limit");
}

TEST_CASE("a list that is none is refused where it is named") {
  const LoadedTemplate source = loaded(
      std::string(kOpen) + "files: [{source: a.mustache, each: names}]\n", {{"a.mustache", ""}});
  CHECK(rendered(source, R"({"names": "x"})") ==
        "template.wrong_type | template \"t\": \"each\" needs a list, and \"names\" is "
        "\"\\\"x\\\"\" at template.yaml:4:36");
}

TEST_CASE("paths that no two files may have are refused with their place") {
  const LoadedTemplate source = loaded(std::string(kOpen) +
                                           "files:\n"
                                           "  - {source: a.mustache, path: '{{x}}'}\n"
                                           "  - {source: a.mustache, path: '{{y}}'}\n",
                                       {{"a.mustache", ""}});
  const std::string head = "template \"t\": ";
  const std::string place = " at template.yaml:6:33";
  const struct {
    const char* x;
    const char* y;
    std::string fault;
  } cases[] = {
      {"a", "a", "template.duplicate_path | " + head + "\"a\" is the path of two files" + place},
      {"a", "A",
       "template.case_clash | " + head + "\"A\" differs from \"a\" in case alone" + place},
      {"\xC3\xA9.py", "\xC3\x89.py",
       "template.case_clash | " + head +
           "\"\xC3\x89.py\" differs from \"\xC3\xA9.py\" in case "
           "alone" +
           place},
      {"a", "a/b",
       "template.duplicate_path | " + head + "\"a/b\" needs a folder where \"a\" is a file" +
           place},
      {"A/b", "a",
       "template.duplicate_path | " + head + "\"A/b\" needs a folder where \"a\" is a file" +
           place},
  };
  for (const auto& [x, y, fault] : cases) {
    CAPTURE(y);
    CHECK(rendered(source, json::serialize(json::object{{"x", x}, {"y", y}})) == fault);
  }
  CHECK(rendered(source, R"({"x": "a/b", "y": "a/c"})") == "a/b=;a/c=;");
}

TEST_CASE("a rendered path stays inside the root, on every system") {
  const LoadedTemplate source =
      loaded(std::string(kOpen) + "files: [{source: a.mustache, path: 'src/{{x}}'}]\n",
             {{"a.mustache", ""}});
  for (const char* path : {"../../x", "..", "", "a//b", "con", "nul.txt", "x\\y", ".git/config",
                           "a\nb", "trailing.", "trailing ", "a./b", "a:b", "a?b"}) {
    CAPTURE(path);
    const std::string fault = rendered(source, json::serialize(json::object{{"x", path}}));
    CHECK(fault.starts_with("path."));
    CHECK(fault.find("at template.yaml:4:37") != std::string::npos);
  }
  const LoadedTemplate absolute = loaded(
      std::string(kOpen) + "files: [{source: a.mustache, path: '{{x}}'}]\n", {{"a.mustache", ""}});
  CHECK(rendered(absolute, R"({"x": "/etc/passwd"})").starts_with("path.absolute | "));
}

TEST_CASE("a name of a file or a folder may be a template") {
  const LoadedTemplate source = loaded(
      kOpen, {{"{{app}}/{{name}}.py.mustache", "{{name}}"}, {"{{app}}/raw.bin", "\xff{{app}}"}});
  CHECK(rendered(source, R"({"app": "shop", "name": "n"})") ==
        "shop/n.py=n;shop/raw.bin=\xff{{app}};");
}

TEST_CASE("a single file has a head or none") {
  const auto single = [](std::string text) {
    return LoadedTemplate::single_file(
        {"note.md.mustache", "tools/note.md.mustache", std::move(text)}, false,
        TemplateOrigin::path, Limits());
  };
  CHECK(rendered(single("# {{x}}\n"), R"({"x": "v"})") == "note.md=# v\n;");
  const LoadedTemplate headed = single(
      "---\r\n"
      "description: A note.\n"
      "variables: {required: [title], properties: {title: {type: string}}}\n"
      "path: '{{title|kebab}}.md'\n"
      "executable: true\n"
      "---\n"
      "# {{title}}\n");
  CHECK(headed.description() == "A note.");
  CHECK(headed.name() == "note.md.mustache");
  CHECK(rendered(headed, R"({"title": "Two Words"})") == "two-words.md=# Two Words\n*;");
  CHECK(rendered(headed, "{}") == R"(the values lacks the required key "title")");
  CHECK(rendered(headed, R"({"titel": "x", "title": "y"})").find("titel") != std::string::npos);
  CHECK(rendered(single("---\n---\n---\na: {{x}}\n"), R"({"x": 1})") == "note.md=---\na: 1\n;");
  CHECK(rendered(single("---\nnever closed {{x}}\n"), R"({"x": 1})") ==
        "note.md=---\nnever closed 1\n;");
}

TEST_CASE("faults behind a head are placed in the file") {
  const auto fault = [](const std::string& text) {
    try {
      const auto source = LoadedTemplate::single_file({"n.mustache", "n.mustache", text}, false,
                                                      TemplateOrigin::path, Limits());
      (void)source.render_files(json::object{{"b", 1}});
      return std::string("no error");
    } catch (const Error& error) {
      return error.message() + (error.hint().empty() ? "" : " | " + error.hint());
    }
  };
  CHECK(fault("---\ndescription: d\n---\nx\n  {{a}}\n") ==
        "template \"n.mustache\": unknown variable \"a\" at n.mustache:5:3; did you mean "
        "\"b\"?");
  CHECK(fault("---\nkind: Pod\n---\n") ==
        "template \"n.mustache\": unknown key \"kind\" at n.mustache:2:1 | a file that is to begin "
        "with --- itself needs an empty head before");
  CHECK(fault("---\ndescription: d\n---\n{{#a}}") ==
        "template \"n.mustache\": \"a\" is opened and never closed at n.mustache:4:1");
}

TEST_CASE("the executable bit of a template's file is kept") {
  MemoryFileSystem files;
  const std::string folder = "/project/ratchet/templates/t/";
  files.put_file(folder + "template.yaml", "name: t\ndescription: d\n");
  files.open_folder(folder)->create("run.sh", 0755)->write("#!/bin/sh\n");
  files.put_file(folder + "plain.sh", "#!/bin/sh\n");
  TemplateCatalog catalog(files, "/project", Limits(), {});
  const auto rendered = catalog.find("t", "")->render_files(json::object());
  REQUIRE(rendered.size() == 2);
  CHECK_FALSE(rendered[0].executable);
  CHECK(rendered[1].executable);
}

TEST_CASE("one template is rendered from many threads at once") {
  const LoadedTemplate source = loaded(
      "variables:\n"
      "  properties:\n"
      "    n: {type: integer}\n"
      "    name: {type: string, default: 'Item{{n}}'}\n"
      "    items: {type: array, default: [a, b]}\n"
      "files: [{source: a.mustache, path: '{{name|snake}}.py', each: items}]\n",
      {{"_p.mustache", "{{name|upper}}"},
       {"a.mustache", "{{item}}{{@index}} {{>p}} {{#items}}{{.}}{{/items}} {{items|json}}\n"}});
  constexpr std::size_t kRenderings = 400;
  std::vector<std::string> texts(kRenderings);
  const LoadedTemplate one = loaded(
      "variables:\n  properties:\n    n: {type: integer}\n"
      "    name: {type: string, default: 'Item{{n}}'}\n"
      "files: [{source: a.mustache, path: '{{name|snake}}.py'}]\n",
      {{"_p.mustache", "{{name|upper}}"}, {"a.mustache", "{{>p}} {{n|plural}} {{name|python}}\n"}});
  parallel_for(kRenderings, 4, Cancellation(), [&](std::size_t i) {
    texts[i] = rendered(one, json::serialize(json::object{{"n", i}}));
  });
  for (std::size_t i = 0; i < kRenderings; ++i) {
    const std::string n = std::to_string(i);
    CHECK(texts[i].starts_with("item" + n + ".py=ITEM" + n + " "));
  }
  CHECK(rendered(source, R"({"n": 1})").starts_with("template.duplicate_path | "));
}

}  // namespace ratchet
