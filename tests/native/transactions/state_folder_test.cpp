#include "transactions/state_folder.h"

#include <doctest/doctest.h>

#include <cerrno>
#include <map>
#include <string>

#include "fs/memory_file_system.h"
#include "fs/thrown_code.h"
#include "transactions/fixed_seams.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

using Tree = std::map<std::string, std::string>;

struct World {
  World() { files.put_folder("/r"); }
  [[nodiscard]] StateFolder open() { return StateFolder::open(files, "/r", random); }
  [[nodiscard]] Tree tree() const { return files.tree("/r"); }

  MemoryFileSystem files;
  CountingRandom random;
};

const Tree kWithRecord{{".ratchet/", ""},
                       {".ratchet/.gitignore", "*\n"},
                       {".ratchet/runs/", ""},
                       {".ratchet/runs/R1/", ""},
                       {".ratchet/runs/R1/record.json", "{}"}};

}  // namespace

TEST_CASE("a written state file is private, whole and durable") {
  World world;
  world.open().write(path("runs/R1/record.json"), "{}", Durability::batch);
  CHECK(world.tree() == kWithRecord);
  const auto root = world.files.open_folder("/r");
  CHECK(root->status(".ratchet")->mode == 0700);
  CHECK(root->status(".ratchet/runs/R1")->mode == 0700);
  CHECK(root->status(".ratchet/runs/R1/record.json")->mode == 0600);
  const auto crashed = world.files.after_crash([](std::size_t, std::size_t) { return false; });
  CHECK(crashed->tree("/r").at(".ratchet/runs/R1/record.json") == "{}");
}

TEST_CASE("who begins the folder in the same moment keeps nobody else from it") {
  for (const bool somebody_was_first : {true, false}) {
    CAPTURE(somebody_was_first);
    World world;
    world.files.fail_nth(FileOperation::rename, 0, EACCES);  // the one of the ignore file
    world.files.set_hook([&](std::size_t, const RecordedOperation& next) {
      if (next.operation != FileOperation::rename || !somebody_was_first) return;
      world.files.put_file("/r/.ratchet/.gitignore", "*\n");
    });
    const std::string code = thrown_code(
        [&] { world.open().write(path("runs/R1/record.json"), "{}", Durability::batch); });
    CHECK(code == (somebody_was_first ? "" : "io.permission_denied"));
    if (somebody_was_first) CHECK(world.tree() == kWithRecord);
  }
}

TEST_CASE("writing again replaces the file; a crash at any point leaves the old or the new one") {
  World world;
  auto state = world.open();
  state.write(path("runs/R1/record.json"), "old", Durability::batch);
  std::vector<std::string> found;
  world.files.set_hook([&](std::size_t, const RecordedOperation&) {
    for (const bool survives : {false, true}) {
      const auto crashed =
          world.files.after_crash([survives](std::size_t, std::size_t) { return survives; });
      found.push_back(crashed->tree("/r").at(".ratchet/runs/R1/record.json"));
    }
  });
  state.write(path("runs/R1/record.json"), "new", Durability::batch);
  CHECK(found.front() == "old");
  CHECK(found.back() == "new");
  for (const std::string& content : found)
    CHECK((content == "old" || content == "new"));
}

TEST_CASE("a state file that cannot be written leaves nothing, or the old one") {
  for (const bool exists : {false, true}) {
    for (std::size_t index = 0;; ++index) {
      World world;
      if (exists) world.open().write(path("runs/R1/record.json"), "{}", Durability::batch);
      world.files.forget_operations();
      world.files.fail_at(index, ENOSPC);
      const std::string code = thrown_code(
          [&] { world.open().write(path("runs/R1/record.json"), "new", Durability::batch); });
      if (world.files.operations().size() <= index) break;
      const RecordedOperation failed = world.files.operations().at(index);
      CAPTURE(exists);
      CAPTURE(index);
      CAPTURE(to_string(failed.operation));
      CAPTURE(failed.path);
      CHECK(code == "io.no_space");
      const bool renamed = failed.operation == FileOperation::sync_folder;
      if (exists && renamed) {
        CHECK(world.tree().at(".ratchet/runs/R1/record.json") == "new");
      } else if (exists) {
        CHECK(world.tree() == kWithRecord);
      } else if (!renamed) {
        CHECK(world.tree().empty());
      }
    }
  }
}

