#include "transactions/transaction.h"

#include <doctest/doctest.h>

#include <cerrno>
#include <map>
#include <string>
#include <vector>

#include "transactions/memory_world.h"
#include "transactions/staging.h"

using namespace ratchet;
using namespace ratchet::test;

TEST_CASE("nothing is visible before apply, all of it after, and keep leaves nothing else") {
  for (const Durability durability : {Durability::none, Durability::batch, Durability::full}) {
    CAPTURE(static_cast<int>(durability));
    World world;
    world.files.put_file("/r/old", "old");
    const Tree before = world.tree();
    auto transaction = world.begin(durability);
    transaction.create(path("b/c/[x] y.txt"), "1");
    transaction.create(path("a.txt"), "");
    transaction.create(path("b/a.txt"), std::string("\0\xff", 2));
    Tree visible = world.tree();
    std::erase_if(visible, [](const auto& entry) { return entry.first.starts_with(".ratchet"); });
    CHECK(visible == before);

    Applied applied = std::move(transaction).apply(world.cancel.token());
    applied.verify();
    const Changes changes = std::move(applied).keep();
    CHECK(changes.created == std::vector<std::string>{"a.txt", "b/a.txt", "b/c/[x] y.txt"});
    CHECK(changes.modified.empty());
    CHECK(changes.deleted.empty());
    CHECK(world.tree() == Tree{{"old", "old"},
                               {"a.txt", ""},
                               {"b/", ""},
                               {"b/a.txt", std::string("\0\xff", 2)},
                               {"b/c/", ""},
                               {"b/c/[x] y.txt", "1"}});
  }
}

TEST_CASE("the order on disk: flush in one batch, folders, renames, each touched folder once") {
  World world;
  world.files.put_folder("/r/there");
  auto transaction = world.begin();
  transaction.create(path("there/a"), "A");
  transaction.create(path("new/b"), "B");
  transaction.create(path("new/c"), "C");
  Applied applied = std::move(transaction).apply(world.cancel.token());
  std::vector<std::string> order;
  for (const RecordedOperation& done : world.files.operations()) {
    const std::string shown = std::string(to_string(done.operation)) + " " + done.path;
    const bool of_tree = done.path.find(".ratchet") == std::string::npos;
    const bool of_state =
        done.path.starts_with("/r/.ratchet/tx/T1/") || done.operation == FileOperation::sync_folder;
    const bool probes = done.path.ends_with("probe");
    const bool looks = shown.starts_with("status") || shown.starts_with("open") ||
                       shown.starts_with("digest") || shown.starts_with("attributes") ||
                       shown.starts_with("resolve");
    const bool counts = of_tree || of_state || done.path == "/r/.ratchet/lock";
    if (counts && !looks && !probes) order.push_back(shown);
  }
  const std::vector<std::string> expected{
      "lock /r/.ratchet/tx/T1/open",
      // staged
      "create /r/.ratchet/tx/T1/0", "write /r/.ratchet/tx/T1/0", "create /r/.ratchet/tx/T1/1",
      "write /r/.ratchet/tx/T1/1", "create /r/.ratchet/tx/T1/2", "write /r/.ratchet/tx/T1/2",
      // flushed in one batch
      "start_sync /r/.ratchet/tx/T1/0", "start_sync /r/.ratchet/tx/T1/1",
      "start_sync /r/.ratchet/tx/T1/2", "sync_file /r/.ratchet/tx/T1/0",
      "sync_file /r/.ratchet/tx/T1/1", "sync_file /r/.ratchet/tx/T1/2",
      // under the lock: the folder to come, and the names of the transaction's own folder
      "lock /r/.ratchet/lock", "make_folder /r/.ratchet/tx/T1/6", "sync_folder /r/.ratchet/tx",
      "sync_folder /r/.ratchet", "sync_folder /r",
      // the journal
      "create /r/.ratchet/tx/T1/journal.tmp", "write /r/.ratchet/tx/T1/journal.tmp",
      "sync_file /r/.ratchet/tx/T1/journal.tmp", "rename /r/.ratchet/tx/T1/journal.tmp",
      "sync_folder /r/.ratchet/tx/T1",
      // the folder comes, durably; then the files, by path
      "rename /r/.ratchet/tx/T1/6", "sync_folder /r", "rename /r/.ratchet/tx/T1/1",
      "rename /r/.ratchet/tx/T1/2", "rename /r/.ratchet/tx/T1/0",
      // each touched folder
      "sync_folder /r/there", "sync_folder /r/new", "sync_folder /r"};
  CHECK(order == expected);
}

