#include <doctest/doctest.h>

#include <string>

#include <cerrno>

#include "fs/memory_file_system.h"
#include "fs/thrown_code.h"
#include "validation/structure/structure_check.h"

using namespace ratchet;        // NOLINT: a test of this namespace
using namespace ratchet::test;  // NOLINT

namespace {

using State = StructureVerdict::State;

std::vector<StructureVerdict> check(FileSystem& files, const std::filesystem::path& root,
                                    const std::vector<RequiredPath>& paths,
                                    const Limits& limits = {}) {
  return check_structure(*files.open_folder(root), paths, limits, CancelSource{}.token());
}

struct Project {
  Project() {
    for (const char* path : {"/p/README.md", "/p/src/a.py", "/p/src/deep/er/b.py", "/p/src/c.txt",
                             "/p/.github/workflows/ci.yml", "/p/.hidden/x.py", "/p/src/.h/y.rs"}) {
      files.put_file(path, "x");
    }
    files.put_folder("/p/empty");
    files.put_file("/outside/secret", "x");
    files.put_link("/p/to_src", "src");
    files.put_link("/p/to_readme", "README.md");
    files.put_link("/p/to_nothing", "nothing");
    files.put_link("/p/to_outside", "../outside");
    files.put_link("/p/src/loop", "..");
  }
  StructureVerdict look(const char* path, RequiredKind kind = RequiredKind::any) {
    return check(files, "/p", {RequiredPath::parse(path, kind)}).front();
  }
  MemoryFileSystem files;
};

}  // namespace

TEST_CASE("files and folders are told apart") {
  struct Row {
    const char* path;
    RequiredKind kind;
    State state;
  };
  const auto any = RequiredKind::any;
  const Row rows[] = {
      {"README.md", any, State::present},
      {"README.md", RequiredKind::file, State::present},
      {"README.md", RequiredKind::folder, State::wrong_kind},
      {"README.md/", any, State::wrong_kind},
      {"src", any, State::present},
      {"src/", any, State::present},
      {"src", RequiredKind::file, State::wrong_kind},
      {".github", any, State::present},
      {".github", RequiredKind::folder, State::present},
      {".github/workflows/ci.yml", RequiredKind::file, State::present},
      {"empty", RequiredKind::folder, State::present},
      {"docs", any, State::missing},
      {"src/deep/none", any, State::missing},
      {"README.md/x", any, State::wrong_kind},
      {"to_src", RequiredKind::folder, State::present},
      {"to_src/deep/er/b.py", RequiredKind::file, State::present},
      {"to_readme", RequiredKind::file, State::present},
      {"to_readme", RequiredKind::folder, State::wrong_kind},
      {"to_nothing", any, State::missing},
      {"to_outside", any, State::wrong_kind},
      {"to_outside/secret", any, State::wrong_kind},
      {"src/loop/src/loop/README.md", RequiredKind::file, State::present},
  };
  Project project;
  for (const Row& row : rows) {
    CAPTURE(std::string(row.path));
    CHECK(static_cast<int>(project.look(row.path, row.kind).state) == static_cast<int>(row.state));
  }
}

TEST_CASE("a pattern needs one match of the kind asked for") {
  struct Row {
    const char* path;
    bool present;
  };
  const Row rows[] = {
      {"src/**/*.py", true},
      {"**/*.py", true},
      {"**/b.py", true},
      {"src/**/b.py", true},
      {"**/src/a.py", true},
      {"**/er/**/b.py", true},
      {"src/*.rs", false},
      {"**/*.rs", false},
      {"src/.h/*.rs", true},
      {"**/x.py", false},
      {".*/x.py", true},
      {"src/**/deep/", true},
      {"src/**/a.py/", false},
      {"*/", true},
      {"empty/*", false},
      {"empty/**", false},
      {"src/**", true},
      {"src/**/**/b.py", true},
      {"*.{txt,md}", true},
      {"*.{txt,rst}", false},
      {"{docs,src}/a.py", true},
      {"[A-Z]*.md", true},
      {"readme.*", false},
      {"to_src/*.py", true},
      {"**/to_src/**/b.py", true},
      {"src/d?ep/*/b.py", true},
      {"**", true},
      {"**/nowhere", false},
      {"**/loop/none", false},
      {"**/loop/README.md", true},
  };
  Project project;
  for (const Row& row : rows) {
    CAPTURE(std::string(row.path));
    CHECK((project.look(row.path).state == State::present) == row.present);
  }
}

TEST_CASE("a name in other letters is not there, and said") {
  Project project;
  const StructureVerdict verdict = project.look("readme.MD");
  CHECK(verdict.state == State::missing);
  CHECK(verdict.reason.find("\"README.md\"") != std::string::npos);
}

