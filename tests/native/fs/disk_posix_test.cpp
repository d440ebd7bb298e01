// What only a real disk has: signals, limits, full and read-only file systems, the process's own
// state.
// Not on Windows: it has its own limits; disk_win32_test.cpp tries them.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "fs/disk_limits_posix.h"
#include "fs/file_system.h"
#include "fs/lock_posix.h"
#include "fs/resolve_posix.h"
#include "fs/scratch_folder.h"
#include "fs/thrown_code.h"

using namespace ratchet;
using ratchet::test::Mount;
using ratchet::test::OpenFilesLimit;
using ratchet::test::say_skipped;
using ratchet::test::ScratchFolder;
using ratchet::test::thrown_code;

TEST_CASE("the umask is the process's own, and asking leaves it alone") {
  const mode_t before = ::umask(027);
  const std::uint32_t asked = system_files().umask();
  const std::uint32_t again = system_files().umask();
  const mode_t after = ::umask(before);
  CHECK(asked == 027);
  CHECK(again == 027);
  CHECK(after == 027);
}

TEST_CASE("no descriptor is handed to a child") {
  const ScratchFolder scratch;
  const auto root = system_files().open_folder(scratch.path());
  const auto file = root->create("file", 0666);
  const auto lock = root->try_lock("lock", "");
  const auto sub = root->open("", Links::none);
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code ignored;
    const std::string target = std::filesystem::read_symlink(entry.path(), ignored).string();
    if (!target.starts_with(scratch.path().string())) continue;
    CAPTURE(target);
    const int number = std::stoi(entry.path().filename().string());
    CHECK((fcntl(number, F_GETFD) & FD_CLOEXEC) != 0);
  }
}

TEST_CASE("a FIFO that a user names is refused without waiting on it") {
  const ScratchFolder scratch;
  const std::string fifo = scratch.path() / "fifo";
  REQUIRE(mkfifo(fifo.c_str(), S_IRUSR | S_IWUSR) == 0);
  const auto read = [&](const char* path) {
    return thrown_code([&] { static_cast<void>(system_files().read(path, 1)); });
  };
  CHECK(read(fifo.c_str()) == "io.not_a_file");
  CHECK(read("/dev/zero") == "io.not_a_file");
}

TEST_CASE("a file without a size in its status is read to its end") {
  const std::string status = system_files().read("/proc/self/status", 1 << 20);
  CHECK(status.starts_with("Name:"));
  CHECK(status.ends_with("\n"));
}

TEST_CASE("a lock of another process is seen, and ends with it") {
  const ScratchFolder scratch;
  int ready[2];
  int finish[2];
  REQUIRE(pipe(ready) == 0);
  REQUIRE(pipe(finish) == 0);
  const pid_t child = fork();
  if (child == 0) {
    char byte = 'x';
    const auto held = system_files().open_folder(scratch.path())->try_lock("lock", "child");
    if (!held || write(ready[1], &byte, 1) != 1 || read(finish[0], &byte, 1) != 1) _exit(1);
    _exit(0);  // without unlocking: the kernel does that
  }
  char byte = 0;
  REQUIRE(read(ready[0], &byte, 1) == 1);
  const auto root = system_files().open_folder(scratch.path());
  CHECK_FALSE(root->try_lock("lock", "parent"));
  CHECK(root->read("lock", 100) == "pid " + std::to_string(child) + " child\n");
  REQUIRE(write(finish[1], &byte, 1) == 1);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(root->try_lock("lock", "parent"));
  for (const int end : {ready[0], ready[1], finish[0], finish[1]})
    close(end);
}

TEST_CASE("a lock on a file that was unlinked or replaced since its open does not count") {
  const ScratchFolder scratch;
  scratch.put("lock", "");
  const Descriptor folder(open(scratch.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const auto open_lock = [&] {
    return Descriptor(
        openat(folder.get(), "lock", O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
  };
  const Descriptor old = open_lock();
  CHECK(lock_named(old.get(), folder.get(), "lock", "lock"));
  CHECK_FALSE(lock_named(open_lock().get(), folder.get(), "lock", "lock"));
  std::filesystem::remove(scratch.path() / "lock");
  CHECK_FALSE(lock_named(old.get(), folder.get(), "lock", "lock"));
  const Descriptor anew = open_lock();
  CHECK_FALSE(lock_named(old.get(), folder.get(), "lock", "lock"));
  CHECK(lock_named(anew.get(), folder.get(), "lock", "lock"));
}

TEST_CASE("a full disk and a read-only one are told from other faults") {
  const ScratchFolder scratch;
  const Mount small("tmpfs", scratch.path(), "tmpfs", 0, "size=64k");
  if (!small.mounted()) {
    say_skipped("full disk", "this process may not mount");
    return;
  }
  {
    const auto root = system_files().open_folder(scratch.path());
    const auto file = root->create("big", 0666);
    CHECK(thrown_code([&] { file->write(std::string(1 << 20, 'x')); }) == "io.no_space");
  }
  REQUIRE(::mount("tmpfs", scratch.path().c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) == 0);
  const auto root = system_files().open_folder(scratch.path());
  const auto create = [&] { static_cast<void>(root->create("x", 0666)); };
  CHECK(thrown_code(create) == "io.read_only");
}

TEST_CASE("running out of descriptors is told from other faults") {
  const ScratchFolder scratch;
  const auto root = system_files().open_folder(scratch.path());
  std::string code;
  {
    const OpenFilesLimit none(3);
    code = thrown_code([&] { static_cast<void>(root->create("x", 0666)); });
  }
  CHECK(code == "io.too_many_open");
}

TEST_CASE("a rename to another file system says so, also where the devices are equal") {
  const ScratchFolder scratch;
  scratch.put("inner/x", "X");
  scratch.put("place/keep", "");
  const Mount bound(scratch.path().c_str(), scratch.path() / "place", nullptr, MS_BIND, nullptr);
  if (!bound.mounted()) {
    say_skipped("bind mount", "this process may not mount");
    return;
  }
  const auto root = system_files().open_folder(scratch.path());
  const auto place = root->open("place", Links::inside);
  CHECK(root->status("inner")->device == place->status("")->device);
  const auto rename = [&] { root->rename("inner/x", *place, "y", RenameMode::no_replace); };
  CHECK(thrown_code(rename) == "io.cross_device");
}
