#include "validation/structure/find_files.h"

#include <doctest/doctest.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <vector>

#include "core/error.h"
#include "fs/memory_file_system.h"
#include "fs/thrown_code.h"

using namespace ratchet;        // NOLINT: a test of this namespace
using namespace ratchet::test;  // NOLINT

namespace {

using Paths = std::vector<std::string>;

/// In one spelling for all systems: find_files_win32_test looks at the other one.
Paths with_slashes(const Paths& paths) {
  Paths spelled;
  for (const std::string& path : paths)
    spelled.push_back(std::filesystem::path(path).generic_string());
  return spelled;
}

struct Tree {
  Tree() {
    for (const char* path :
         {"/p/a.json", "/p/b.yaml", "/p/.hidden.json", "/p/src/c.json", "/p/src/deep/d.json",
          "/p/src/deep/er/e.json", "/p/.git/f.json", "/p/x[1]/g.json", "/q/h.json"}) {
      files.put_file(path, "{}");
    }
    files.put_folder("/p/folder.json");
    files.put_link("/p/link.json", "a.json");
    files.put_link("/p/dangling.json", "nothing");
    files.put_link("/p/src/up", "..");
  }
  Paths find(std::string_view pattern, const Limits& limits = {}) {
    return with_slashes(find_files(files, "/p", pattern, limits, CancelSource{}.token()).paths);
  }
  MemoryFileSystem files;
};

}  // namespace

TEST_CASE("a pattern means the regular files that it matches, sorted") {
  struct Case {
    std::string pattern;
    Paths found;
  };
  const std::vector<Case> cases{
      {"*.json", {"/p/a.json", "/p/link.json"}},
      {"*.{yaml,json}", {"/p/a.json", "/p/b.yaml", "/p/link.json"}},
      {"{src/c,a}.json", {"/p/a.json", "/p/src/c.json"}},
      {".*.json", {"/p/.hidden.json"}},
      {"src/*.json", {"/p/src/c.json"}},
      {"*/c.json", {"/p/src/c.json"}},
      {"*/*/d.json", {"/p/src/deep/d.json"}},
      {"src/*/deep/*.json", {}},
      {"./src/../a.*", {"/p/a.json"}},
      {"../q/*.json", {"/q/h.json"}},
      {"/q/*", {"/q/h.json"}},
      {"a.json", {"/p/a.json"}},
      {"nothing/*.json", {}},
      {"a.json/*", {}},
      {".git/*.json", {"/p/.git/f.json"}},
      {"x[[]1]/*", {"/p/x[1]/g.json"}},
      {"", {}},
  };
  Tree tree;
  for (const Case& row : cases) {
    CAPTURE(row.pattern);
    CHECK(tree.find(row.pattern) == row.found);
  }
}

TEST_CASE("two stars stand for any number of folders, hidden ones and links not among them") {
  struct Case {
    std::string pattern;
    Paths found;
  };
  const std::vector<Case> cases{
      {"**/*.json",
       {"/p/a.json", "/p/link.json", "/p/src/c.json", "/p/src/deep/d.json", "/p/src/deep/er/e.json",
        "/p/x[1]/g.json"}},
      {"src/**", {"/p/src/c.json", "/p/src/deep/d.json", "/p/src/deep/er/e.json"}},
      {"**/deep/**/*.json", {"/p/src/deep/d.json", "/p/src/deep/er/e.json"}},
      {"**/**/d.json", {"/p/src/deep/d.json"}},
      {"src/**/e.json", {"/p/src/deep/er/e.json"}},
  };
  Tree tree;
  for (const Case& row : cases) {
    CAPTURE(row.pattern);
    CHECK(tree.find(row.pattern) == row.found);
  }
}

TEST_CASE("the name of a root is no pattern") {
  MemoryFileSystem files;
  files.put_file("/a[b]/c/d.json", "{}");
  files.put_file("/ab/c/d.json", "{}");
  const auto find = [&](std::string_view pattern) {
    return with_slashes(
        find_files(files, "/a[b]/c", pattern, Limits{}, CancelSource{}.token()).paths);
  };
  CHECK(find("*.json") == Paths{"/a[b]/c/d.json"});
  CHECK(find("../*/d.json") == Paths{"/a[b]/c/d.json"});
}

TEST_CASE("a root may end with a slash or a dot") {
  Tree tree;
  for (const char* root : {"/p", "/p/", "/p/."}) {
    CAPTURE(root);
    const auto find = [&](std::string_view pattern) {
      return with_slashes(
          find_files(tree.files, root, pattern, Limits{}, CancelSource{}.token()).paths);
    };
    CHECK(find("../q/*.json") == Paths{"/q/h.json"});
    CHECK(find("src/*.json") == Paths{"/p/src/c.json"});
  }
}

TEST_CASE("a folder that cannot be looked at is told, and hides nothing else") {
  MemoryFileSystem disk;
  disk.put_file("/p/a/x.json", "{}");
  disk.put_file("/p/b/y.json", "{}");
  disk.fail_nth(FileOperation::list, 1, EACCES);
  const FoundFiles rest = find_files(disk, "/p", "*/*.json", Limits{}, CancelSource{}.token());
  CHECK(rest.paths.size() == 1);
  REQUIRE(rest.faults.size() == 1);
  CHECK(rest.faults[0].code().name() == "io.permission_denied");
}

TEST_CASE("a search ends at its bound, when it is cancelled, and where a folder is closed to it") {
  Tree tree;
  CHECK(thrown_code([&] { tree.find("**", {.structure_entries = 5}); }) == "limit.tree_size");
  CHECK(tree.find("a.json", {.structure_entries = 0}) == Paths{"/p/a.json"});
  CHECK(thrown_code([&] {
          tree.find(
              "{a,b,c,d,e,f,g,h,i,j}{0,1,2,3,4,5,6,7,8,9}"
              "{0,1,2,3,4,5,6,7,8,9}{0,1}");
        }) == "request.constraint");
  CancelSource cancel;
  cancel.cancel(false);
  CHECK(thrown_code([&] {
          static_cast<void>(find_files(tree.files, "/p", "*", Limits{}, cancel.token()));
        }) == "job.cancelled");
}
