// Every operation of a transaction fails, is cancelled at, or is the last one before the power
// goes.
#include <doctest/doctest.h>

#include <cerrno>
#include <map>
#include <string>
#include <vector>

#include "fs/memory_file_system.h"
#include "fs/thrown_code.h"
#include "transactions/fixed_seams.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

using Tree = std::map<std::string, std::string>;

const Tree kBefore{{"m/", ""}, {"old/", ""}, {"old/file", "old"}};
const Tree kAfter{{"a", "A"},     {"m/", ""},         {"m/x", "X"},      {"new/", ""},
                  {"new/b", "B"}, {"old/", ""},       {"new/deep/", ""}, {"new/deep/c", "C"},
                  {"old/d", ""},  {"old/file", "old"}};

enum class End { keep, undo, drop };

struct World : Bench {
  explicit World(bool with_mount) {
    if (with_mount) {
      files.add_mount("/r/m");
    } else {
      files.put_folder("/r/m");
    }
    files.put_file("/r/old/file", "old");
  }

  /// The whole life of a transaction; the code of its error.
  std::string run(End end, Durability durability) {
    return thrown_code([&] {
      auto transaction = begin(files, "/r", durability);
      transaction.create(path("a"), "A");
      transaction.create(path("new/b"), "B", 0755);
      transaction.create(path("new/deep/c"), "C");
      transaction.create(path("old/d"), "");
      transaction.create(path("m/x"), "X");
      finish(end, std::move(transaction).apply(cancel.token()));
    });
  }

  static void finish(End end, Applied applied) {
    try {
      applied.verify();
    } catch (const Error&) {
      if (end != End::drop) std::move(applied).undo();
      throw;
    }
    if (end == End::keep) {
      static_cast<void>(std::move(applied).keep());
    } else if (end == End::undo) {
      std::move(applied).undo();
    }
  }

  [[nodiscard]] Tree tree() const { return files.tree("/r"); }

  MemoryFileSystem files;
};

Tree without_state(Tree tree) {
  std::erase_if(tree, [](const auto& entry) { return entry.first.starts_with(".ratchet/"); });
  return tree;
}

/// A name and content as they are when all is done.
void check_is_new(const std::pair<const std::string, std::string>& entry) {
  CAPTURE(entry.first);
  REQUIRE(kAfter.contains(entry.first));
  CHECK(kAfter.at(entry.first) == entry.second);
}

std::size_t files_placed_after(std::size_t index, const std::vector<RecordedOperation>& done) {
  std::size_t placed = 0;
  for (std::size_t at = index + 1; at < done.size(); ++at) {
    const bool from_slot = done[at].path.starts_with("/r/.ratchet/tx/T1/");
    if (done[at].operation == FileOperation::rename && from_slot) ++placed;
  }
  return placed;
}

std::size_t operations_of(bool with_mount, End end, Durability durability) {
  World world(with_mount);
  REQUIRE(world.run(end, durability) == "");
  REQUIRE(world.tree() == (end == End::keep ? kAfter : kBefore));
  return world.files.operations().size();
}

struct Way {
  bool with_mount;
  Durability durability;
};

const std::vector<Way> kWays{{false, Durability::batch},
                             {true, Durability::batch},
                             {false, Durability::full},
                             {false, Durability::none}};

}  // namespace

TEST_CASE("whatever operation fails once, all is as before with nothing left, or all is new") {
  // Not those that state a fact (ENOENT, EEXIST, ENOTEMPTY): believing a disk that lies is no
  // fault.
  const std::vector<int> errors{EIO, ENOSPC, EACCES, EMFILE, EROFS, EXDEV, EINTR};
  int refused = 0;
  int kept = 0;
  for (const Way& way : kWays) {
    for (const End end : {End::keep, End::undo, End::drop}) {
      const std::size_t count = operations_of(way.with_mount, end, way.durability);
      for (std::size_t index = 0; index < count; ++index) {
        for (const int error_number : errors) {
          World world(way.with_mount);
          world.files.fail_at(index, error_number);
          const std::string code = world.run(end, way.durability);
          const RecordedOperation failed = world.files.operations().at(index);
          CAPTURE(way.with_mount);
          CAPTURE(static_cast<int>(way.durability));
          CAPTURE(static_cast<int>(end));
          CAPTURE(index);
          CAPTURE(error_number);
          CAPTURE(to_string(failed.operation));
          CAPTURE(failed.path);
          CAPTURE(code);
          if (end == End::keep && code.empty()) {
            CHECK(without_state(world.tree()) == kAfter);
            ++kept;
          } else {
            CHECK(world.tree() == kBefore);
            CHECK(code != "transaction.undo_incomplete");
            ++refused;
          }
        }
      }
    }
  }
  CHECK(refused > 1000);
  CHECK(kept > 100);
}

