// What files and folders carry beside their bytes, on a real disk.
// Not on Windows: it has neither owners to give, permission bits nor extended attributes.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <map>
#include <optional>
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

/// Does the work in a transaction and keeps it.
template <typename Work>
std::string keep(const fs::path& root, Work work) {
  Bench bench;
  return thrown_code([&] {
    auto transaction = bench.begin(system_files(), root);
    work(transaction);
    Applied applied = std::move(transaction).apply(bench.cancel.token());
    applied.verify();
    static_cast<void>(std::move(applied).keep());
  });
}

std::optional<std::string> attribute(const fs::path& path, const char* name) {
  std::string value(256, '\0');
  const ssize_t size = ::lgetxattr(path.c_str(), name, value.data(), value.size());
  if (size < 0) return std::nullopt;
  value.resize(static_cast<std::size_t>(size));
  return value;
}

bool set_attribute(const fs::path& path, const char* name, const std::string& value) {
  return ::lsetxattr(path.c_str(), name, value.data(), value.size(), 0) == 0;
}

struct stat status_of(const fs::path& path) {
  struct stat status {};
  REQUIRE(::lstat(path.c_str(), &status) == 0);
  return status;
}

/// An access list as the kernel keeps it: user rwx, user `uid` as told, group r, mask rwx, other
/// none (linux/posix_acl_xattr.h: version 2, then tag, permissions, id of each entry).
std::string access_list(std::uint32_t uid, std::uint16_t permissions) {
  constexpr std::uint32_t kNobody = 0xffffffff;
  struct Entry {
    std::uint16_t tag;
    std::uint16_t permissions;
    std::uint32_t id;
  };
  const std::vector<Entry> entries{{0x01, 7, kNobody},
                                   {0x02, permissions, uid},
                                   {0x04, 4, kNobody},
                                   {0x10, 7, kNobody},
                                   {0x20, 0, kNobody}};
  std::string list("\x02\0\0\0", 4);
  for (const Entry& entry : entries) {
    const auto put = [&list](std::uint32_t value, int bytes) {
      for (int at = 0; at < bytes; ++at)
        list += static_cast<char>(value >> (8 * at) & 0xff);
    };
    put(entry.tag, 2);
    put(entry.permissions, 2);
    put(entry.id, 4);
  }
  return list;
}

constexpr const char* kAccess = "system.posix_acl_access";
constexpr const char* kDefault = "system.posix_acl_default";

}  // namespace

TEST_CASE("an update keeps the mode, the inode of the old file becomes the pre-image") {
  const ScratchFolder scratch;
  scratch.put("a", "old");
  ::chmod((scratch.path() / "a").c_str(), 04751);
  CHECK(keep(scratch.path(), [](Transaction& t) { t.update(path("a"), "new"); }).empty());
  CHECK(scratch.get("a") == "new");
  CHECK((status_of(scratch.path() / "a").st_mode & 07777) == 04751);
  CHECK(keep(scratch.path(), [](Transaction& t) { t.update(path("a"), "new", 0640); }).empty());
  CHECK((status_of(scratch.path() / "a").st_mode & 07777) == 0640);
}

TEST_CASE("undo gives back the very file, with all it carries") {
  const ScratchFolder scratch;
  scratch.put("a", "old");
  scratch.put("d/b", "old");
  ::chmod((scratch.path() / "a").c_str(), 0601);
  ::chmod((scratch.path() / "d").c_str(), 0710);
  const struct stat before = status_of(scratch.path() / "a");
  Bench bench;
  auto transaction = bench.begin(system_files(), scratch.path());
  transaction.update(path("a"), "new", 0755);
  transaction.move(path("d"), path("e"));
  Applied applied = std::move(transaction).apply(bench.cancel.token());
  CHECK((status_of(scratch.path() / "e").st_mode & 07777) == 0710);
  std::move(applied).undo();
  const struct stat after = status_of(scratch.path() / "a");
  CHECK(after.st_ino == before.st_ino);
  CHECK(after.st_mode == before.st_mode);
  CHECK(after.st_mtim.tv_nsec == before.st_mtim.tv_nsec);
  CHECK((status_of(scratch.path() / "d").st_mode & 07777) == 0710);
  CHECK(scratch.tree() == Tree{{"a", "old"}, {"d/", ""}, {"d/b", "old"}});
}

TEST_CASE("an update keeps the owner and the group") {
  if (geteuid() != 0) {
    say_skipped("owner of an updated file", "only root can give files away");
    return;
  }
  const ScratchFolder scratch;
  scratch.put("a", "old");
  REQUIRE(::chown((scratch.path() / "a").c_str(), 1234, 2345) == 0);
  ::chmod((scratch.path() / "a").c_str(), 06755);
  CHECK(keep(scratch.path(), [](Transaction& t) { t.update(path("a"), "new"); }).empty());
  const struct stat status = status_of(scratch.path() / "a");
  CHECK(status.st_uid == 1234);
  CHECK(status.st_gid == 2345);
  CHECK((status.st_mode & 07777) == 06755);
}

