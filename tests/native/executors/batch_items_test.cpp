// items_from and custom_template: batches whose entries or template stand elsewhere.
#include <doctest/doctest.h>

#include "executors/batch_project.h"

namespace ratchet {
namespace {

using test::code_of;
using test::first_finding;
using test::with;
using Project = test::BatchProject;

constexpr const char* kFromTable = R"(
project_root: .
template_type: note
items_from:
  file: notes.csv
  path: 'docs/{{title|snake}}.txt'
)";

RunResult run_with(Project& project, const std::string& name, const std::string& content,
                   const std::string& instance) {
  project.files.put_file("/p/ratchet/" + name, content);
  return project.run(with(instance, "notes.csv", "ratchet/" + name));
}

const std::map<std::string, std::string> kTwoNotes{{"docs/alpha_one.txt", "# Alpha One\n"},
                                                   {"docs/beta.txt", "# Beta\n"}};

std::map<std::string, std::string> files_made(const Project& project) {
  std::map<std::string, std::string> made = project.tree();
  std::erase_if(made, [](const auto& row) { return row.first.starts_with(".ratchet"); });
  std::erase_if(made, [](const auto& row) { return row.first.ends_with("/"); });
  return made;
}

}  // namespace

TEST_CASE("batch_create: each row of a table is a file, however the table is written") {
  const struct {
    const char* name;
    const char* content;
  } rows[] = {
      {"notes.csv", "title\nAlpha One\nBeta\n"},
      {"notes.json", R"([{"title": "Alpha One"}, {"title": "Beta"}])"},
      {"notes.yaml", "- title: Alpha One\n- title: Beta\n"},
  };
  for (const auto& [name, content] : rows) {
    CAPTURE(name);
    Project project;
    const RunResult result = run_with(project, name, content, kFromTable);
    CHECK(code_of(result) == "");
    CHECK(files_made(project) == kTwoNotes);
    CHECK(result.outputs.at("created_files") ==
          json::value({"docs/alpha_one.txt", "docs/beta.txt"}));
  }
}

TEST_CASE("batch_create: format says how a table without its extension is written") {
  Project project;
  const RunResult result =
      run_with(project, "notes.txt", "title\nAlpha One\nBeta\n",
               with(kFromTable, "file: notes.csv", "file: notes.csv\n  format: csv"));
  CHECK(code_of(result) == "");
  CHECK(files_made(project) == kTwoNotes);
}

TEST_CASE("batch_create: the path of a row sees the defaults of the template") {
  Project project;
  project.files.put_file("/p/ratchet/templates/page.txt",
                         "---\nvariables:\n  properties:\n    title: {type: string}\n"
                         "    folder: {type: string, default: pages}\n"
                         "  required: [title]\n---\n{{title}} in {{folder}}\n");
  const RunResult result =
      run_with(project, "notes.csv", "title,folder\na,\nb,other\n",
               with(with(kFromTable, "type: note", "type: ratchet/templates/page.txt"),
                    "docs/{{title|snake}}", "{{folder}}/{{title}}"));
  CHECK(code_of(result) == "");
  CHECK(files_made(project) == std::map<std::string, std::string>{{"other/b.txt", "b in other\n"},
                                                                  {"pages/a.txt", "a in pages\n"}});
}

TEST_CASE("batch_create: a faulty row refuses the batch with its place in the table") {
  struct Row {
    std::string what;
    std::string name;
    std::string content;
    std::string code;
    std::int64_t line;
    std::optional<std::int64_t> column;
    std::string excerpt;
  };
  const std::string path_text = "docs/{{title|snake}}.txt";
  for (const Row& row : {
           Row{"a variable is missing", "notes.yaml", "- title: A\n- {}\n", "schema.required", 2, 3,
               "- {}"},
           Row{"a variable too many", "notes.csv", "title,titel\nA,\nB,C\n",
               "schema.additional_properties", 3, 1, "B,C"},
           Row{"two rows for one path", "notes.csv", "title\nA\nB\na\n", "batch.duplicate_path", 4,
               1, "a"},
           Row{"a path that leads out", "notes.csv", "title\nA\n../B\n", "path.outside_root", 3, 1,
               "../B"},
           Row{"a path that Windows cannot hold", "notes.csv", "title\nA\nB.\n", "path.invalid", 3,
               1, "B."},
       }) {
    CAPTURE(row.what);
    Project project;
    const bool is_raw = row.code.starts_with("path.");
    const RunResult result =
        run_with(project, row.name, row.content,
                 is_raw ? with(kFromTable, path_text, "{{title}}") : std::string(kFromTable));
    CHECK(result.status == RunStatus::refused);
    CHECK(code_of(result) == "instance.invalid");
    CHECK(files_made(project).empty());
    const Finding& finding = first_finding(result);
    CHECK(finding.code == row.code);
    // As paths: a system may write its own separators.
    CHECK(std::filesystem::path(finding.path.value_or("")) == "/p/ratchet/" + row.name);
    CHECK(finding.line == row.line);
    CHECK(finding.column == row.column);
    CHECK(finding.excerpt == row.excerpt);
  }
}

