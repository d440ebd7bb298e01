// What can be done with a change that is visible: looked at, and taken back.
#include <doctest/doctest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "transactions/memory_world.h"

using namespace ratchet;
using namespace ratchet::test;

TEST_CASE("verify finds what differs from what was staged") {
  struct Case {
    std::string what;
    void (*change)(MemoryFileSystem&);
    const char* found = "d/a";
  };
  const std::vector<Case> cases{
      {"other content", [](MemoryFileSystem& files) { files.put_file("/r/d/a", "OURS"); }},
      {"longer", [](MemoryFileSystem& files) { files.put_file("/r/d/a", "ours!"); }},
      {"gone", [](MemoryFileSystem& files) { files.erase("/r/d/a"); }},
      {"a link", [](MemoryFileSystem& files) { files.put_link("/r/d/a", "../b"); }},
      {"its folder gone", [](MemoryFileSystem& files) { files.erase("/r/d"); }, "d"},
      {"its folder moved away", [](MemoryFileSystem& files) { files.move("/r/d", "/r/e"); }, "d"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.what);
    World world;
    auto transaction = world.begin();
    transaction.create(path("b"), "ours");
    transaction.create(path("d/a"), "ours");
    Applied applied = std::move(transaction).apply(world.cancel.token());
    applied.verify();
    row.change(world.files);
    try {
      applied.verify();
      FAIL_CHECK("verified");
    } catch (const Error& error) {
      CHECK(error.code().name() == "transaction.verify");
      CHECK(error.path() == row.found);
    }
  }
}

TEST_CASE("undo removes only what is still as apply left it") {
  struct Case {
    std::string what;
    void (*change)(MemoryFileSystem&);
    std::vector<std::string> kept;
    Tree after;
  };
  const std::vector<Case> cases{
      {"nothing", [](MemoryFileSystem&) {}, {}, {}},
      {"edited",
       [](MemoryFileSystem& files) { files.put_file("/r/d/b.txt", "theirs"); },
       {"d/b.txt"},
       {{"d/", ""}, {"d/b.txt", "theirs"}}},
      {"edited to the same size",
       [](MemoryFileSystem& files) { files.put_file("/r/a.txt", "OURS"); },
       {"a.txt"},
       {{"a.txt", "OURS"}, {"d/", ""}}},
      {"written anew with the same content",
       [](MemoryFileSystem& files) { files.put_file("/r/a.txt", "ours"); },
       {},
       {}},
      {"made executable",
       [](MemoryFileSystem& files) { files.set_mode("/r/a.txt", 0755); },
       {"a.txt"},
       {{"a.txt", "ours"}, {"d/", ""}}},
      {"removed", [](MemoryFileSystem& files) { files.erase("/r/a.txt"); }, {}, {}},
      {"removed with its folder", [](MemoryFileSystem& files) { files.erase("/r/d"); }, {}, {}},
      {"a folder in its place",
       [](MemoryFileSystem& files) {
         files.erase("/r/a.txt");
         files.put_file("/r/a.txt/x", "theirs");
       },
       {"a.txt"},
       {{"a.txt/", ""}, {"a.txt/x", "theirs"}, {"d/", ""}}},
      {"a link in its place",
       [](MemoryFileSystem& files) { files.put_link("/r/a.txt", "d/b.txt"); },
       {"a.txt"},
       {{"a.txt", "-> d/b.txt"}, {"d/", ""}}},
      {"a file added to a made folder",
       [](MemoryFileSystem& files) { files.put_file("/r/d/new", "theirs"); },
       {"d"},
       {{"d/", ""}, {"d/new", "theirs"}}},
      {"its folder replaced",
       [](MemoryFileSystem& files) {
         files.erase("/r/d");
         files.put_file("/r/d/b.txt", "theirs");
       },
       {"d/b.txt"},
       {{"d/", ""}, {"d/b.txt", "theirs"}}},
  };
  for (const Case& row : cases) {
    CAPTURE(row.what);
    World world;
    CHECK(kept_by_undo(world, row.change) == row.kept);
    CHECK(without_state(world.tree()) == row.after);
    // What is not put back waits for somebody to choose; a folder that somebody uses is his.
    const bool pending = !row.kept.empty() && row.kept != std::vector<std::string>{"d"};
    CHECK(world.tree().contains(".ratchet/tx/T1/journal") == pending);
    CHECK(world.tree().contains(".ratchet/") == pending);
  }
}

