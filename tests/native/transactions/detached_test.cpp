// A transaction begun in one process and finished in another; runs that stay; where `.ratchet` is.
#include <doctest/doctest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "fs/memory_file_system.h"
#include "fs/thrown_code.h"
#include "transactions/fixed_seams.h"
#include "transactions/home.h"
#include "transactions/scenario.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

using Tree = std::map<std::string, std::string>;

struct World : Bench {
  World() {
    files.put_file("/r/a", "A0");
    files.put_file("/r/b", "B0");
    files.put_folder("/r/d");
  }

  [[nodiscard]] Transaction begin_detached() {
    return Transaction::begin(files, clock, random, "/r", detached(), limits);
  }
  [[nodiscard]] Transaction resume(const std::string& id = "T1", const char* root = "/r") {
    auto options = detached();
    options.id = id;
    return Transaction::resume(files, clock, random, root, options, limits);
  }
  [[nodiscard]] static Transaction::Options detached() {
    return {.id = "T1", .durability = Durability::batch, .detached = true};
  }
  [[nodiscard]] std::string apply_and_keep(Transaction transaction) {
    return thrown_code(
        [&] { static_cast<void>(std::move(transaction).apply(cancel.token()).keep()); });
  }
  [[nodiscard]] Tree tree() const { return files.tree("/r"); }

  MemoryFileSystem files;
};

const Tree kOld{{"a", "A0"}, {"b", "B0"}, {"d/", ""}};

/// A run kept at a time, with a pre-image of some bytes.
void add_run(World& world, const std::string& id, const std::string& kept_at,
             const std::string& content, const Retention& retention) {
  auto transaction = world.begin(world.files, "/r", Durability::batch, id);
  transaction.update(path("a"), content);
  Applied applied = std::move(transaction).apply(world.cancel.token());
  RunSummary summary;
  summary.kept_at = kept_at;
  applied.save_run(summary, "{}", retention);
  static_cast<void>(std::move(applied).keep());
}

std::vector<std::string> runs_of(World& world) {
  std::vector<std::string> ids;
  auto state = StateFolder::find(world.files, "/r", world.random);
  if (!state) return ids;
  for (const RunSummary& run : RunFolder::list(*state))
    ids.push_back(run.id);
  return ids;
}

}  // namespace

TEST_CASE("a detached transaction goes on in another process, with all that was asked of it") {
  World world;
  auto first = world.begin_detached();
  first.update(path("a"), "A1", 0600);
  first.move(path("b"), path("d/b"));
  std::move(first).suspend();
  auto second = world.resume();
  CHECK(second.entries().size() == 2);
  second.create(path("d/n/c"), "C");
  CHECK(thrown_code([&] { second.create(path("d/b"), "x"); }) == "transaction.exists");
  CHECK(thrown_code([&] { second.update(path("b"), "x"); }) == "io.not_found");
  std::move(second).suspend();
  CHECK(world.apply_and_keep(world.resume()).empty());
  CHECK(world.tree() == Tree{{"a", "A1"}, {"d/", ""}, {"d/b", "B0"}, {"d/n/", ""}, {"d/n/c", "C"}});
  CHECK(world.files.open_folder("/r")->status("a")->mode == 0600);
}

TEST_CASE("two processes do not work with one transaction at a time") {
  World world;
  auto first = world.begin_detached();
  CHECK(thrown_code([&] { static_cast<void>(world.resume()); }) == "transaction.busy");
  std::move(first).suspend();
  auto second = world.resume();
  CHECK(thrown_code([&] { static_cast<void>(world.resume()); }) == "transaction.busy");
  std::move(second).roll_back();
  CHECK(world.tree() == kOld);
  CHECK(thrown_code([&] { static_cast<void>(world.resume()); }) == "transaction.unknown");
}

TEST_CASE("a detached one that is dropped stays; what was done since it was suspended is lost") {
  World world;
  {
    auto first = world.begin_detached();
    first.create(path("n"), "N");
    std::move(first).suspend();
    auto second = world.resume();
    second.create(path("m"), "M");
  }
  auto third = world.resume();
  REQUIRE(third.entries().size() == 1);
  CHECK(third.entries()[0].path == "n");
  third.create(path("o"), "O");  // in a slot that nothing uses
  CHECK(world.apply_and_keep(std::move(third)).empty());
  CHECK(world.tree().at("n") == "N");
  CHECK(world.tree().at("o") == "O");
  CHECK_FALSE(world.tree().contains("m"));
  CHECK_FALSE(world.tree().contains(".ratchet/"));
}

