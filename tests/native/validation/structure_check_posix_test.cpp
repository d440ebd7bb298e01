// Required paths on a real disk, with links and permission bits.
// Not on Windows: it has neither permission bits nor links for everybody.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <vector>

#include "fs/scratch_folder.h"
#include "validation/structure/structure_check.h"

using namespace ratchet;        // NOLINT: a test of this namespace
using namespace ratchet::test;  // NOLINT

namespace {

using State = StructureVerdict::State;

}  // namespace

TEST_CASE("on a disk, links, hidden names and unreadable folders are as in memory") {
  const ScratchFolder scratch;
  scratch.put("p/src/a.py", "x");
  scratch.put("p/.h/b.py", "x");
  scratch.put("p/closed/c.py", "x");
  scratch.put("out/d.py", "x");
  std::filesystem::create_symlink("src", scratch.path() / "p/inside");
  std::filesystem::create_symlink("../out", scratch.path() / "p/outside");
  std::filesystem::create_symlink("src/a.py", scratch.path() / "p/file");
  const auto state = [&](const char* path, RequiredKind kind = RequiredKind::any) {
    const std::vector<RequiredPath> paths{RequiredPath::parse(path, kind)};
    const auto root = system_files().open_folder(scratch.path() / "p");
    return check_structure(*root, paths, Limits{}, CancelSource{}.token()).front().state;
  };
  CHECK(state("inside/a.py", RequiredKind::file) == State::present);
  CHECK(state("inside/", RequiredKind::any) == State::present);
  CHECK(state("file", RequiredKind::file) == State::present);
  CHECK(state("outside/d.py") == State::wrong_kind);
  CHECK(state("**/b.py") == State::missing);
  CHECK(state("**/d.py") == State::missing);
  if (geteuid() == 0) {
    say_skipped("a folder without permission", "root reads all");
    return;
  }
  chmod((scratch.path() / "p/closed").c_str(), 0);
  CHECK(state("closed/c.py") == State::unchecked);
  chmod((scratch.path() / "p/closed").c_str(), 0700);
}