TEST_CASE("durability none flushes nothing, full flushes each folder as it changes") {
  const auto count = [](Durability durability, FileOperation operation) {
    World world;
    auto transaction = world.begin(durability);
    for (const char* name : {"d/a", "d/b", "d/c"})
      transaction.create(path(name), "x");
    static_cast<void>(std::move(transaction).apply(world.cancel.token()).keep());
    const auto done = world.files.operations();
    return std::count_if(done.begin(), done.end(), [&](const RecordedOperation& recorded) {
      return recorded.operation == operation;
    });
  };
  CHECK(count(Durability::none, FileOperation::sync_file) == 0);
  CHECK(count(Durability::none, FileOperation::start_sync) == 0);
  CHECK(count(Durability::none, FileOperation::sync_folder) == 0);
  CHECK(count(Durability::batch, FileOperation::sync_file) == 3 + 1);  // and the journal
  // .ratchet/tx and the two above it, the journal's name, its mark; the folder to come before the
  // files in it do.
  const auto of_protocol = 3 + 1 + 1 + 1;
  CHECK(count(Durability::batch, FileOperation::sync_folder) == of_protocol + 2);
  CHECK(count(Durability::full, FileOperation::sync_folder) == of_protocol + 4);
}

TEST_CASE("files are flushed in windows, so that few are open at once") {
  World world;
  auto transaction = world.begin();
  const std::size_t files = 2 * Staging::kWindow + 1;
  for (std::size_t number = 0; number < files; ++number) {
    transaction.create(path("f" + std::to_string(number)), "x");
  }
  static_cast<void>(std::move(transaction).apply(world.cancel.token()).keep());
  std::size_t unflushed = 0;
  std::size_t most = 0;
  std::size_t flushed = 0;
  for (const RecordedOperation& done : world.files.operations()) {
    const bool of_slot = done.path.starts_with("/r/.ratchet/tx/T1/") &&
                         done.path.find("journal") == std::string::npos;
    if (of_slot && done.operation == FileOperation::create) most = std::max(most, ++unflushed);
    if (of_slot && done.operation == FileOperation::sync_file) --unflushed, ++flushed;
  }
  CHECK(flushed == files);
  CHECK(most == Staging::kWindow);
}

TEST_CASE("the work grows with the number of files and not faster") {
  const auto operations = [](int files) {
    World world;
    auto transaction = world.begin();
    for (int number = 0; number < files; ++number) {
      transaction.create(path("d" + std::to_string(number % 40) + "/f" + std::to_string(number)),
                         "x");
    }
    static_cast<void>(std::move(transaction).apply(world.cancel.token()).keep());
    return world.files.operations().size();
  };
  const std::size_t few = operations(400);
  const std::size_t many = operations(1600);
  CHECK(many < 4 * few + few / 2);
}

TEST_CASE("the mode is 0666 less the umask, or exactly the one given") {
  World world;
  auto transaction = world.begin();
  transaction.create(path("plain"), "x");
  transaction.create(path("script"), "x", 0777);
  transaction.create(path("secret"), "x", 0600);
  const Applied applied = std::move(transaction).apply(world.cancel.token());
  const auto root = world.files.open_folder("/r");
  CHECK(root->status("plain")->mode == 0644);
  CHECK(root->status("script")->mode == 0777);
  CHECK(root->status("secret")->mode == 0600);
}

