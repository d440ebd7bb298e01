// Transactions on a real disk of Windows, and what other programs and flags put in their way there.
#include <doctest/doctest.h>
#include <windows.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fs/hold_win32.h"
#include "fs/nt_file_win32.h"
#include "fs/resolve_win32.h"
#include "fs/scratch_folder.h"
#include "transactions/fixed_seams.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

using Tree = std::map<std::string, std::string>;

struct Project : Bench {
  Project() : files(make_win32_files(clock)) {
    scratch.put("changed", "old");
    scratch.put("gone", "old");
    scratch.put("moved", "old");
    scratch.put("folder/file", "old");
    before = tree();
  }

  [[nodiscard]] Transaction begin_next() {
    return begin(*files, scratch.path(), Durability::batch, "T" + std::to_string(++begun));
  }
  /// Without the state's folder: an older system lets go of what is removed only once nobody holds
  /// it, so that some of it waits for the next transaction.
  [[nodiscard]] Tree tree() const {
    Tree tree = scratch.tree();
    std::erase_if(tree, [](const auto& entry) { return entry.first.starts_with(".ratchet/"); });
    return tree;
  }
  /// Nothing where it worked.
  std::optional<Error> keep(const std::function<void(Transaction&)>& work) {
    try {
      auto transaction = begin_next();
      work(transaction);
      static_cast<void>(std::move(transaction).apply(cancel.token()).keep());
    } catch (const Error& error) {
      return error;
    }
    return std::nullopt;
  }

  void set_flags(const char* name, DWORD flags) const {
    REQUIRE(SetFileAttributesW((scratch.path() / name).c_str(), flags) != FALSE);
  }
  [[nodiscard]] bool is_read_only(const char* name) const {
    return (GetFileAttributesW((scratch.path() / name).c_str()) & FILE_ATTRIBUTE_READONLY) != 0;
  }

  ScratchFolder scratch;
  std::unique_ptr<FileSystem> files;
  int begun = 0;
  Tree before;
};

void change_all(Transaction& transaction) {
  transaction.create(path("made"), "new");
  transaction.update(path("changed"), "new");
  transaction.remove(path("gone"));
  transaction.move(path("moved"), path("moved_away"));
  transaction.remove(path("folder"));
}

const Tree kAfter{{"changed", "new"}, {"made", "new"}, {"moved_away", "old"}};

std::vector<std::string> paths_of(const Error& error) {
  std::vector<std::string> paths;
  for (const auto& item : error.details().at("paths").as_array())
    paths.emplace_back(item.as_string());
  return paths;
}

}  // namespace

TEST_CASE("files that others keep open are found before anything is applied, and named together") {
  constexpr DWORD kNoRemoval = FILE_SHARE_READ | FILE_SHARE_WRITE;
  const std::vector<std::string> names{"changed", "folder", "folder/file", "gone", "moved"};
  Project project;
  std::vector<Handle> holders;
  const auto change_and_hold = [&](Transaction& transaction) {
    change_all(transaction);
    for (const std::string& name : names)
      holders.push_back(hold(project.scratch.path() / name, name == "gone" ? 0 : kNoRemoval));
  };
  const auto error = project.keep(change_and_hold);
  REQUIRE(error);
  CHECK(error->code().name() == "io.in_use");
  CHECK(paths_of(*error) == names);
  CHECK(project.clock.waited < std::chrono::seconds(1));
  holders.clear();
  CHECK(project.tree() == project.before);

  project.clock.on_wait = [&] { holders.clear(); };
  CHECK_FALSE(project.keep(change_and_hold));
  CHECK(project.tree() == kAfter);
}

TEST_CASE("files that others have open without being in the way are changed") {
  Project project;
  const Handle removed = hold(project.scratch.path() / "gone", kShareAll);
  const Handle moved = hold(project.scratch.path() / "moved", kShareAll);
  REQUIRE(removed.is_open());
  const auto change = [](Transaction& transaction) {
    transaction.remove(path("gone"));
    transaction.move(path("moved"), path("moved_away"));
  };
  CHECK_FALSE(project.keep(change));
  CHECK(project.scratch.get("moved_away") == "old");
  CHECK_FALSE(project.tree().contains("gone"));
}

TEST_CASE("a read-only file is changed where the system can, and else refused and as it was") {
  Project project;
  project.set_flags("changed", FILE_ATTRIBUTE_READONLY);
  const auto error = project.keep(change_all);
  CHECK(project.is_read_only("changed"));
  if (!error) {
    CHECK(project.tree() == kAfter);
    return;
  }
  CHECK(error->code().name() == "io.permission_denied");
  CHECK(paths_of(*error) == std::vector<std::string>{"changed"});
  CHECK(project.tree() == project.before);
  project.set_flags("changed", FILE_ATTRIBUTE_NORMAL);
  CHECK_FALSE(project.keep(change_all));
  CHECK(project.tree() == kAfter);
}

TEST_CASE("read-only files are moved and removed, and put back read-only") {
  Project project;
  project.set_flags("moved", FILE_ATTRIBUTE_READONLY);
  project.set_flags("gone", FILE_ATTRIBUTE_READONLY);
  auto transaction = project.begin_next();
  change_all(transaction);
  std::move(transaction).apply(project.cancel.token()).undo();
  CHECK(project.tree() == project.before);
  CHECK(project.is_read_only("moved"));
  CHECK(project.is_read_only("gone"));
  CHECK_FALSE(project.keep(change_all));
  CHECK(project.tree() == kAfter);
  CHECK(project.is_read_only("moved_away"));
  project.set_flags("moved_away", FILE_ATTRIBUTE_NORMAL);  // or nobody could tidy up
}
