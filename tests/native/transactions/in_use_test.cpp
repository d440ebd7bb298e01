// Files that other programs hold open, on systems where that keeps them from being changed.
#include <doctest/doctest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "transactions/memory_world.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

/// One of each kind of target that stands there.
const std::vector<std::string> kTargets{"becomes_folder", "changed", "gone", "moved", "old_folder"};

struct Project : World {
  Project() {
    for (const std::string& name : kTargets) {
      if (name == "old_folder") {
        files.put_folder("/r/" + name);
      } else {
        files.put_file("/r/" + name, "old " + name);
      }
    }
    before = tree();
  }

  void hold(const std::vector<std::string>& names) {
    for (const std::string& name : names)
      files.hold("/r/" + name);
  }

  /// Nothing where it worked.
  std::optional<Error> change() {
    try {
      auto transaction = begin();
      transaction.create(path("a_new"), "new");
      transaction.update(path("changed"), "new changed");
      transaction.remove(path("gone"));
      transaction.move(path("moved"), path("moved_away"));
      transaction.remove_folder(path("old_folder"));
      transaction.remove(path("becomes_folder"));
      transaction.make_folder(path("becomes_folder"));
      static_cast<void>(std::move(transaction).apply(cancel.token()).keep());
    } catch (const Error& error) {
      return error;
    }
    return std::nullopt;
  }

  Tree before;
};

const Tree kAfter{{"a_new", "new"},
                  {"becomes_folder/", ""},
                  {"changed", "new changed"},
                  {"moved_away", "old moved"}};

}  // namespace

TEST_CASE("whatever of it another program holds open, nothing is applied and no journal written") {
  for (const std::string& name : kTargets) {
    CAPTURE(name);
    Project project;
    project.hold({name});
    const auto error = project.change();
    REQUIRE(error);
    CHECK(error->code().name() == "io.in_use");
    CHECK(kept_paths(*error) == std::vector<std::string>{name});
    CHECK(project.tree() == project.before);
    CHECK_FALSE(project.wrote_journal());
    CHECK(project.files.open_handles() == 0);
  }
}

TEST_CASE("all that is held open is named together, and waited for no longer than one file is") {
  Project one;
  one.hold({"gone"});
  REQUIRE(one.change());
  CHECK(one.clock.waited > std::chrono::milliseconds(0));
  Project all;
  all.hold(kTargets);
  const auto error = all.change();
  REQUIRE(error);
  CHECK(kept_paths(*error) == kTargets);
  CHECK(error->message().find("\"becomes_folder\" and 4 more") != std::string::npos);
  CHECK(all.clock.waited == one.clock.waited);
  CHECK(all.tree() == all.before);
}

TEST_CASE("what is let go of in time is changed as if nobody had held it") {
  Project project;
  project.hold(kTargets);
  project.clock.on_wait = [&] {
    if (project.clock.waits == 3) project.files.release();
  };
  CHECK_FALSE(project.change());
  CHECK(project.clock.waits == 3);
  CHECK(project.tree() == kAfter);
}

TEST_CASE("a change that was refused works once the files are free") {
  Project project;
  project.hold(kTargets);
  REQUIRE(project.change());
  project.files.release();
  CHECK_FALSE(project.change());
  CHECK(project.tree() == kAfter);
}

TEST_CASE("what its holder has written meanwhile is a conflict") {
  Project project;
  project.hold({"changed"});
  project.clock.on_wait = [&] {
    project.files.write_into("/r/changed", "theirs");
    project.files.release();
  };
  const auto error = project.change();
  REQUIRE(error);
  CHECK(error->code().name() == "transaction.conflict");
  project.before["changed"] = "theirs";
  CHECK(project.tree() == project.before);
}

TEST_CASE("a conflict is told at once, whatever else is held open") {
  Project project;
  project.hold({"gone"});
  auto transaction = project.begin();
  transaction.update(path("changed"), "new");
  transaction.remove(path("gone"));
  project.files.write_into("/r/changed", "theirs");
  CHECK(thrown_code([&] {
          static_cast<void>(std::move(transaction).apply(project.cancel.token()));
        }) == "transaction.conflict");
  CHECK(project.clock.waits == 0);
}

TEST_CASE("the wait for what is held open can be cancelled") {
  Project project;
  project.hold({"gone"});
  project.clock.on_wait = [&] { project.cancel.cancel(false); };
  const auto error = project.change();
  REQUIRE(error);
  CHECK(error->code().name() == "job.cancelled");
  CHECK(project.clock.waits == 1);
  CHECK(project.tree() == project.before);
}

TEST_CASE("a file that is opened only after the look takes the whole change back") {
  Project project;
  project.files.set_hook([&](std::size_t, const RecordedOperation& next) {
    const bool is_first_step = next.operation == FileOperation::rename && next.target == "/r/a_new";
    if (is_first_step) project.files.hold("/r/moved");
  });
  const auto error = project.change();
  REQUIRE(error);
  CHECK(error->code().name() == "io.in_use");
  CHECK(project.tree() == project.before);
  CHECK(project.wrote_journal());
}
