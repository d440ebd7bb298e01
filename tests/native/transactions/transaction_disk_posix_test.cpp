// Transactions on a real disk, and what people and systems put in their way there.
// Not on Windows: links, FIFOs, mounts and limits of a process are other things there.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "fs/disk_limits_posix.h"
#include "fs/scratch_folder.h"
#include "fs/thrown_code.h"
#include "transactions/fixed_seams.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

namespace fs = std::filesystem;
using Tree = std::map<std::string, std::string>;

/// Creates the files and keeps them; the code of the error.
std::string create_all(const fs::path& root,
                       const std::vector<std::pair<std::string, std::string>>& wanted) {
  Bench bench;
  return thrown_code([&] {
    auto transaction = bench.begin(system_files(), root);
    for (const auto& [name, content] : wanted)
      transaction.create(path(name), content);
    Applied applied = std::move(transaction).apply(bench.cancel.token());
    applied.verify();
    static_cast<void>(std::move(applied).keep());
  });
}

std::vector<std::pair<std::string, std::string>> numbered(int files, std::size_t size) {
  std::vector<std::pair<std::string, std::string>> wanted;
  wanted.reserve(static_cast<std::size_t>(files));
  for (int number = 0; number < files; ++number) {
    wanted.emplace_back("d" + std::to_string(number % 7) + "/f" + std::to_string(number),
                        std::string(size, static_cast<char>('a' + number % 26)));
  }
  return wanted;
}

}  // namespace

TEST_CASE("every name that a disk can hold is created as it stands") {
  const ScratchFolder scratch;
  const std::string longest(255, 'n');
  const std::vector<std::pair<std::string, std::string>> wanted{
      {"[a-z]*?/{x}.py", "1"},
      {" lead and trail ", "2"},
      {"-rf", "3"},
      {"--/-", "4"},
      {longest + "/" + longest, "5"},
      {"\xc3\xa4\xe2\x82\xac/\xf0\x9f\x98\x80.txt", "6"},
      {"one/same.py", "7"},
      {"two/same.py", "8"},
      {"empty", ""},
      {"$HOME/`x`/'q'\"", "9"},
  };
  CHECK(create_all(scratch.path(), wanted) == "");
  const Tree tree = scratch.tree();
  for (const auto& file : wanted) {
    CAPTURE(file.first);
    REQUIRE(tree.contains(file.first));
    CHECK(tree.at(file.first) == file.second);
  }
  CHECK_FALSE(tree.contains(".ratchet/"));
}

TEST_CASE("protected places stay closed, also where a link leads there") {
  const ScratchFolder scratch;
  fs::create_directories(scratch.path() / ".git/hooks");
  fs::create_symlink(".git/hooks", scratch.path() / "hooks");
  fs::create_symlink("/tmp", scratch.path() / "out");
  fs::create_symlink("..", scratch.path() / "up");
  const Tree before = scratch.tree();
  CHECK(create_all(scratch.path(), {{"fine", "1"}, {"hooks/pre-commit", "x"}}) == "path.protected");
  CHECK(create_all(scratch.path(), {{"fine", "1"}, {"out/x", "x"}}) == "path.outside_root");
  CHECK(create_all(scratch.path(), {{"fine", "1"}, {"up/x", "x"}}) == "path.outside_root");
  CHECK(scratch.tree() == before);
}

TEST_CASE("a link that stays inside the project is followed") {
  const ScratchFolder scratch;
  fs::create_directories(scratch.path() / "real");
  fs::create_symlink("real", scratch.path() / "alias");
  CHECK(create_all(scratch.path(), {{"alias/x", "X"}, {"alias/new/y", "Y"}}) == "");
  CHECK(scratch.get("real/x") == "X");
  CHECK(scratch.get("real/new/y") == "Y");
}

TEST_CASE("a parent swapped for a link between create and apply is not written through") {
  const ScratchFolder scratch;
  const ScratchFolder outside;
  fs::create_directories(scratch.path() / "d");
  Bench bench;
  auto transaction = bench.begin(system_files(), scratch.path());
  transaction.create(path("a"), "1");
  transaction.create(path("d/x"), "1");
  fs::remove(scratch.path() / "d");
  fs::create_symlink(outside.path(), scratch.path() / "d");
  CHECK(thrown_code([&] {
          static_cast<void>(std::move(transaction).apply(bench.cancel.token()));
        }) == "path.outside_root");
  CHECK(outside.tree().empty());
  CHECK(scratch.tree() == Tree{{"d", "-> " + outside.path().string()}});
}

