// Which of the transactions that others have left behind are ended, and how.
#include "transactions/recovery.h"

#include <doctest/doctest.h>

#include <cerrno>
#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "fs/thrown_code.h"
#include "transactions/scenario.h"

using namespace ratchet;
using namespace ratchet::test;
using namespace std::chrono_literals;

namespace {

using Tree = std::map<std::string, std::string>;

/// The memory disk's files were all changed at the epoch.
class SinceEpoch final : public Clock {
 public:
  explicit SinceEpoch(std::chrono::milliseconds since) : since_(since) {}
  UtcTime utc() override { return UtcTime(since_); }
  SteadyTime steady() override { return SteadyTime(); }
  bool wait_for(std::chrono::milliseconds, std::stop_token) override { return true; }

 private:
  std::chrono::milliseconds since_;
};

struct World : Bench {
  World() {
    files.put_file("/r/a", "A0");
    files.put_file("/r/b", "B0");
  }

  [[nodiscard]] Tree tree() const { return files.tree("/r"); }
  [[nodiscard]] Tree seen() const {
    Tree seen = tree();
    std::erase_if(seen, [](const auto& entry) { return entry.first.starts_with(".ratchet/"); });
    return seen;
  }

  /// The disk of a process that is killed between apply and keep.
  [[nodiscard]] std::unique_ptr<MemoryFileSystem> killed_when_applied() {
    auto transaction = begin(files, "/r");
    transaction.update(path("a"), "A1");
    transaction.create(path("n"), "N");
    Applied applied = std::move(transaction).apply(cancel.token());
    return files.after_kill();
  }

  std::vector<Recovered> recover(FileSystem& found, RecoveryWay way, Clock& now) {
    const Home home{"/r", ""};
    auto state = StateFolder::find(found, "/r", random);
    REQUIRE(state);
    return recover_all({found, now, home, *state}, way, "");
  }

  MemoryFileSystem files;
};

const Tree kOld{{"a", "A0"}, {"b", "B0"}};

}  // namespace

TEST_CASE("an open transaction is removed when it is a day old and nobody holds it") {
  struct Case {
    std::string what;
    bool held;
    std::chrono::milliseconds age;
    RecoveryWay way;
    bool removed;
  };
  const std::vector<Case> cases{
      {"young", false, 24h - 1s, RecoveryWay::automatic, false},
      {"a day old", false, 24h + 1s, RecoveryWay::automatic, true},
      {"a day old, but held", true, 24h + 1s, RecoveryWay::automatic, false},
      {"a year old, but held", true, 24h * 365, RecoveryWay::automatic, false},
      {"young, taken back by choice", false, 1s, RecoveryWay::back, true},
      {"young and held, taken back by choice", true, 1s, RecoveryWay::back, false},
  };
  for (const Case& row : cases) {
    CAPTURE(row.what);
    World world;
    std::optional<Transaction> open = world.begin(world.files, "/r");
    open->create(path("n"), "N");
    const auto copy = world.files.after_kill();  // there nobody holds it any more
    MemoryFileSystem& found = row.held ? world.files : *copy;
    SinceEpoch now(row.age);
    const auto results = world.recover(found, row.way, now);
    CHECK(results.size() == (row.removed ? 1 : 0));
    CHECK(found.tree("/r").contains(".ratchet/tx/T1/0") != row.removed);
    if (!row.held) continue;
    static_cast<void>(std::move(*open).apply(world.cancel.token()).keep());
    CHECK(world.seen() == Tree{{"a", "A0"}, {"b", "B0"}, {"n", "N"}});
  }
}

TEST_CASE("looking for what is abandoned does not disturb whoever goes on with it") {
  World world;
  auto open = Transaction::begin(world.files, world.clock, world.random, "/r",
                                 {.id = "T1", .durability = Durability::none, .detached = true},
                                 world.limits);
  std::move(open).suspend();
  bool was_busy = false;
  world.files.set_hook([&](std::size_t, const RecordedOperation& next) {
    was_busy = was_busy || (next.operation == FileOperation::lock && next.path.ends_with("open"));
  });
  SinceEpoch now(1h);
  CHECK(world.recover(world.files, RecoveryWay::automatic, now).empty());
  CHECK_FALSE(was_busy);
}

