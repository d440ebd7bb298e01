// Links on a system where Ratchet makes none: what needs a new one is refused before anything is
// changed; what only moves or removes one works.
#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "transactions/file_state.h"
#include "transactions/memory_world.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

struct Project : World {
  Project() {
    files.put_file("/r/a", "A0");
    files.put_link("/r/l", "a");
    files.put_link("/r/m", "nowhere");
    files.forbid(FileOperation::make_link);
  }

  template <typename Work>
  std::optional<Error> keep(Work work) {
    try {
      auto transaction = begin();
      work(transaction);
      static_cast<void>(std::move(transaction).apply(cancel.token()).keep());
    } catch (const Error& error) {
      return error;
    }
    return std::nullopt;
  }
};

}  // namespace

TEST_CASE("a link that is to be restored where none can be made is refused, with what to do") {
  Project project;
  project.files.put_link("/kept/3", "a");
  const auto kept = project.files.open_folder("/kept");
  const auto error = project.keep([&](Transaction& transaction) {
    transaction.update(path("a"), "A1");
    transaction.restore(path("n"), *kept, "3", look_at(*kept, "3"), {});
  });
  REQUIRE(error);
  CHECK(error->code().name() == "io.unsupported");
  CHECK(error->message() == "\"n\" is a link to \"a\", and Ratchet makes no links here");
  CHECK(error->path() == "n");
  CHECK_FALSE(error->hint().empty());
  CHECK(project.tree() == Tree{{"a", "A0"}, {"l", "-> a"}, {"m", "-> nowhere"}});
  CHECK_FALSE(project.wrote_journal());
}

TEST_CASE("links that swap places would have to be made anew, and are refused before that") {
  Project project;
  const auto error = project.keep([](Transaction& transaction) {
    transaction.move(path("l"), path("t"));
    transaction.move(path("m"), path("l"));
    transaction.move(path("t"), path("m"));
    transaction.update(path("a"), "A1");
  });
  REQUIRE(error);
  CHECK(error->code().name() == "io.unsupported");
  CHECK(project.tree() == Tree{{"a", "A0"}, {"l", "-> a"}, {"m", "-> nowhere"}});
  CHECK_FALSE(project.wrote_journal());
}

TEST_CASE("links are moved and removed there, and put back") {
  Project project;
  const Tree before = project.tree();
  const auto change = [](Transaction& transaction) {
    transaction.move(path("l"), path("d/l"));
    transaction.remove(path("m"));
  };
  auto transaction = project.begin();
  change(transaction);
  std::move(transaction).apply(project.cancel.token()).undo();
  CHECK(project.tree() == before);
  CHECK_FALSE(project.keep(change));
  CHECK(project.tree() == Tree{{"a", "A0"}, {"d/", ""}, {"d/l", "-> a"}});
}

TEST_CASE("a run that could not be undone, because it removes a link, is refused and taken back") {
  Project project;
  project.files.forbid(FileOperation::add_name);
  const Tree before = project.tree();
  auto transaction = project.begin();
  transaction.update(path("a"), "A1");
  transaction.remove(path("m"));
  {
    Applied applied = std::move(transaction).apply(project.cancel.token());
    try {
      applied.save_run({}, "{}", {});
      FAIL_CHECK("saved");
    } catch (const Error& error) {
      CHECK(error.code().name() == "io.unsupported");
      CHECK(error.path() == "m");
    }
  }
  CHECK(project.tree() == before);
}