TEST_CASE("a FIFO or a device in the way is refused without waiting") {
  const ScratchFolder scratch;
  REQUIRE(mkfifo((scratch.path() / "fifo").c_str(), S_IRUSR | S_IWUSR) == 0);
  const Tree before = scratch.tree();
  CHECK(create_all(scratch.path(), {{"fifo", "x"}}) == "transaction.exists");
  CHECK(create_all(scratch.path(), {{"fifo/x", "x"}}) == "io.not_a_folder");
  CHECK(scratch.tree() == before);
}

TEST_CASE("verify is not caught by a FIFO put in a file's place") {
  const ScratchFolder scratch;
  Bench bench;
  auto transaction = bench.begin(system_files(), scratch.path());
  transaction.create(path("x"), "1");
  Applied applied = std::move(transaction).apply(bench.cancel.token());
  fs::remove(scratch.path() / "x");
  REQUIRE(mkfifo((scratch.path() / "x").c_str(), S_IRUSR | S_IWUSR) == 0);
  CHECK(thrown_code([&] { applied.verify(); }) == "transaction.verify");
  CHECK(thrown_code([&] { std::move(applied).undo(); }) == "transaction.undo_incomplete");
  CHECK(scratch.tree().at("x") == "<other>");
  CHECK(scratch.tree().contains(".ratchet/tx/T1/journal"));  // for somebody to choose
}

TEST_CASE("modes follow the umask or are exactly those given") {
  const ScratchFolder scratch;
  const mode_t before = ::umask(027);
  Bench bench;
  auto transaction = bench.begin(system_files(), scratch.path());
  transaction.create(path("new/plain"), "x");
  transaction.create(path("new/script"), "x", 0755);
  static_cast<void>(std::move(transaction).apply(bench.cancel.token()).keep());
  ::umask(before);
  const auto root = system_files().open_folder(scratch.path());
  CHECK(root->status("new")->mode == 0750);
  CHECK(root->status("new/plain")->mode == 0640);
  CHECK(root->status("new/script")->mode == 0755);
}

TEST_CASE("a project that cannot be written is refused with nothing left") {
  const ScratchFolder scratch;
  scratch.put("project/old", "old");
  const fs::path project = scratch.path() / "project";
  if (geteuid() != 0) {
    fs::permissions(project, fs::perms::owner_read | fs::perms::owner_exec);
    CHECK(create_all(project, {{"x", "1"}}) == "io.permission_denied");
    fs::permissions(project, fs::perms::owner_all);
  } else {
    const Mount bound(project.c_str(), project, nullptr, MS_BIND, nullptr);
    if (!bound.mounted()) {
      say_skipped("read-only project", "this process may not mount");
      return;
    }
    const unsigned long flags = MS_BIND | MS_REMOUNT | MS_RDONLY;
    REQUIRE(::mount(nullptr, project.c_str(), nullptr, flags, nullptr) == 0);
    CHECK(create_all(project, {{"x", "1"}}) == "io.read_only");
  }
  CHECK(scratch.tree() == Tree{{"project/", ""}, {"project/old", "old"}});
}

TEST_CASE("a read-only folder inside the project undoes all") {
  const ScratchFolder scratch;
  scratch.put("sub/old", "old");
  const fs::path sub = scratch.path() / "sub";
  std::string code;
  if (geteuid() != 0) {
    fs::permissions(sub, fs::perms::owner_read | fs::perms::owner_exec);
    code = create_all(scratch.path(), {{"a", "1"}, {"new/b", "2"}, {"sub/x", "3"}});
    fs::permissions(sub, fs::perms::owner_all);
    CHECK(code == "io.permission_denied");
  } else {
    const Mount bound(sub.c_str(), sub, nullptr, MS_BIND, nullptr);
    if (!bound.mounted()) {
      say_skipped("read-only folder", "this process may not mount");
      return;
    }
    const unsigned long flags = MS_BIND | MS_REMOUNT | MS_RDONLY;
    REQUIRE(::mount(nullptr, sub.c_str(), nullptr, flags, nullptr) == 0);
    CHECK(create_all(scratch.path(), {{"a", "1"}, {"new/b", "2"}, {"sub/x", "3"}}) ==
          "io.read_only");
  }
  CHECK(scratch.tree() == Tree{{"sub/", ""}, {"sub/old", "old"}});
}