TEST_CASE("a detached one whose apply was killed before it had a journal is applied by the next") {
  World world;
  auto first = world.begin_detached();
  first.update(path("a"), "A1");
  first.make_folder(path("f"));
  std::move(first).suspend();
  const auto whole = world.files.after_kill();
  std::size_t tried = 0;
  const auto apply_on = [](MemoryFileSystem& files) {
    Bench bench;
    auto options = World::detached();
    auto resumed = Transaction::resume(files, bench.clock, bench.random, "/r", options, {});
    static_cast<void>(std::move(resumed).apply(bench.cancel.token()).keep());
  };
  std::vector<std::unique_ptr<MemoryFileSystem>> killed;
  bool has_journal = false;
  whole->set_hook([&](std::size_t, const RecordedOperation& next) {
    has_journal = has_journal || whole->tree("/r").contains(".ratchet/tx/T1/journal");
    if (!has_journal && changes_disk(next.operation)) killed.push_back(whole->after_kill());
  });
  apply_on(*whole);
  whole->set_hook({});
  for (const auto& files : killed) {
    ++tried;
    apply_on(*files);
    CHECK(files->tree("/r") == Tree{{"a", "A1"}, {"b", "B0"}, {"d/", ""}, {"f/", ""}});
  }
  CHECK(tried > 10);
}

TEST_CASE("what cannot be resumed says why") {
  World world;
  CHECK(thrown_code([&] { static_cast<void>(world.resume()); }) == "transaction.unknown");
  const auto open = world.begin(world.files, "/r", Durability::batch, "T2");
  const auto copy = world.files.after_kill();
  Bench bench;
  CHECK(thrown_code([&] {
          static_cast<void>(Transaction::resume(*copy, bench.clock, bench.random, "/r",
                                                {.id = "T2"}, bench.limits));
        }) == "transaction.state");
  auto first = world.begin_detached();
  first.create(path("n"), "N");
  std::move(first).suspend();
  world.files.put_file("/r/.ratchet/tx/T1/operations", "torn");
  CHECK(thrown_code([&] { static_cast<void>(world.resume()); }) == "transaction.state");
}

TEST_CASE("a slot that a power loss has emptied since is not applied") {
  World world;
  auto first = world.begin_detached();
  first.create(path("n"), "N");
  std::move(first).suspend();
  world.files.write_into("/r/.ratchet/tx/T1/0", "");
  CHECK(world.apply_and_keep(world.resume()) == "transaction.state");
  CHECK_FALSE(world.tree().contains("n"));
}

TEST_CASE("a file changed since it was staged in another process is a conflict") {
  World world;
  auto first = world.begin_detached();
  first.update(path("a"), "A1");
  std::move(first).suspend();
  world.files.put_file("/r/a", "theirs");
  CHECK(world.apply_and_keep(world.resume()) == "transaction.conflict");
  CHECK(world.tree() == Tree{{"a", "theirs"}, {"b", "B0"}, {"d/", ""}});
}

TEST_CASE("a run inside a run on the same home is refused at once, on another home it is not") {
  World world;
  auto outer = world.begin(world.files, "/r");
  outer.create(path("n"), "N");
  const Applied applied = std::move(outer).apply(world.cancel.token());
  auto inner = Transaction::begin(world.files, world.clock, world.random, "/r/d",
                                  {.id = "T2", .parent_mark = applied.mark()}, world.limits);
  inner.create(path("x"), "X");
  CHECK(world.apply_and_keep(std::move(inner)).empty());  // /r/d is a home of its own
  auto nested = Transaction::begin(world.files, world.clock, world.random, "/r",
                                   {.id = "T3", .parent_mark = applied.mark()}, world.limits);
  nested.create(path("y"), "Y");
  CHECK(world.apply_and_keep(std::move(nested)) == "transaction.nested");
  CHECK(world.clock.waits == 0);
}

TEST_CASE(
    "the home is the nearest folder above that is a project, on the same mount, of an owner") {
  MemoryFileSystem files;
  for (const char* folder : {"/p/.git", "/p/q/r", "/p/m", "/p/f/g", "/lone/x"})
    files.put_folder(folder);
  files.put_file("/p/q/ratchet.yaml", "");
  files.put_folder("/p/s");
  files.put_file("/p/s/.git", "gitdir: elsewhere");  // as in a worktree
  files.add_mount("/p/m");
  files.put_folder("/p/m/n");
  files.put_folder("/h/.git");
  files.put_folder("/h/k");
  files.set_owner("/h", 7);
  struct Case {
    const char* root;
    const char* home;
    const char* base;
  };
  const std::vector<Case> cases{
      {"/p", "/p", ""},         {"/p/q", "/p/q", ""},    {"/p/q/r", "/p/q", "r"},
      {"/p/s", "/p/s", ""},     {"/p/f/g", "/p", "f/g"}, {"/lone/x", "/lone/x", ""},
      {"/p/m/n", "/p/m/n", ""}, {"/h/k", "/h/k", ""},    {"/p/.git", "/p/.git", ""}};
  for (const Case& row : cases) {
    CAPTURE(std::string(row.root));
    const Home home = find_home(files, row.root);
    CHECK(home.path == row.home);
    CHECK(home.base == row.base);
  }
  CHECK(Home{"/p", "f/g"}.from_root(".ratchet/x") == "../../.ratchet/x");
}