TEST_CASE("a transaction that is dropped leaves nothing, at any stage") {
  World world;
  world.files.put_file("/r/old", "old");
  const Tree before = world.tree();
  { const auto begun = world.begin(); }
  CHECK(world.tree() == before);
  {
    auto staged = world.begin();
    staged.create(path("x/y"), "1");
  }
  CHECK(world.tree() == before);
  {
    auto transaction = world.begin();
    transaction.create(path("x/y"), "1");
    const Applied applied = std::move(transaction).apply(world.cancel.token());
    CHECK(world.tree().contains("x/y"));
  }
  CHECK(world.tree() == before);
  {
    auto transaction = world.begin();
    transaction.create(path("x/y"), "1");
    std::move(transaction).apply(world.cancel.token()).undo();
  }
  CHECK(world.tree() == before);
}

TEST_CASE(".ratchet stays where something else is in it") {
  World world;
  world.files.put_file("/r/.ratchet/runs/R1/record.json", "{}");
  const auto run = [&] {
    auto transaction = world.begin();
    transaction.create(path("x" + std::to_string(world.tree().size())), "1");
    static_cast<void>(std::move(transaction).apply(world.cancel.token()).keep());
  };
  run();
  CHECK(world.tree().contains(".ratchet/runs/R1/record.json"));
  CHECK(world.tree().at(".ratchet/.gitignore") == "*\n");
  CHECK_FALSE(world.tree().contains(".ratchet/tx/"));
  world.files.put_file("/r/.ratchet/.gitignore", "!mine\n");
  world.files.erase("/r/.ratchet/runs");
  run();
  CHECK(world.tree().at(".ratchet/.gitignore") == "!mine\n");
}

TEST_CASE("creating onto what exists is refused at once") {
  World world;
  world.files.put_file("/r/a.txt", "old");
  world.files.put_folder("/r/folder");
  world.files.put_link("/r/dangling", "nowhere");
  world.files.put_other("/r/fifo");
  for (const char* name : {"a.txt", "folder", "dangling", "fifo"}) {
    CAPTURE(name);
    auto transaction = world.begin();
    CHECK(thrown_code([&] { transaction.create(path(name), "new"); }) == "transaction.exists");
  }
  auto transaction = world.begin();
  CHECK(thrown_code([&] { transaction.create(path("a.txt/x"), "new"); }) == "io.not_a_folder");
  CHECK(thrown_code([&] { transaction.create(path("fifo/x"), "new"); }) == "io.not_a_folder");
  transaction.create(path("fine"), "1");  // a refusal leaves the transaction usable
  static_cast<void>(std::move(transaction).apply(world.cancel.token()).keep());
  CHECK(world.tree().at("fine") == "1");
}

TEST_CASE("an operation sees what the ones before it are about to make") {
  World world;
  auto transaction = world.begin();
  transaction.create(path("a/b"), "1");
  transaction.create(path("file"), "1");
  for (const char* name : {"a/b", "a", "file"}) {
    CAPTURE(name);
    CHECK(thrown_code([&] { transaction.create(path(name), "2"); }) == "transaction.exists");
  }
  for (const char* name : {"a/b/c", "file/x/y"}) {
    CAPTURE(name);
    CHECK(thrown_code([&] { transaction.create(path(name), "2"); }) == "io.not_a_folder");
  }
  transaction.create(path("b/b"), "2");
  static_cast<void>(std::move(transaction).apply(world.cancel.token()).keep());
  CHECK(world.tree() == Tree{{"a/", ""}, {"a/b", "1"}, {"b/", ""}, {"b/b", "2"}, {"file", "1"}});
}

TEST_CASE("files that came up since they were staged are all named, and nothing becomes visible") {
  World world;
  auto transaction = world.begin();
  for (const char* name : {"a", "b", "d/c", "d/e"})
    transaction.create(path(name), "ours");
  world.files.put_file("/r/b", "theirs");
  world.files.put_file("/r/a", "theirs");
  world.files.forget_operations();
  try {
    static_cast<void>(std::move(transaction).apply(world.cancel.token()));
    FAIL("applied onto foreign files");
  } catch (const Error& error) {
    CHECK(error.code().name() == "transaction.exists");
    CHECK(kept_paths(error) == std::vector<std::string>{"a", "b"});
  }
  CHECK(world.tree() == Tree{{"a", "theirs"}, {"b", "theirs"}});
  for (const RecordedOperation& done : world.files.operations()) {
    CHECK(done.operation != FileOperation::rename);
  }
}

