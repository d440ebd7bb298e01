// What only Windows has: names that it reads otherwise, long paths, files that others hold.
#include <doctest/doctest.h>
#include <windows.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "core/hash.h"
#include "fs/hold_win32.h"
#include "fs/nt_file_win32.h"
#include "fs/resolve_win32.h"
#include "fs/scratch_folder.h"
#include "fs/thrown_code.h"
#include "transactions/fixed_seams.h"

using namespace ratchet;
using ratchet::test::hold;
using ratchet::test::say_skipped;
using ratchet::test::ScratchFolder;
using ratchet::test::thrown_code;

namespace {

constexpr std::uint64_t kPlenty = 1 << 20;

/// The lock that a file is locked by, held as whoever only looks at it holds it for a moment.
class LookAtLock {
 public:
  explicit LookAtLock(const std::filesystem::path& path) : file_(hold(path, kShareAll)) {
    OVERLAPPED range = place();
    REQUIRE(LockFileEx(file_.get(), LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &range) != FALSE);
  }
  void end() {
    OVERLAPPED range = place();
    UnlockFileEx(file_.get(), 0, 1, 0, &range);
  }

 private:
  /// The byte at 2^62.
  static OVERLAPPED place() {
    OVERLAPPED range{};
    range.OffsetHigh = DWORD{1} << 30;
    return range;
  }
  Handle file_;
};

}  // namespace

TEST_CASE("a name that Windows reads otherwise, or cannot hold, is refused") {
  const ScratchFolder scratch;
  const auto root = system_files().open_folder(scratch.path());
  for (const char* name : {"a:b", "a.txt:stream:$DATA", "nul", "CON.txt", "com1", "aux.c", "end.",
                           "end ", "a\\b", "a*", "what?", "<", "tab\there", "a\xff", "sub./x"}) {
    CAPTURE(name);
    CHECK(thrown_code([&] { static_cast<void>(root->create(name, 0666)); }) == "path.invalid");
    CHECK(thrown_code([&] { static_cast<void>(root->status(name)); }) == "path.invalid");
  }
  CHECK(scratch.tree().empty());
}

TEST_CASE("paths of far more than 260 characters are written, read, listed and removed") {
  const ScratchFolder scratch;
  const auto root = system_files().open_folder(scratch.path());
  std::string path;
  for (int depth = 0; depth < 8; ++depth) {
    path += (depth == 0 ? "" : "/") + std::string(100, static_cast<char>('a' + depth));
    root->make_folder(path, 0777);
  }
  const auto whole = scratch.path() / path;
  root->create(path + "/file", 0666)->write("deep");
  CHECK(root->read(path + "/file", kPlenty) == "deep");
  CHECK(system_files().read(whole / "file", kPlenty) == "deep");
  CHECK(system_files().open_folder(whole)->list("").size() == 1);
  root->remove_file(path + "/file");
  while (!path.empty()) {
    root->remove_folder(path);
    path.resize(path.find_last_of('/') == std::string::npos ? 0 : path.find_last_of('/'));
  }
}

