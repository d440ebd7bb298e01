#include "fs/scratch_folder.h"
#include "validation/syntax/module_kinds.h"

#include <doctest/doctest.h>

#include <fstream>

using namespace ratchet;  // NOLINT: a test of this namespace

TEST_CASE("a script's kind is told by its extension, then by the nearest package.json") {
  const test::ScratchFolder scratch;
  const auto put = [&](const std::filesystem::path& path, std::string_view content) {
    std::filesystem::create_directories((scratch.path() / path).parent_path());
    std::ofstream(scratch.path() / path) << content;
  };
  put("esm/package.json", R"({"type": "module"})");
  put("esm/inner/package.json", R"({"type": "commonjs"})");
  put("esm/none/package.json", R"({"name": "x"})");
  put("esm/broken/package.json", "{");
  put("esm/list/package.json", "[]");
  std::filesystem::create_directories(scratch.path() / "esm/folder/package.json");
  struct Case {
    std::string path;
    std::string kind;
  };
  const std::vector<Case> cases{
      {"esm/a.js", "module"},
      {"esm/a.cjs", "commonjs"},
      {"esm/inner/a.mjs", "module"},
      {"esm/inner/deep/er/a.js", "commonjs"},
      {"esm/none/a.js", "either"},
      {"esm/broken/a.js", "either"},
      {"esm/list/a.js", "either"},
      {"esm/folder/a.js", "either"},
      {"esm/lib/../inner/a.js", "commonjs"},
      {"esm/node_modules/a.js", "either"},
      {"esm/node_modules/x/a.js", "either"},
      {"a.js", "either"},
  };
  ModuleKinds kinds(system_files(), {});
  for (const Case& row : cases) {
    CAPTURE(row.path);
    CHECK(kinds.of((scratch.path() / row.path).string()) == row.kind);
  }
}

TEST_CASE("a package.json among the texts counts before what is on disk") {
  const std::vector<SourceText> sources{{"./app/package.json", "", R"({"type": "module"})"},
                                        {"/nowhere/package.json", "", R"({"type": "commonjs"})"}};
  ModuleKinds kinds(system_files(), sources);
  CHECK(kinds.of("app/src/a.js") == "module");
  CHECK(kinds.of("other/a.js") == "either");
  CHECK(kinds.of("a.js") == "either");
  CHECK(kinds.of("/nowhere/src/a.js") == "commonjs");
}