TEST_CASE("roots beneath one home share its state, its lock and its recovery") {
  World world;
  world.files.put_folder("/r/.git");
  auto transaction = world.begin(world.files, "/r/d");
  transaction.create(path("n"), "N");
  const Applied applied = std::move(transaction).apply(world.cancel.token());
  CHECK(world.tree().contains(".ratchet/tx/T1/journal"));
  CHECK(applied.state_path("runs/T1") == "../.ratchet/runs/T1");
  auto other = world.begin(world.files, "/r", Durability::batch, "T2");
  other.create(path("m"), "M");
  CHECK(world.apply_and_keep(std::move(other)) == "transaction.locked");
  const auto found = world.files.after_kill();
  Recovery recovery;
  recovery.run(*found);
  CHECK(recovery.story() == "T1 undone");
  CHECK_FALSE(found->tree("/r").contains("d/n"));
}

TEST_CASE("a run that is undone leaves nothing of itself, one that is kept can be looked at") {
  World world;
  auto transaction = world.begin(world.files, "/r");
  transaction.update(path("a"), "A1");
  transaction.remove(path("b"));
  Applied applied = std::move(transaction).apply(world.cancel.token());
  applied.save_run({}, "{}", {});
  CHECK(world.tree().contains(".ratchet/runs/T1/before/0"));
  std::move(applied).undo();
  CHECK(world.tree() == kOld);
  add_run(world, "T2", "2023-11-01T00:00:00.000Z", "A2", {});
  auto state = StateFolder::find(world.files, "/r", world.random);
  REQUIRE(state);
  const auto summary = RunFolder::summary(*state, "T2");
  REQUIRE(summary);
  CHECK(summary->modified == 1);
  CHECK(summary->bytes == 2);
  CHECK_FALSE(summary->undone);
  CHECK(RunFolder::entries(*state, "T2").at(0).path == "a");
  CHECK(RunFolder::pre_images(*state, "T2")->read("0", 9) == "A0");
  RunFolder::mark_undone(*state, "T2");
  CHECK(RunFolder::summary(*state, "T2")->undone);
  CHECK(thrown_code([&] { static_cast<void>(RunFolder::entries(*state, "T9")); }) == "run.unknown");
  world.files.put_file("/r/.ratchet/runs/T2/undo.json", "{");
  CHECK(thrown_code([&] { static_cast<void>(RunFolder::entries(*state, "T2")); }) == "run.damaged");
  RunFolder::remove(*state, "T2");
  CHECK_FALSE(RunFolder::exists(*state, "T2"));
}

TEST_CASE("runs are kept as long as retention says, the newest one always") {
  struct Case {
    std::string what;
    Retention retention;
    std::vector<std::string> left;
  };
  const std::vector<Case> cases{
      {"all", {}, {"T4", "T3", "T2", "T1"}},
      {"two", {.days = 30, .runs = 2}, {"T4", "T3"}},
      {"none, and yet the newest", {.days = 30, .runs = 0}, {"T4"}},
      {"ten days", {.days = 10}, {"T4", "T3"}},
      {"eleven bytes of pre-images", {.days = 30, .runs = 200, .bytes = 11}, {"T4", "T3"}},
  };
  for (const Case& row : cases) {
    CAPTURE(row.what);
    World world;  // its clock says 2023-11-14
    add_run(world, "T1", "2023-11-01T00:00:00.000Z", "12345", {});
    add_run(world, "T2", "2023-11-02T00:00:00.000Z", "54321", {});
    add_run(world, "T3", "2023-11-05T00:00:00.000Z", "123456", {});
    add_run(world, "T4", "2023-11-14T00:00:00.000Z", "last", row.retention);
    CHECK(runs_of(world) == row.left);
    for (const std::string id : {"T1", "T2", "T3", "T4"}) {
      const bool stays = std::find(row.left.begin(), row.left.end(), id) != row.left.end();
      CHECK(world.tree().contains(".ratchet/runs/" + id + "/") == stays);
    }
  }
}