TEST_CASE("a file that comes up in the last moment is not replaced, and all is undone") {
  World world;
  auto transaction = world.begin();
  for (const char* name : {"a", "d/b", "d/c"})
    transaction.create(path(name), "ours");
  world.files.set_hook([&](std::size_t, const RecordedOperation& next) {
    if (next.operation == FileOperation::rename && next.target == "/r/d/c") {
      world.files.put_file("/r/d/c", "theirs");
    }
  });
  std::string code;
  try {
    static_cast<void>(std::move(transaction).apply(world.cancel.token()));
  } catch (const Error& error) {
    code = error.code().name();
    CHECK(kept_paths(error) == std::vector<std::string>{"d"});
    CHECK(error.message().find("d/c") != std::string::npos);
  }
  CHECK(code == "transaction.undo_incomplete");  // the folder has a foreign file in it
  CHECK(world.tree() == Tree{{"d/", ""}, {"d/c", "theirs"}});
}

TEST_CASE("a parent swapped between create and apply is never written into") {
  struct Swap {
    std::string what;
    void (*swap)(MemoryFileSystem&);
    const char* code;
  };
  const std::vector<Swap> swaps{
      {"a link out of the project",
       [](MemoryFileSystem& files) { files.put_link("/r/d", "/outside"); }, "path.outside_root"},
      {"a link to another folder", [](MemoryFileSystem& files) { files.put_link("/r/d", "other"); },
       "transaction.conflict"},
      {"a link into .git", [](MemoryFileSystem& files) { files.put_link("/r/d", ".git/hooks"); },
       "path.protected"},
      {"another folder", [](MemoryFileSystem& files) { files.put_folder("/r/d"); },
       "transaction.conflict"},
      {"a file", [](MemoryFileSystem& files) { files.put_file("/r/d", "f"); },
       "transaction.exists"},
  };
  for (const Swap& swap : swaps) {
    CAPTURE(swap.what);
    World world;
    for (const char* folder : {"/r/d", "/r/other", "/r/.git/hooks", "/outside"}) {
      world.files.put_folder(folder);
    }
    auto transaction = world.begin();
    transaction.create(path("a"), "ours");
    transaction.create(path("d/x"), "ours");
    world.files.move("/r/d", "/outside/d");
    swap.swap(world.files);
    const Tree before = world.files.tree("/");
    CHECK(thrown_code([&] {
            static_cast<void>(std::move(transaction).apply(world.cancel.token()));
          }) == swap.code);
    CHECK(world.files.tree("/outside") == Tree{{"d/", ""}});
    CHECK(world.files.tree("/r/other").empty());
    CHECK(world.files.tree("/r/.git/hooks").empty());
    CHECK_FALSE(world.tree().contains("a"));
    CHECK_FALSE(world.tree().contains(".ratchet/"));
  }
}

TEST_CASE("a folder that somebody removes between create and apply is made anew") {
  World world;
  world.files.put_folder("/r/d");
  auto transaction = world.begin();
  transaction.create(path("d/x"), "ours");
  world.files.erase("/r/d");
  Applied applied = std::move(transaction).apply(world.cancel.token());
  CHECK(world.tree().at("d/x") == "ours");
  std::move(applied).undo();
  CHECK(world.tree() == Tree{});
}

TEST_CASE("a folder that somebody makes meanwhile is used, and not removed by undo") {
  World world;
  auto transaction = world.begin();
  transaction.create(path("d/x"), "ours");
  world.files.put_folder("/r/d");
  Applied applied = std::move(transaction).apply(world.cancel.token());
  CHECK(world.tree().at("d/x") == "ours");
  std::move(applied).undo();
  CHECK(world.tree() == Tree{{"d/", ""}});
}