TEST_CASE("what an interrupted transaction has made visible goes back with the next one") {
  World world;
  const auto found = world.killed_when_applied();
  CHECK(found->tree("/r").at("a") == "A1");
  Bench next;
  auto transaction = next.begin(*found, "/r", Durability::batch, "T2");
  transaction.create(path("m"), "M");
  static_cast<void>(std::move(transaction).apply(next.cancel.token()).keep());
  CHECK(found->tree("/r") == Tree{{"a", "A0"}, {"b", "B0"}, {"m", "M"}});
}

TEST_CASE("one that waits for a decision is in the way of the next one, which changes nothing") {
  World world;
  const auto found = world.killed_when_applied();
  found->put_file("/r/a", "theirs");
  Bench next;
  auto transaction = next.begin(*found, "/r", Durability::batch, "T2");
  transaction.create(path("m"), "M");
  try {
    static_cast<void>(std::move(transaction).apply(next.cancel.token()));
    FAIL("applied over an undecided one");
  } catch (const Error& error) {
    CHECK(error.code().name() == "transaction.interrupted");
    CHECK(error.path() == "a");
    CHECK(error.hint().find("T1") != std::string::npos);
  }
  CHECK(found->tree("/r").at("a") == "theirs");
  CHECK_FALSE(found->tree("/r").contains("n"));  // what nobody else changed went back
  CHECK_FALSE(found->tree("/r").contains(".ratchet/tx/T2/"));
}

TEST_CASE("a journal of another machine, or of a copied folder, is not followed unless asked") {
  struct Case {
    std::string what;
    void (*change)(MemoryFileSystem&);
  };
  const std::vector<Case> cases{
      {"another machine", [](MemoryFileSystem& files) { files.set_host("elsewhere"); }},
      {"a copied folder",
       [](MemoryFileSystem& files) {
         const Tree tree = files.tree("/r");
         files.erase("/r");
         for (const auto& [name, content] : tree) {
           if (name.ends_with('/')) {
             files.put_folder("/r/" + name.substr(0, name.size() - 1));
           } else {
             files.put_file("/r/" + name, content);
           }
         }
       }},
      {"a copied transaction",
       [](MemoryFileSystem& files) {
         const Tree tree = files.tree("/r/.ratchet/tx/T1");
         files.erase("/r/.ratchet/tx/T1");
         for (const auto& [name, content] : tree)
           files.put_file("/r/.ratchet/tx/T1/" + name, content);
       }},
  };
  for (const Case& row : cases) {
    CAPTURE(row.what);
    World world;
    const auto found = world.killed_when_applied();
    row.change(*found);
    found->put_file("/r/.ratchet/lock", "pid 1 recovers\n");
    const Tree before = found->tree("/r");
    Recovery automatic;
    automatic.run(*found);
    REQUIRE(automatic.results.size() == 1);
    REQUIRE(automatic.blocked());
    CHECK(automatic.results[0].error->code().name() == "transaction.journal");
    CHECK(found->tree("/r") == before);
    Recovery chosen;
    chosen.run(*found, RecoveryWay::back);
    CHECK_FALSE(chosen.blocked());
    CHECK(found->tree("/r") == kOld);
  }
}

TEST_CASE("a planted .ratchet is not executed") {
  World world;
  const auto found = world.killed_when_applied();
  const std::string journal = found->tree("/r").at(".ratchet/tx/T1/journal");
  MemoryFileSystem victim;
  victim.put_file("/r/a", "A1");
  victim.put_file("/r/n", "N");
  victim.put_file("/r/.ratchet/tx/T1/journal", journal);
  victim.put_file("/r/.ratchet/tx/T1/0", "A0");
  Recovery recovery;
  recovery.run(victim);
  CHECK(recovery.blocked());
  CHECK(victim.tree("/r").at("a") == "A1");
  CHECK(victim.tree("/r").at("n") == "N");
}

TEST_CASE("of several that were left behind each is ended for itself") {
  World world;
  const auto found = world.killed_when_applied();
  found->put_file("/r/.ratchet/tx/T0/journal", "torn");
  found->put_file("/r/.ratchet/tx/T2/0", "staged");
  found->put_file("/r/.ratchet/tx/not an id/x", "foreign");
  Recovery recovery;
  recovery.run(*found);
  CHECK(recovery.results.size() == 3);
  CHECK(recovery.results.at(0).outcome == "blocked");
  CHECK(recovery.results.at(1).outcome == "undone");
  CHECK(recovery.results.at(2).outcome == "removed");
  CHECK(found->tree("/r").at("a") == "A0");
  CHECK(found->tree("/r").at(".ratchet/tx/not an id/x") == "foreign");
}