TEST_CASE("a disk that breaks for good leaves no file half done, and says what stayed") {
  for (const int error_number : {EIO, ENOSPC, EROFS}) {
    const std::size_t count = operations_of(false, End::keep, Durability::batch);
    for (std::size_t index = 0; index < count; ++index) {
      World world(false);
      world.files.fail_from(index, error_number);
      const std::string code = world.run(End::keep, Durability::batch);
      CAPTURE(index);
      CAPTURE(error_number);
      CAPTURE(code);
      const Tree tree = without_state(world.tree());
      if (code.empty()) {
        CHECK(tree == kAfter);
      } else if (code != "transaction.undo_incomplete") {
        CHECK(tree == kBefore);
      }
      for (const auto& entry : tree)
        check_is_new(entry);
    }
  }
}

TEST_CASE("a cancel at any point of apply undoes all of it, at once") {
  for (const Way& way : kWays) {
    const std::size_t count = operations_of(way.with_mount, End::keep, way.durability);
    int cancelled = 0;
    for (std::size_t index = 0; index < count; ++index) {
      World world(way.with_mount);
      world.files.set_hook([&](std::size_t at, const RecordedOperation&) {
        if (at == index) world.cancel.cancel(false);
      });
      const std::string code = world.run(End::keep, way.durability);
      CAPTURE(index);
      CAPTURE(way.with_mount);
      if (code == "job.cancelled") {
        CHECK(world.tree() == kBefore);
        CHECK(files_placed_after(index, world.files.operations()) <= 1);
        ++cancelled;
      } else {
        CHECK(code == "");
        CHECK(world.tree() == kAfter);
      }
    }
    CHECK(cancelled > 20);
  }
}

TEST_CASE("what was kept survives a crash, and what is visible is never torn") {
  for (const bool with_mount : {false, true}) {
    for (const Durability durability : {Durability::batch, Durability::full}) {
      World world(with_mount);
      std::vector<Tree> crashed;
      world.files.set_hook([&](std::size_t, const RecordedOperation&) {
        using Survives = MemoryFileSystem::Survives;
        const std::vector<Survives> policies{
            [](std::size_t, std::size_t) { return false; },
            [](std::size_t, std::size_t) { return true; },
            [](std::size_t at, std::size_t count) { return at + 1 == count; },
            [](std::size_t at, std::size_t count) { return at + 1 < count; },
            [](std::size_t at, std::size_t count) { return at < count / 2; },
            [](std::size_t at, std::size_t) { return at % 2 == 1; }};
        for (const auto& survives : policies) {
          crashed.push_back(world.files.after_crash(survives)->tree("/r"));
        }
      });
      REQUIRE(world.run(End::keep, durability) == "");
      for (const Tree& tree : crashed) {
        for (const auto& entry : tree) {
          const std::string& name = entry.first;
          const bool of_ours = name.starts_with(".ratchet/") || name.ends_with(".part");
          if (!of_ours) check_is_new(entry);
        }
        CHECK(tree.at("old/file") == "old");
      }
      const auto nothing_more = [](std::size_t, std::size_t) { return false; };
      CHECK(without_state(world.files.after_crash(nothing_more)->tree("/r")) == kAfter);
    }
  }
}

TEST_CASE("after a failed flush nothing becomes visible, and it is not tried again") {
  World world(false);
  world.files.fail_nth(FileOperation::sync_file, 2, EIO);
  CHECK(world.run(End::keep, Durability::batch) == "io.error");
  CHECK(world.tree() == kBefore);
  int flushed = 0;
  for (const RecordedOperation& done : world.files.operations()) {
    CHECK(done.target != "/r/a");
    if (done.operation == FileOperation::sync_file) ++flushed;
  }
  CHECK(flushed == 3);
}

TEST_CASE("a transaction into which a file could not be staged is not applied without it") {
  World world(false);
  auto transaction = world.begin(world.files, "/r");
  world.files.fail_nth(FileOperation::write, 0, ENOSPC);
  CHECK(thrown_code([&] { transaction.create(path("a"), "A"); }) == "io.no_space");
  transaction.create(path("b"), "B");
  CHECK(thrown_code([&] {
          static_cast<void>(std::move(transaction).apply(world.cancel.token()));
        }) == "transaction.state");
  CHECK(world.tree() == kBefore);
}