TEST_CASE("an update keeps extended attributes and the access list; a copy to elsewhere too") {
  const ScratchFolder scratch;
  scratch.put("a", "old");
  const fs::path file = scratch.path() / "a";
  const bool attributes = set_attribute(file, "user.ratchet", "mark");
  const bool lists = set_attribute(file, kAccess, access_list(4321, 6));
  if (!attributes) say_skipped("extended attributes", "this file system has none");
  if (!lists) say_skipped("access lists", "this file system has none");
  if (!attributes && !lists) return;
  const mode_t mode = status_of(file).st_mode;
  CHECK(keep(scratch.path(), [](Transaction& t) { t.update(path("a"), "new"); }).empty());
  CHECK(scratch.get("a") == "new");
  CHECK(status_of(file).st_mode == mode);
  if (attributes) CHECK(attribute(file, "user.ratchet") == "mark");
  if (lists) CHECK(attribute(file, kAccess) == access_list(4321, 6));
  scratch.put("b", "other");
  CHECK(keep(scratch.path(),
             [](Transaction& t) {  // both are staged as copies
               t.move(path("a"), path("t"));
               t.move(path("b"), path("a"));
               t.move(path("t"), path("b"));
             })
            .empty());
  CHECK(scratch.get("b") == "new");
  if (attributes) CHECK(attribute(scratch.path() / "b", "user.ratchet") == "mark");
  if (lists) CHECK(attribute(scratch.path() / "b", kAccess) == access_list(4321, 6));
  if (attributes) CHECK_FALSE(attribute(file, "user.ratchet").has_value());
}

TEST_CASE("what is made in a folder with a default access list gets it, as if made there") {
  const ScratchFolder scratch;
  fs::create_directories(scratch.path() / "d");
  const fs::path folder = scratch.path() / "d";
  if (!set_attribute(folder, kDefault, access_list(4321, 7))) {
    say_skipped("default access lists", "this file system has none");
    return;
  }
  scratch.put("d/by hand", "x");
  fs::create_directories(folder / "folder by hand");
  CHECK(keep(scratch.path(), [](Transaction& t) {
          t.create(path("d/ours"), "x");
          t.create(path("d/folder of ours/ours"), "x");
        }).empty());
  CHECK(attribute(folder / "ours", kAccess) == attribute(folder / "by hand", kAccess));
  CHECK(status_of(folder / "ours").st_mode == status_of(folder / "by hand").st_mode);
  const fs::path made = folder / "folder of ours";
  const fs::path by_hand = folder / "folder by hand";
  CHECK(attribute(made, kDefault) == attribute(by_hand, kDefault));
  CHECK(attribute(made, kAccess) == attribute(by_hand, kAccess));
  CHECK(status_of(made).st_mode == status_of(by_hand).st_mode);
}

TEST_CASE("what is made in a setgid folder gets its group, and folders the bit") {
  if (geteuid() != 0) {
    say_skipped("setgid folder", "only root has groups to give");
    return;
  }
  const ScratchFolder scratch;
  fs::create_directories(scratch.path() / "d");
  REQUIRE(::chown((scratch.path() / "d").c_str(), 0, 2345) == 0);
  REQUIRE(::chmod((scratch.path() / "d").c_str(), 02775) == 0);
  CHECK(keep(scratch.path(), [](Transaction& t) {
          t.create(path("d/file"), "x");
          t.make_folder(path("d/folder"));
        }).empty());
  CHECK(status_of(scratch.path() / "d/file").st_gid == 2345);
  CHECK(status_of(scratch.path() / "d/folder").st_gid == 2345);
  CHECK((status_of(scratch.path() / "d/folder").st_mode & S_ISGID) != 0);
}

TEST_CASE("an updated file that has other names is told of, and those keep the old content") {
  const ScratchFolder scratch;
  scratch.put("a", "old");
  fs::create_hard_link(scratch.path() / "a", scratch.path() / "b");
  Bench bench;
  auto transaction = bench.begin(system_files(), scratch.path());
  transaction.update(path("a"), "new");
  CHECK(transaction.hard_linked() == std::vector<std::string>{"a"});
  static_cast<void>(std::move(transaction).apply(bench.cancel.token()).keep());
  CHECK(scratch.tree() == Tree{{"a", "new"}, {"b", "old"}});
}