TEST_CASE("the root's lock is held from apply to the end, and waited for in bounds") {
  World world;
  auto first = world.begin(Durability::none, "first");
  first.create(path("a"), "1");
  auto second = world.begin(Durability::none, "second");
  second.create(path("b"), "2");
  auto third = world.begin(Durability::none, "third");
  third.create(path("c"), "3");
  std::optional<Applied> holder = std::move(first).apply(world.cancel.token());
  const Tree before = world.tree();

  try {
    static_cast<void>(std::move(second).apply(world.cancel.token()));
    FAIL_CHECK("applied under somebody else's lock");
  } catch (const Error& error) {
    CHECK(error.code().name() == "transaction.locked");
    CHECK(error.message().find("pid 1 since 2023-11-14T22:13:20.000Z") != std::string::npos);
  }
  CHECK(world.clock.waited == std::chrono::milliseconds(world.limits.lock_wait_ms));
  CHECK(world.clock.waits > 20);  // in steps, so that it goes on soon after the holder has ended
  CHECK_FALSE(world.tree().contains("b"));

  world.clock.on_wait = [&] { static_cast<void>(std::move(*std::exchange(holder, {})).keep()); };
  const int waits = world.clock.waits;
  static_cast<void>(std::move(third).apply(world.cancel.token()).keep());
  CHECK(world.clock.waits == waits + 1);
  CHECK(world.tree() == Tree{{"a", "1"}, {"c", "3"}});
}

TEST_CASE("waiting for the lock ends with a cancel") {
  World world;
  auto first = world.begin(Durability::none, "first");
  auto second = world.begin(Durability::none, "second");
  second.create(path("b"), "2");
  std::optional<Applied> holder = std::move(first).apply(world.cancel.token());
  world.clock.on_wait = [&] { world.cancel.cancel(false); };
  CHECK(thrown_code([&] { static_cast<void>(std::move(second).apply(world.cancel.token())); }) ==
        "job.cancelled");
  CHECK(world.clock.waits == 1);
  holder.reset();
  CHECK(world.tree().empty());
}

TEST_CASE("an id names one transaction, and nothing but a plain folder") {
  World world;
  for (const char* id : {"", "..", "a/b", ".x", "a b", "\xc3\xa4"}) {
    CAPTURE(id);
    CHECK(thrown_code([&] { static_cast<void>(world.begin(Durability::none, id)); }) ==
          "transaction.state");
  }
  CHECK(thrown_code([&] {
          static_cast<void>(world.begin(Durability::none, std::string(65, 'x')));
        }) == "transaction.state");
  CHECK(world.tree().empty());
  const auto first = world.begin(Durability::none, std::string(64, 'x'));
  const Tree before = world.tree();
  CHECK(thrown_code([&] {
          static_cast<void>(world.begin(Durability::none, std::string(64, 'x')));
        }) == "transaction.state");
  CHECK(world.tree() == before);
}

TEST_CASE("a root that is missing or no folder is said so") {
  World world;
  world.files.put_file("/file", "");
  const auto begin = [&](const char* root) {
    return thrown_code([&] { static_cast<void>(world.Bench::begin(world.files, root)); });
  };
  CHECK(begin("/absent") == "io.not_found");
  CHECK(begin("/file") == "io.not_a_folder");
}

TEST_CASE("a used transaction and a finished change say so") {
  World world;
  auto transaction = world.begin();
  transaction.create(path("a"), "1");
  Applied applied = std::move(transaction).apply(world.cancel.token());
  CHECK(thrown_code([&] { transaction.create(path("b"), "1"); }) == "transaction.state");  // NOLINT
  CHECK(thrown_code([&] {
          static_cast<void>(std::move(transaction).apply(world.cancel.token()));  // NOLINT
        }) == "transaction.state");
  static_cast<void>(std::move(applied).keep());
  CHECK(thrown_code([&] { applied.verify(); }) == "transaction.state");  // NOLINT
  CHECK(thrown_code([&] { std::move(applied).undo(); }) == "transaction.state");
  CHECK(world.tree() == Tree{{"a", "1"}});
}