TEST_CASE("paths that leave the project or are protected are refused") {
  struct Row {
    const char* path;
    const char* code;
  };
  const Row rows[] = {
      {"../x", "path.outside_root"},     {"/etc/passwd", "path.absolute"},
      {"a/../b", "path.outside_root"},   {".git/config", "path.protected"},
      {".ratchet", "path.protected"},    {"../*", "path.outside_root"},
      {"{a,../b}", "path.outside_root"}, {"/", "path.absolute"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.path));
    CHECK(thrown_code([&] {
            static_cast<void>(RequiredPath::parse(row.path, RequiredKind::any));
          }) == row.code);
  }
  CHECK(thrown_code([] { static_cast<void>(RequiredPath::parse("a/", RequiredKind::file)); }) ==
        "request.constraint");
}

TEST_CASE("a folder that cannot be read is neither missing nor there") {
  Project project;
  project.files.fail_nth(FileOperation::list, 1, EACCES);
  const StructureVerdict verdict = project.look("src/a.py");
  CHECK(verdict.state == State::unchecked);
  CHECK(finding_of(RequiredPath::parse("src/a.py", RequiredKind::any), verdict).severity ==
        Severity::warning);
}

TEST_CASE("what the root refuses is an error") {
  Project project;
  project.files.fail_nth(FileOperation::list, 0, EIO);
  CHECK(thrown_code([&] { static_cast<void>(project.look("src/a.py")); }) == "io.error");
}

TEST_CASE("ten thousand paths are looked at in one pass") {
  MemoryFileSystem files;
  std::vector<RequiredPath> paths;
  for (int folder = 0; folder < 100; ++folder) {
    for (int file = 0; file < 100; ++file) {
      const std::string path = "d" + std::to_string(folder) + "/f" + std::to_string(file);
      if (file != 7) files.put_file("/p/" + path, "");
      paths.push_back(RequiredPath::parse(path, RequiredKind::file));
    }
  }
  for (int i = 0; i < 50; ++i)
    paths.push_back(RequiredPath::parse("**/f" + std::to_string(i) + "x", RequiredKind::any));
  files.forget_operations();
  const auto verdicts = check(files, "/p", paths);
  std::size_t missing = 0;
  for (const StructureVerdict& verdict : verdicts)
    missing += verdict.state == State::missing ? 1 : 0;
  CHECK(missing == 100 + 50);
  std::map<std::string_view, int> calls;
  for (const RecordedOperation& operation : files.operations())
    ++calls[to_string(operation.operation)];
  CHECK(calls[to_string(FileOperation::list)] == 1 + 100);
  CHECK(calls[to_string(FileOperation::status)] == 0);
  CHECK(calls[to_string(FileOperation::resolve)] == 0);
}

TEST_CASE("a tree beyond the limit ends the search, and a cancel too") {
  Project project;
  Limits limits;
  limits.structure_entries = 5;
  const std::vector<RequiredPath> paths{RequiredPath::parse("**/none", RequiredKind::any)};
  CHECK(thrown_code([&] { static_cast<void>(check(project.files, "/p", paths, limits)); }) ==
        "limit.tree_size");
  CancelSource cancel;
  cancel.cancel(false);
  CHECK(thrown_code([&] {
          static_cast<void>(
              check_structure(*project.files.open_folder("/p"), paths, Limits{}, cancel.token()));
        }) == "job.cancelled");
}

TEST_CASE("what is to be made at a path that does not say follows a rule") {
  struct Row {
    const char* path;
    bool has_beneath;
    RequiredKind kind;
  };
  const auto file = RequiredKind::file;
  const auto folder = RequiredKind::folder;
  const Row rows[] = {
      {"src", false, folder},        {"a/b", false, folder},      {".github", false, folder},
      {".vscode", false, folder},    {".gitignore", false, file}, {".editorconfig", false, file},
      {".env.local", false, file},   {"a.txt", false, file},      {"setup.py", false, file},
      {"Makefile", false, file},     {"Dockerfile", false, file}, {"LICENSE", false, file},
      {"x/CODEOWNERS", false, file}, {"LICENSE/", false, folder}, {"v1.2", true, folder},
      {".custom", true, folder},     {"docs/adr", false, folder}, {"a.txt/", false, folder},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.path));
    const RequiredPath path = RequiredPath::parse(row.path, RequiredKind::any);
    CHECK(static_cast<int>(kind_to_create(path, row.has_beneath)) == static_cast<int>(row.kind));
  }
}