TEST_CASE("what cannot be put back under its name is kept and named") {
  World world;
  const auto kept = kept_by_undo(world, [](MemoryFileSystem& files) {
    files.set_hook([&files](std::size_t, const RecordedOperation& next) {
      // Somebody writes just before undo takes the file away, and once more before it has looked
      // at what it took.
      const bool takes = next.operation == FileOperation::rename && next.path == "/r/a.txt";
      if (takes) files.put_file("/r/a.txt", "theirs");
      const bool compares = next.operation == FileOperation::digest &&
                            next.path == "/r/.ratchet/tx/T1/0" &&
                            !files.tree("/r").contains("a.txt");
      if (compares) files.put_file("/r/a.txt", "theirs again");
    });
  });
  CHECK(kept == std::vector<std::string>{".ratchet/kept/T1-0"});
  CHECK(world.tree().at("a.txt") == "theirs again");
  CHECK(world.tree().at(".ratchet/kept/T1-0") == "theirs");
  CHECK_FALSE(world.tree().contains(".ratchet/tx/"));
}

TEST_CASE("a target on another file system is staged beside itself, kept and undone") {
  for (const bool keep : {true, false}) {
    CAPTURE(keep);
    World world;
    world.files.add_mount("/r/m");
    const Tree before = world.tree();
    auto transaction = world.begin();
    transaction.create(path("a"), "A");
    transaction.create(path("m/d/b"), "B", 0755);
    Applied applied = std::move(transaction).apply(world.cancel.token());
    applied.verify();
    Tree visible = world.tree();
    std::erase_if(visible, [](const auto& entry) { return entry.first.starts_with(".ratchet/"); });
    const Tree expected{{"a", "A"}, {"m/", ""}, {"m/d/", ""}, {"m/d/b", "B"}};
    CHECK(visible == expected);
    CHECK(world.files.open_folder("/r/m/d")->status("b")->mode == 0755);
    if (keep) {
      static_cast<void>(std::move(applied).keep());
      CHECK(world.tree() == expected);
    } else {
      std::move(applied).undo();
      CHECK(world.tree() == before);
    }
  }
}

namespace {

struct Moment {
  std::string what;
  void (*stage)(Transaction&);
  std::string from;  ///< where the file is before
  std::string to;    ///< and after
};

const std::vector<Moment> kMoments{
    {"an updated file", [](Transaction& t) { t.update(path("old"), "ours"); }, "old", "old"},
    {"a moved file", [](Transaction& t) { t.move(path("old"), path("n")); }, "old", "n"},
    {"a file in place of a folder",
     [](Transaction& t) {
       t.remove(path("d"));
       t.create(path("d"), "ours");
     },
     "d", "d"},
};

/// Writes a file in the moment in which it is renamed for the first time.
void write_when_renamed(World& world, const std::string& name, bool& written) {
  const std::string whole = "/r/" + name;
  world.files.set_hook([&world, &written, whole](std::size_t, const RecordedOperation& next) {
    const bool takes =
        next.operation == FileOperation::rename && (next.path == whole || next.target == whole);
    if (takes && !std::exchange(written, true)) world.files.put_file(whole, "theirs");
  });
}

}  // namespace

TEST_CASE("a file written in the very moment of apply is a conflict and stays under its name") {
  auto moments = kMoments;
  moments.push_back({"a removed file", [](Transaction& t) { t.remove(path("old")); }, "old", ""});
  for (const Moment& row : moments) {
    CAPTURE(row.what);
    World world;
    world.files.put_file("/r/old", "old");
    world.files.put_folder("/r/d");
    auto transaction = world.begin();
    row.stage(transaction);
    bool written = false;
    write_when_renamed(world, row.from, written);
    CHECK(thrown_code([&] {
            static_cast<void>(std::move(transaction).apply(world.cancel.token()));
          }) == "transaction.conflict");
    REQUIRE(written);
    CHECK(world.tree().at(row.from) == "theirs");
    CHECK_FALSE(world.tree().contains(".ratchet/"));
  }
}

TEST_CASE("a file written in the very moment of undo stays under its name and is named") {
  auto moments = kMoments;
  moments.push_back(
      {"a created file", [](Transaction& t) { t.create(path("n"), "ours"); }, "", "n"});
  for (const Moment& row : moments) {
    CAPTURE(row.what);
    World world;
    world.files.put_file("/r/old", "old");
    world.files.put_folder("/r/d");
    auto transaction = world.begin();
    row.stage(transaction);
    Applied applied = std::move(transaction).apply(world.cancel.token());
    bool written = false;
    write_when_renamed(world, row.to, written);
    try {
      std::move(applied).undo();
      FAIL_CHECK("undone over somebody's file");
    } catch (const Error& error) {
      CHECK(error.code().name() == "transaction.undo_incomplete");
      CHECK(kept_paths(error) == std::vector<std::string>{row.to});
    }
    REQUIRE(written);
    CHECK(world.tree().at(row.to) == "theirs");
  }
}