TEST_CASE("batch_create: a table that cannot be used is one error, and nothing is written") {
  struct Row {
    std::string what;
    std::string instance;
    std::string code;
  };
  const std::string base = kFromTable;
  for (const Row& row : {
           Row{"no such file", base, "io.not_found"},
           Row{"no table", with(base, "notes.csv", "ratchet/scalar.yaml"), "request.wrong_type"},
           Row{"torn", with(base, "notes.csv", "ratchet/torn.csv"), "csv.invalid"},
           Row{"unknown template", with(base, "type: note", "type: notes"), "instance.invalid"},
           Row{"torn path", with(base, "{{title|snake}}", "{{title"), "template.invalid"},
           Row{"both forms", base + "files_to_create: [{path: a.txt, template_vars: {title: A}}]\n",
               "instance.invalid"},
       }) {
    CAPTURE(row.what);
    Project project;
    project.files.put_file("/p/ratchet/scalar.yaml", "1\n");
    project.files.put_file("/p/ratchet/torn.csv", "title\na,b\n");
    const RunResult result = project.run(row.instance);
    CHECK(result.status == RunStatus::refused);
    CHECK(code_of(result) == row.code);
    CHECK(files_made(project).empty());
  }
}

TEST_CASE("batch_create: a batch of rows past the limit is refused") {
  Project project;
  project.limits.batch_files = 2;
  const RunResult result = run_with(project, "notes.csv", "title\na\nb\nc\n", kFromTable);
  CHECK(code_of(result) == "limit.input_size");
  CHECK(files_made(project).empty());
}

TEST_CASE("batch_create: a custom template is a text, a path or a name") {
  const struct {
    const char* what;
    const char* written;
    const char* content;
  } rows[] = {
      {"a text", "'<{{title}}>'", "<A>"},
      {"a text without a tag", "\"one\\ntwo\\n\"", "one\ntwo\n"},
      {"a file beside the instance", "own.txt", "own A\n"},
      {"a folder by its path", "ratchet/templates/note", "# A\n"},
      {"a name of the project", "note", "# A\n"},
  };
  for (const auto& [what, written, content] : rows) {
    CAPTURE(what);
    Project project;
    project.files.put_file("/p/own.txt", "own {{title}}\n");
    const RunResult result = project.run(std::string("project_root: .\ntemplate_type: custom\n"
                                                     "custom_template: ") +
                                         written +
                                         "\nfiles_to_create:\n"
                                         "  - {path: a.txt, template_vars: {title: A}}\n");
    CHECK(code_of(result) == "");
    CHECK(project.files.read("/p/a.txt", 100) == content);
  }
}

TEST_CASE("batch_create: a fault in a custom text has its place in the instance") {
  Project project;
  const RunResult result = project.run(
      "project_root: .\ntemplate_type: custom\ncustom_template: '{{#a}}'\n"
      "files_to_create:\n  - {path: a.txt, template_vars: {a: 1}}\n");
  CHECK(code_of(result) == "instance.invalid");
  const Finding& finding = first_finding(result);
  CHECK(finding.code == "template.invalid");
  CHECK(finding.path == "two.yaml");
  CHECK(finding.line == 2);
}

TEST_CASE("batch_create: without a folder of its own an instance names absolute paths") {
  for (const std::string& key :
       {std::string("items_from: {file: n.csv, path: 'a{{title}}'}\n"
                    "template_type: note\n"),
        std::string("template_type: custom\ncustom_template: n.txt\n"
                    "files_to_create: [{path: a, template_vars: {}}]\n")}) {
    CAPTURE(key);
    Project project;
    PatternRunRequest request;
    request.base_folder = "";
    request.project_root = "/p";
    const RunResult result = project.run(key, request);
    CHECK(result.status == RunStatus::refused);
    const bool is_item = key.starts_with("items_from");
    CHECK((is_item ? code_of(result) : first_finding(result).code) == "batch.no_base");
    CHECK(project.tree().empty());
  }
}

TEST_CASE("batch_create: paths that cannot stand together or on Windows refuse the batch") {
  const struct {
    const char* first;
    const char* second;
    const char* code;
  } rows[] = {
      {"a", "a/b", "batch.duplicate_path"}, {"A/b", "a", "batch.duplicate_path"},
      {"x", "con", "path.invalid"},         {"x", "aux.py", "path.invalid"},
      {"x", "y.", "path.invalid"},          {"x", "y /z", "path.invalid"},
      {"x", "yy:z", "path.invalid"},        {"x", "what?", "path.invalid"},
  };
  for (const auto& [first, second, code] : rows) {
    CAPTURE(second);
    Project project;
    const RunResult result = project.run(
        std::string("project_root: .\ntemplate_type: note\nfiles_to_create:\n  - {path: '") +
        first + "', template_vars: {title: A}}\n  - {path: '" + second +
        "', template_vars: {title: B}}\n");
    CHECK(result.status == RunStatus::refused);
    CHECK(first_finding(result).code == code);
    CHECK(first_finding(result).line == 5);
    CHECK(project.tree().empty());
  }
}

}  // namespace ratchet