TEST_CASE("names as long as a disk allows are updated, moved and removed") {
  const ScratchFolder scratch;
  const std::string long_name(255, 'n');
  const std::string other(255, 'm');
  scratch.put(long_name + "/" + long_name, "old");
  CHECK(keep(scratch.path(), [&](Transaction& t) {
          t.update(path(long_name + "/" + long_name), "new");
          t.move(path(long_name), path(other));
        }).empty());
  CHECK(scratch.tree() == Tree{{other + "/", ""}, {other + "/" + long_name, "new"}});
  CHECK(keep(scratch.path(), [&](Transaction& t) { t.remove(path(other)); }).empty());
  CHECK(scratch.tree().empty());
}

TEST_CASE("links are moved and removed as links, and followed only when asked") {
  const ScratchFolder scratch;
  scratch.put("real", "old");
  fs::create_symlink("real", scratch.path() / "alias");
  fs::create_symlink("nowhere", scratch.path() / "dangling");
  CHECK(keep(scratch.path(), [](Transaction& t) { t.update(path("alias"), "new"); }) ==
        "io.not_a_file");
  CHECK(keep(scratch.path(), [](Transaction& t) {
          t.update(path("alias"), "new", 0, {.hash = {}, .follow_link = true});
          t.move(path("alias"), path("d/alias"));
          t.remove(path("dangling"));
        }).empty());
  CHECK(scratch.tree() == Tree{{"d/", ""}, {"d/alias", "-> real"}, {"real", "new"}});
}

TEST_CASE("an immutable file is an error that undoes all") {
  const ScratchFolder scratch;
  scratch.put("a", "old");
  scratch.put("b", "old");
  const int file = ::open((scratch.path() / "b").c_str(), O_RDONLY | O_CLOEXEC);
  REQUIRE(file >= 0);
  int flags = 0;
  bool is_set = ::ioctl(file, FS_IOC_GETFLAGS, &flags) == 0;
  const int immutable = flags | FS_IMMUTABLE_FL;
  is_set = is_set && ::ioctl(file, FS_IOC_SETFLAGS, &immutable) == 0;
  if (!is_set) {
    say_skipped("immutable file", "this process or file system cannot make one");
    ::close(file);
    return;
  }
  const std::string code = keep(scratch.path(), [](Transaction& t) {
    t.update(path("a"), "new");
    t.update(path("b"), "new");
  });
  ::ioctl(file, FS_IOC_SETFLAGS, &flags);
  ::close(file);
  CHECK(code == "io.permission_denied");
  CHECK(scratch.tree() == Tree{{"a", "old"}, {"b", "old"}});
}

TEST_CASE("updates and moves over a bind mount keep what the files carry") {
  const ScratchFolder scratch;
  const ScratchFolder elsewhere;
  scratch.put("a", "A");
  fs::create_directories(scratch.path() / "m");
  elsewhere.put("d/b", "B");
  ::chmod((scratch.path() / "a").c_str(), 0751);
  ::chmod((elsewhere.path() / "d").c_str(), 0711);
  const Mount bound(elsewhere.path().c_str(), scratch.path() / "m", nullptr, MS_BIND, nullptr);
  if (!bound.mounted()) {
    say_skipped("moves over a bind mount", "this process may not mount");
    return;
  }
  CHECK(keep(scratch.path(), [](Transaction& t) {
          t.update(path("m/d/b"), "B1", 0600);
          t.move(path("a"), path("m/a"));
          t.move(path("m/d"), path("e"));
        }).empty());
  CHECK(scratch.tree() == Tree{{"e/", ""}, {"e/b", "B1"}, {"m/", ""}, {"m/a", "A"}});
  CHECK((status_of(scratch.path() / "m/a").st_mode & 07777) == 0751);
  CHECK((status_of(scratch.path() / "e").st_mode & 07777) == 0711);
  CHECK((status_of(scratch.path() / "e/b").st_mode & 07777) == 0600);
}

TEST_CASE("10,000 updates hold few descriptors open") {
  const ScratchFolder scratch;
  constexpr int kFiles = 10'000;
  constexpr rlim_t kMostOpen = 600;
  for (int number = 0; number < kFiles; ++number)
    scratch.put("d" + std::to_string(number % 40) + "/" + std::to_string(number), "old");
  std::string code;
  {
    const OpenFilesLimit limit(kMostOpen);
    Bench bench;
    code = thrown_code([&] {
      auto transaction = bench.begin(system_files(), scratch.path());
      for (int number = 0; number < kFiles; ++number)
        transaction.update(path("d" + std::to_string(number % 40) + "/" + std::to_string(number)),
                           "new");
      static_cast<void>(std::move(transaction).apply(bench.cancel.token()).keep());
    });
  }
  CHECK(code.empty());
  CHECK(scratch.get("d39/39") == "new");
  CHECK(scratch.get("d39/9999") == "new");
  CHECK_FALSE(fs::exists(scratch.path() / ".ratchet"));
}