TEST_CASE("a path that is longer than Windows can take is one clear error") {
  const std::string path = "C:\\" + std::string(33'000, 'x');
  CHECK(thrown_code([&] { static_cast<void>(system_files().status(path)); }) == "path.invalid");
  CHECK(thrown_code([&] { static_cast<void>(system_files().open_folder(path)); }) ==
        "path.invalid");
}

TEST_CASE("a root and names that are not ASCII are found under their own names") {
  const ScratchFolder scratch;
  const std::string name = "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80";
  scratch.put(name + "/" + name, "x");
  const auto folder = system_files().open_folder(scratch.path() / name);
  REQUIRE(folder->list("").size() == 1);
  CHECK(folder->list("")[0].name == name);
  CHECK(folder->read(name, kPlenty) == "x");
  CHECK(system_files().canonical(scratch.path() / name).filename().string() == name);
}

TEST_CASE("names are equal but for case, and kept as they were written") {
  const ScratchFolder scratch;
  const auto root = system_files().open_folder(scratch.path());
  root->create("Name", 0666)->write("x");
  CHECK(root->read("nAME", kPlenty) == "x");
  CHECK(thrown_code([&] { static_cast<void>(root->create("name", 0666)); }) ==
        "transaction.exists");
  root->rename("name", *root, "NAME", RenameMode::replace);
  const std::string now = root->list("")[0].name;
  if (now == "Name") {
    say_skipped("a rename that changes case alone", "this system takes both for one name");
    return;
  }
  CHECK(now == "NAME");
}

TEST_CASE("what another program holds is waited for, for a bounded time, and then an error") {
  const ScratchFolder scratch;
  scratch.put("held", "x");
  test::WaitingClock clock;
  const auto files = make_win32_files(clock);
  const auto root = files->open_folder(scratch.path());
  Handle holder = hold(scratch.path() / "held", 0);
  REQUIRE(holder.is_open());
  CHECK(thrown_code([&] { static_cast<void>(root->read("held", kPlenty)); }) == "io.in_use");
  CHECK(thrown_code([&] { root->remove_file("held"); }) == "io.in_use");
  CHECK(thrown_code([&] { root->rename("held", *root, "b", RenameMode::no_replace); }) ==
        "io.in_use");
  CHECK(clock.waited > std::chrono::milliseconds(0));
  CHECK(clock.waited < std::chrono::seconds(3));
  clock.on_wait = [&] { holder.close(); };
  CHECK(root->read("held", kPlenty) == "x");
  CHECK(scratch.get("held") == "x");
}

TEST_CASE("a read-only file is removed as on other systems, and says so in its mode") {
  const ScratchFolder scratch;
  const auto root = system_files().open_folder(scratch.path());
  root->create("fixed", 0444)->write("x");
  CHECK(root->status("fixed")->mode == 0444);
  CHECK((GetFileAttributesW((scratch.path() / "fixed").c_str()) & FILE_ATTRIBUTE_READONLY) != 0);
  root->remove_file("fixed");
  CHECK(scratch.tree().empty());
}

TEST_CASE("a copy is hidden as its model is") {
  const ScratchFolder scratch;
  for (const char* name : {"model", "plain", "copy"})
    scratch.put(name, "x");
  const auto root = system_files().open_folder(scratch.path());
  const auto is_hidden = [&](const char* name) {
    return (GetFileAttributesW((scratch.path() / name).c_str()) & FILE_ATTRIBUTE_HIDDEN) != 0;
  };
  SetFileAttributesW((scratch.path() / "model").c_str(), FILE_ATTRIBUTE_HIDDEN);
  root->copy_attributes("copy", *root, "model");
  CHECK(is_hidden("copy"));
  root->copy_attributes("copy", *root, "plain");
  CHECK_FALSE(is_hidden("copy"));
}

TEST_CASE("a hidden file stays hidden when it becomes read-only") {
  const ScratchFolder scratch;
  const auto root = system_files().open_folder(scratch.path());
  const auto file = root->create("file", 0666);
  SetFileAttributesW((scratch.path() / "file").c_str(), FILE_ATTRIBUTE_HIDDEN);
  file->set_mode(0444);
  CHECK((GetFileAttributesW((scratch.path() / "file").c_str()) & FILE_ATTRIBUTE_HIDDEN) != 0);
  file->set_mode(0644);
  CHECK(root->status("file")->mode == 0644);
}

TEST_CASE("a path is resolved as the disk spells it, with slashes") {
  const ScratchFolder scratch;
  scratch.put("Outer/Inner/file", "x");
  const auto root = system_files().open_folder(scratch.path());
  CHECK(root->resolve("oUTER/inner") == "Outer/Inner");
  CHECK(root->resolve("Outer") == "Outer");
}

TEST_CASE("a user's path may be an extended one, and may hold no NUL") {
  const ScratchFolder scratch;
  scratch.put("file", "x");
  const std::filesystem::path extended(LR"(\\?\)" + scratch.path().wstring());
  CHECK(system_files().read(extended / "file", kPlenty) == "x");
  CHECK(system_files().open_folder(extended)->list("").size() == 1);
  const std::string cut = scratch.path().string() + std::string("\\file\0.txt", 10);
  CHECK(thrown_code([&] { static_cast<void>(system_files().status(cut)); }) == "path.invalid");
}

TEST_CASE("a name with half a character is refused in a listing, and named by none") {
  const ScratchFolder scratch;
  const std::wstring half{L'a', static_cast<wchar_t>(0xD800)};
  const Handle made(CreateFileW((scratch.path() / half).c_str(), GENERIC_WRITE, kShareAll, nullptr,
                                CREATE_NEW, FILE_ATTRIBUTE_NORMAL | FILE_FLAG_DELETE_ON_CLOSE,
                                nullptr));
  const auto root = system_files().open_folder(scratch.path());
  const auto list = [&] { static_cast<void>(root->list("")); };
  CHECK(thrown_code([&] { static_cast<void>(root->create("a\xed\xa0\x80", 0666)); }) ==
        "path.invalid");
  if (!made.is_open()) {
    say_skipped("a name with half a character", "this system makes none");
    return;
  }
  CHECK(thrown_code(list) == "path.invalid");
}

TEST_CASE("a file's time is that of its last change") {
  const ScratchFolder scratch;
  scratch.put("file", "x");
  const auto status = system_files().open_folder(scratch.path())->status("file");
  const std::chrono::nanoseconds time(status->modified_ns);
  const std::chrono::nanoseconds now = std::chrono::system_clock::now().time_since_epoch();
  CHECK(time > now - std::chrono::hours(1));
  CHECK(time < now + std::chrono::hours(1));
}

TEST_CASE("the machine has a name that says nothing of it, the same each time") {
  const std::string host = system_files().host();
  CHECK(host.size() == 64);
  CHECK(host.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(host != to_hex(sha256("ratchet host ")));
  CHECK(host == make_win32_files(system_clock())->host());
}

TEST_CASE("what somebody keeps from being removed is in use, and nobody waits to find that out") {
  const ScratchFolder scratch;
  scratch.put("folder/file", "x");
  test::WaitingClock clock;
  const auto files = make_win32_files(clock);
  const auto root = files->open_folder(scratch.path());
  for (const char* name : {"folder/file", "folder"}) {
    CAPTURE(name);
    for (const DWORD share : {DWORD{0}, DWORD{FILE_SHARE_READ | FILE_SHARE_WRITE}}) {
      CAPTURE(share);
      const Handle holder = hold(scratch.path() / name, share);
      REQUIRE(holder.is_open());
      CHECK(root->is_in_use(name));
    }
    const Handle harmless = hold(scratch.path() / name, kShareAll);
    REQUIRE(harmless.is_open());
    CHECK_FALSE(root->is_in_use(name));
  }
  CHECK(clock.waits == 0);
}

TEST_CASE("a read-only file that loses one of its names is read-only under the others") {
  const ScratchFolder scratch;
  const auto root = system_files().open_folder(scratch.path());
  root->create("one", 0444)->write("x");
  root->add_name("one", *root, "two");
  root->remove_file("one");
  REQUIRE(root->status("two"));
  CHECK(root->status("two")->mode == 0444);
  CHECK_FALSE(root->status("one"));
}

TEST_CASE("a lock is taken although somebody looks at it just then") {
  const ScratchFolder scratch;
  scratch.put("lock", "");
  test::WaitingClock clock;
  const auto files = make_win32_files(clock);
  const auto root = files->open_folder(scratch.path());
  LookAtLock look(scratch.path() / "lock");
  CHECK_FALSE(root->try_lock("lock", "while it is looked at"));
  CHECK(clock.waited < std::chrono::seconds(1));
  clock.on_wait = [&] { look.end(); };
  CHECK(root->try_lock("lock", "after the look"));
  CHECK(root->is_locked("lock") == false);
}

TEST_CASE("a lock is not taken on a file that lost its name to another meanwhile") {
  const ScratchFolder scratch;
  scratch.put("lock", "");
  test::WaitingClock clock;
  const auto files = make_win32_files(clock);
  const auto root = files->open_folder(scratch.path());
  LookAtLock look(scratch.path() / "lock");
  clock.on_wait = [&] {
    if (clock.waits != 1) return;
    root->rename("lock", *root, "old", RenameMode::no_replace);
    scratch.put("lock", "");
    look.end();
  };
  CHECK_FALSE(root->try_lock("lock", "the old one"));
  CHECK(root->try_lock("lock", "the new one"));
}

TEST_CASE("a folder says that it hands its access list on") {
  const ScratchFolder scratch;
  CHECK(system_files().open_folder(scratch.path())->gives_attributes());
}

TEST_CASE("a lock that is held is refused without a wait") {
  const ScratchFolder scratch;
  test::WaitingClock clock;
  const auto files = make_win32_files(clock);
  const auto root = files->open_folder(scratch.path());
  const auto held = root->try_lock("lock", "first");
  REQUIRE(held);
  CHECK_FALSE(root->try_lock("lock", "second"));
  CHECK(clock.waits == 0);
}

TEST_CASE("looking at a lock all the time keeps nobody from taking it") {
  const ScratchFolder scratch;
  scratch.put("lock", "");
  std::atomic<bool> ends = false;
  std::thread looks([&] {
    const auto folder = system_files().open_folder(scratch.path());
    while (!ends)
      static_cast<void>(folder->is_locked("lock"));
  });
  const auto folder = system_files().open_folder(scratch.path());
  constexpr int kTries = 500;
  int taken = 0;
  for (int number = 0; number < kTries; ++number) {
    if (folder->try_lock("lock", "again")) ++taken;
  }
  ends = true;
  looks.join();
  CHECK(taken == kTries);
}

TEST_CASE("a file never replaces a folder") {
  const ScratchFolder scratch;
  scratch.put("file", "x");
  const auto root = system_files().open_folder(scratch.path());
  root->make_folder("folder", 0777);
  CHECK(thrown_code([&] { root->rename("file", *root, "folder", RenameMode::replace); }) ==
        "io.permission_denied");
  CHECK(root->list("").size() == 2);
}

TEST_CASE("a folder is no lock") {
  const ScratchFolder scratch;
  scratch.put("folder/file", "x");
  const auto root = system_files().open_folder(scratch.path());
  CHECK(thrown_code([&] { static_cast<void>(root->try_lock("folder", "me")); }) == "io.not_a_file");
}

TEST_CASE("a link is refused with a word on what is missing") {
  const ScratchFolder scratch;
  const auto root = system_files().open_folder(scratch.path());
  try {
    root->make_link("link", "target");
    FAIL_CHECK("made");
  } catch (const Error& error) {
    CHECK(error.code().name() == "io.unsupported");
    CHECK(error.message() == "cannot make link \"link\" on Windows");
  }
  CHECK(scratch.tree().empty());
}
