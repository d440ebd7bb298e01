// Read-only files where slots cannot be exchanged, so that a rename has to replace the old file.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "transactions/memory_world.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

constexpr std::uint32_t kReadOnly = 0444;

struct Project : World {
  Project() {
    for (const char* name : {"/r/fixed", "/r/fixed too", "/r/free"})
      files.put_file(name, "old");
    files.set_mode("/r/fixed", kReadOnly);
    files.set_mode("/r/fixed too", kReadOnly);
    files.forbid(FileOperation::rename, RenameMode::exchange);
    files.keep_read_only();
  }

  template <typename Work>
  std::string keep(Work work) {
    return thrown_code([&] {
      auto transaction = begin();
      work(transaction);
      static_cast<void>(std::move(transaction).apply(cancel.token()).keep());
    });
  }
};

void update_all(Transaction& transaction) {
  for (const char* name : {"fixed", "fixed too", "free"})
    transaction.update(path(name), "new");
}

const Tree kOld{{"fixed", "old"}, {"fixed too", "old"}, {"free", "old"}};
const Tree kNew{{"fixed", "new"}, {"fixed too", "new"}, {"free", "new"}};

}  // namespace

TEST_CASE(
    "a read-only file that this system cannot replace is refused before anything is applied") {
  Project project;
  const auto before = project.files.described("/r");
  auto transaction = project.begin();
  update_all(transaction);
  try {
    static_cast<void>(std::move(transaction).apply(project.cancel.token()));
    FAIL_CHECK("applied");
  } catch (const Error& error) {
    CHECK(error.code().name() == "io.permission_denied");
    CHECK(kept_paths(error) == std::vector<std::string>{"fixed", "fixed too"});
    CHECK(error.hint().find("attrib -r") != std::string::npos);
  }
  CHECK(project.files.described("/r") == before);
  CHECK_FALSE(project.wrote_journal());
}

TEST_CASE("nor does a file become read-only there, because it could not be put back") {
  Project project;
  const auto update = [](Transaction& transaction) {
    transaction.update(path("free"), "new", kReadOnly);
  };
  CHECK(project.keep(update) == "io.permission_denied");
  CHECK(project.tree() == kOld);
}

TEST_CASE("a file that was made writable is replaced") {
  Project project;
  project.files.set_mode("/r/fixed", 0644);
  project.files.set_mode("/r/fixed too", 0644);
  CHECK(project.keep(update_all) == "");
  CHECK(project.tree() == kNew);
}

TEST_CASE("read-only files are created, moved and removed there, and put back as they were") {
  Project project;
  const auto change = [](Transaction& transaction) {
    transaction.create(path("made"), "new", kReadOnly);
    transaction.move(path("fixed"), path("moved"));
    transaction.remove(path("fixed too"));
  };
  const auto before = project.files.described("/r");
  auto transaction = project.begin();
  change(transaction);
  std::move(transaction).apply(project.cancel.token()).undo();
  CHECK(project.files.described("/r") == before);
  CHECK(project.keep(change) == "");
  CHECK(project.tree() == Tree{{"free", "old"}, {"made", "new"}, {"moved", "old"}});
}

TEST_CASE("a system that replaces them, or exchanges names, is not kept from it") {
  World replaces;
  replaces.files.forbid(FileOperation::rename, RenameMode::exchange);
  World exchanges;
  exchanges.files.keep_read_only();
  for (World* world : {&replaces, &exchanges}) {
    for (const char* name : {"/r/fixed", "/r/fixed too", "/r/free"}) {
      world->files.put_file(name, "old");
      world->files.set_mode(name, kReadOnly);
    }
    auto transaction = world->begin();
    update_all(transaction);
    static_cast<void>(std::move(transaction).apply(world->cancel.token()).keep());
    CHECK(world->tree() == kNew);
    CHECK(world->files.described("/r").at("fixed").starts_with("444 "));
  }
}
