// Finding files on a real disk, with links and names that are no text.
// Not on Windows: it has neither links for everybody nor names that are no text.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "fs/scratch_folder.h"
#include "validation/structure/find_files.h"

using namespace ratchet;        // NOLINT: a test of this namespace
using namespace ratchet::test;  // NOLINT

namespace {

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("a link to a folder is followed where a name or a star stands for it") {
  const ScratchFolder folder;
  folder.put("src/c.json", "{}");
  std::filesystem::create_directory_symlink("src", folder.path() / "to");
  std::filesystem::create_directory_symlink(".", folder.path() / "src/loop");
  const auto find = [&](std::string_view pattern) {
    Paths found;
    for (const std::string& path :
         find_files(system_files(), folder.path(), pattern, Limits{}, CancelSource{}.token())
             .paths) {
      found.push_back(std::filesystem::path(path).lexically_relative(folder.path()).string());
    }
    return found;
  };
  CHECK(find("to/*.json") == Paths{"to/c.json"});
  CHECK(find("*/c.json") == Paths{"src/c.json", "to/c.json"});
  CHECK(find("**/c.json") == Paths{"src/c.json"});
}

TEST_CASE("what cannot be looked at is told, and hides nothing else") {
  const ScratchFolder folder;
  folder.put("good.json", "{}");
  folder.put("bad\xff.json", "{}");
  std::filesystem::create_symlink("loop.json", folder.path() / "loop.json");
  const FoundFiles found =
      find_files(system_files(), folder.path(), "**/*.json", Limits{}, CancelSource{}.token());
  CHECK(found.paths == Paths{(folder.path() / "good.json").string()});
  REQUIRE(found.faults.size() == 1);
  CHECK(found.faults[0].code().name() == "path.invalid");
}
