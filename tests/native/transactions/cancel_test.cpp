// A transaction is cancelled at each of its operations, or cannot be staged.
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

std::size_t files_placed_after(std::size_t index, const std::vector<RecordedOperation>& done) {
  std::size_t placed = 0;
  for (std::size_t at = index + 1; at < done.size(); ++at) {
    const bool into_tree = done[at].target.find(".ratchet") == std::string::npos;
    if (done[at].operation == FileOperation::rename && into_tree) ++placed;
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