TEST_CASE("a marked transaction is tidied up, in its direction, and nothing else is done") {
  for (const bool keeps : {true, false}) {
    CAPTURE(keeps);
    World world;
    auto transaction = world.begin(world.files, "/r");
    transaction.update(path("a"), "A1");
    Applied applied = std::move(transaction).apply(world.cancel.token());
    std::unique_ptr<MemoryFileSystem> found;
    world.files.set_hook([&](std::size_t, const RecordedOperation&) {
      const Tree tree = world.tree();
      const bool marked = tree.contains(".ratchet/tx/T1/journal.kept") ||
                          tree.contains(".ratchet/tx/T1/journal.undone");
      if (marked && !found) found = world.files.after_kill();
    });
    if (keeps) {
      static_cast<void>(std::move(applied).keep());
    } else {
      std::move(applied).undo();
    }
    REQUIRE(found);
    found->put_file("/r/a", "changed since");
    Recovery recovery;
    recovery.run(*found);
    CHECK(recovery.story() == "T1 completed");
    CHECK(found->tree("/r") == Tree{{"a", "changed since"}, {"b", "B0"}});
  }
}

TEST_CASE("a journal that was taken back does not come again after the next transaction") {
  World world;
  auto first = world.begin(world.files, "/r");
  first.move(path("a"), path("m"));
  std::unique_ptr<MemoryFileSystem> found;
  bool named = false;
  world.files.set_hook([&](std::size_t, const RecordedOperation& next) {
    // Its name could not be flushed; the process dies once it has removed it.
    const bool flushes =
        next.operation == FileOperation::sync_folder && next.path == "/r/.ratchet/tx/T1";
    if (named && flushes && !found) found = world.files.after_kill();
    if (next.operation != FileOperation::remove_file || !next.path.ends_with("/journal")) return;
    named = true;
  });
  std::size_t flushes = 0;
  {
    // The flush after the journal got its name is the one that fails.
    MemoryFileSystem measured;
    measured.put_file("/r/a", "A0");
    Bench bench;
    auto same = bench.begin(measured, "/r");
    same.move(path("a"), path("m"));
    measured.set_hook([&](std::size_t, const RecordedOperation& next) {
      if (next.operation != FileOperation::sync_folder) return;
      if (next.path == "/r/.ratchet/tx/T1")
        measured.set_hook({});
      else
        ++flushes;
    });
    static_cast<void>(std::move(same).apply(bench.cancel.token()).keep());
  }
  world.files.fail_nth(FileOperation::sync_folder, flushes, EIO);
  CHECK(thrown_code([&] { static_cast<void>(std::move(first).apply(world.cancel.token())); }) ==
        "io.error");
  REQUIRE(found);
  SinceEpoch now(1h);
  static_cast<void>(world.recover(*found, RecoveryWay::automatic, now));
  Bench next;  // in the same hour, so that the first one is left alone
  auto second = Transaction::begin(*found, now, next.random, "/r", {.id = "T2"}, next.limits);
  second.remove(path("a"));
  static_cast<void>(std::move(second).apply(next.cancel.token()).keep());
  // Of what was not flushed lasts everything but that the journal went.
  for (std::size_t lost = 0; lost <= found->unflushed_names(); ++lost) {
    CAPTURE(lost);
    const auto after =
        found->after_crash([lost](std::size_t at, std::size_t) { return at != lost; });
    Recovery recovery;
    recovery.run(*after);
    CHECK_FALSE(recovery.blocked());
    CHECK(after->tree("/r") == Tree{{"b", "B0"}});
  }
}

TEST_CASE("set aside twice under one name, neither is lost") {
  World world;
  world.files.put_file("/r/.ratchet/kept/T1/0", "of before");
  const auto found = world.killed_when_applied();
  Recovery recovery;
  recovery.run(*found, RecoveryWay::forget);
  REQUIRE(recovery.results.size() == 1);
  CHECK(recovery.results[0].kept == std::vector<std::string>{".ratchet/kept/T1.2"});
  CHECK(found->tree("/r").at(".ratchet/kept/T1/0") == "of before");
  CHECK(found->tree("/r").contains(".ratchet/kept/T1.2/journal"));
}