TEST_CASE("removing a state file removes the folders that it leaves empty") {
  World world;
  auto state = world.open();
  state.write(path("runs/R1/record.json"), "{}", Durability::none);
  state.write(path("runs/R2/record.json"), "{}", Durability::none);
  state.remove(path("runs/R2/record.json"));
  CHECK(world.tree() == kWithRecord);
  state.remove(path("runs/R9/record.json"));
  CHECK(world.tree() == kWithRecord);
  state.remove(path("runs/R1/record.json"));
  CHECK(world.tree().empty());
  state.remove(path("runs/R1/record.json"));
  CHECK(world.tree().empty());
}

TEST_CASE("a .ratchet that is a link or somebody else's is refused") {
  World world;
  world.files.put_folder("/elsewhere");
  world.files.put_link("/r/.ratchet", "/elsewhere");
  CHECK(thrown_code([&] { static_cast<void>(world.open()); }) == "io.not_a_folder");
  world.files.erase("/r/.ratchet");
  world.files.put_folder("/r/inner");
  world.files.put_link("/r/.ratchet", "inner");
  CHECK(thrown_code([&] { static_cast<void>(world.open()); }) == "io.not_a_folder");
  world.files.erase("/r/.ratchet");
  world.files.put_folder("/r/.ratchet");
  world.files.set_owner("/r/.ratchet", MemoryFileSystem::kUser + 1);
  CHECK(thrown_code([&] { static_cast<void>(world.open()); }) == "transaction.foreign_state");
  CHECK(world.files.tree("/elsewhere").empty());
  CHECK(world.files.tree("/r/inner").empty());
  CHECK(world.files.tree("/r/.ratchet").empty());

  world.files.set_owner("/r", MemoryFileSystem::kUser + 1);  // the owner of the project may
  static_cast<void>(world.open());
}

TEST_CASE("a folder below .ratchet is never reached through a link") {
  World world;
  world.files.put_folder("/r/inner");
  world.files.put_folder("/r/.ratchet");
  world.files.put_link("/r/.ratchet/runs", "../inner");
  CHECK(thrown_code([&] {
          world.open().write(path("runs/R1/record.json"), "{}", Durability::none);
        }) == "io.not_a_folder");
  CHECK(world.files.tree("/r/inner").empty());
}

TEST_CASE("state survives that another process prunes it between two steps") {
  World world;
  auto ours = world.open();
  auto theirs = world.open();
  theirs.prune(nullptr);
  CHECK(world.tree().empty());
  ours.write(path("runs/R1/record.json"), "{}", Durability::batch);
  CHECK(world.tree() == kWithRecord);

  // At every step of ours.
  for (std::size_t index = 0;; ++index) {
    World other;
    auto writer = other.open();
    auto pruner = other.open();
    other.files.forget_operations();
    bool pruned = false;
    other.files.set_hook([&](std::size_t at, const RecordedOperation&) {
      if (at != index || pruned) return;
      pruned = true;
      pruner.prune(nullptr);
    });
    writer.write(path("runs/R1/record.json"), "{}", Durability::none);
    if (!pruned) break;
    CAPTURE(index);
    CHECK(other.tree() == kWithRecord);
  }
}

TEST_CASE("pruning leaves the lock file to whoever holds it") {
  World world;
  auto ours = world.open();
  auto theirs = world.open();
  const auto held = theirs.try_lock("theirs");
  ours.prune(nullptr);
  CHECK(world.tree().contains(".ratchet/lock"));
  theirs.prune(held.get());
  CHECK(world.tree().empty());
}

TEST_CASE("pruning that meets somebody who begins anew leaves him an ignored folder") {
  World world;
  auto state = world.open();
  world.files.set_hook([&](std::size_t, const RecordedOperation& next) {
    const bool last_step =
        next.operation == FileOperation::remove_folder && next.path == "/r/.ratchet";
    if (last_step) world.files.put_folder("/r/.ratchet/tx/T2");
  });
  state.prune(nullptr);
  CHECK(world.tree() == Tree{{".ratchet/", ""},
                             {".ratchet/.gitignore", "*\n"},
                             {".ratchet/tx/", ""},
                             {".ratchet/tx/T2/", ""}});
}