TEST_CASE("a disk full of data or of names leaves everything as before") {
  for (const char* bound : {"size=256k", "nr_inodes=60"}) {
    CAPTURE(bound);
    const ScratchFolder scratch;
    const Mount small("tmpfs", scratch.path(), "tmpfs", 0, bound);
    if (!small.mounted()) {
      say_skipped("transaction on a full disk", "this process may not mount");
      return;
    }
    scratch.put("old", "old");
    const Tree before = scratch.tree();
    CHECK(create_all(scratch.path(), numbered(200, 4096)) == "io.no_space");
    CHECK(scratch.tree() == before);
    CHECK(create_all(scratch.path(), numbered(20, 4096)).empty());  // nothing holds the space
  }
}

TEST_CASE("a target on another mount is staged beside itself, undone and kept") {
  const ScratchFolder scratch;
  const ScratchFolder elsewhere;
  fs::create_directories(scratch.path() / "m");
  const Mount bound(elsewhere.path().c_str(), scratch.path() / "m", nullptr, MS_BIND, nullptr);
  if (!bound.mounted()) {
    say_skipped("transaction over a bind mount", "this process may not mount");
    return;
  }
  const Tree before = scratch.tree();
  {
    Bench bench;
    auto transaction = bench.begin(system_files(), scratch.path());
    transaction.create(path("m/d/x"), "X");
    Applied applied = std::move(transaction).apply(bench.cancel.token());
    CHECK(elsewhere.get("d/x") == "X");
    std::move(applied).undo();
  }
  CHECK(scratch.tree() == before);
  CHECK(create_all(scratch.path(), {{"a", "A"}, {"m/d/x", "X"}}) == "");
  CHECK(elsewhere.tree() == Tree{{"d/", ""}, {"d/x", "X"}});
}

TEST_CASE("1,000 files under a limit of 64 open files") {
  const ScratchFolder scratch;
  std::string code;
  {
    const OpenFilesLimit few(64);
    code = create_all(scratch.path(), numbered(1000, 100));
  }
  CHECK(code == "");
  CHECK(scratch.tree().size() == 1000 + 7);
}

TEST_CASE("more folders than may be open are written into one after the other") {
  const ScratchFolder scratch;
  Bench bench;
  std::size_t created = 0;
  {
    const OpenFilesLimit few(16);
    auto transaction = bench.begin(system_files(), scratch.path(), Durability::none);
    for (int number = 0; number < 40; ++number) {
      transaction.create(path("d" + std::to_string(number) + "/f"), "x");
    }
    Applied applied = std::move(transaction).apply(bench.cancel.token());
    applied.verify();
    created = std::move(applied).keep().created.size();
  }
  CHECK(created == 40);
}

TEST_CASE("too few descriptors for anything are an error with nothing left") {
  for (rlim_t most = 3; most < 16; ++most) {
    const ScratchFolder scratch;
    std::string code;
    {
      const OpenFilesLimit hardly(most);
      code = create_all(scratch.path(), numbered(20, 100));
    }
    CAPTURE(most);
    CHECK((code.empty() || code == "io.too_many_open"));
    CHECK(scratch.tree().size() == (code.empty() ? 20U + 7U : 0U));
  }
}

TEST_CASE("10,000 files of 4 KiB are created and verified") {
  const ScratchFolder scratch;
  Bench bench;
  auto transaction = bench.begin(system_files(), scratch.path(), Durability::none);
  const std::string content(4096, 'x');
  for (int number = 0; number < 10000; ++number) {
    const std::string name = std::to_string(number);
    transaction.create(path("d" + name.substr(0, 2) + "/" + name), content + name);
  }
  Applied applied = std::move(transaction).apply(bench.cancel.token());
  applied.verify();
  CHECK(std::move(applied).keep().created.size() == 10000);
  CHECK(scratch.get("d12/1234") == content + "1234");
}

TEST_CASE("a .ratchet that is a link is refused, and what it leads to stays as it was") {
  const ScratchFolder scratch;
  const ScratchFolder outside;
  fs::create_symlink(outside.path(), scratch.path() / ".ratchet");
  CHECK(create_all(scratch.path(), {{"x", "1"}}) == "io.not_a_folder");
  CHECK(outside.tree().empty());
  CHECK_FALSE(fs::exists(scratch.path() / "x"));
}
