// The contract of Folder, on every implementation.
#include <doctest/doctest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "fs/file_system.h"
#include "fs/folder_stage.h"
#include "fs/memory_file_system.h"
#include "fs/thrown_code.h"

using namespace ratchet;
using ratchet::test::disk_stages;
using ratchet::test::FolderStage;
using ratchet::test::say_skipped;
using ratchet::test::thrown_code;

namespace {

constexpr std::uint64_t kPlenty = 1 << 20;

FolderStage memory_stage() {
  auto memory = std::make_unique<MemoryFileSystem>();
  memory->put_folder("/work/root");
  MemoryFileSystem* hand = memory.get();
  FolderStage stage{.name = "memory", .files = std::move(memory), .root = "/work/root"};
  stage.put_link = [hand](const std::string& at, const std::string& target) {
    hand->put_link("/work/root/" + at, target);
  };
  stage.put_other = [hand](const std::string& at) { hand->put_other("/work/root/" + at); };
  return stage;
}

std::vector<FolderStage> stages() {
  std::vector<FolderStage> all = disk_stages();
  all.push_back(memory_stage());
  return all;
}

/// Says it where a part of a case cannot be tried.
bool can(bool is_possible, const FolderStage& stage, const std::string& what) {
  if (!is_possible) say_skipped((what + ", " + stage.name).c_str(), "this system has none of it");
  return is_possible;
}

bool has_links(const FolderStage& stage) {
  return can(static_cast<bool>(stage.put_link), stage, "links");
}

void write(Folder& folder, std::string_view path, std::string_view content) {
  folder.create(path, 0666)->write(content);
}

std::vector<std::string> names(Folder& folder, std::string_view path) {
  std::vector<std::string> found;
  for (const FolderEntry& entry : folder.list(path))
    found.push_back(entry.name);
  return found;
}

}  // namespace

TEST_CASE("a created file holds what was written, less the umask in its mode") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    const auto file = root->create("a", 0666);
    file->write("one ");
    file->write("");
    file->write("two");
    file->start_sync();
    file->sync();
    root->sync();
    CHECK(root->read("a", kPlenty) == "one two");
    const FileStatus status = *root->status("a");
    CHECK(status.kind == FileKind::file);
    CHECK(status.size == 7);
    CHECK(status.links == 1);
    CHECK(status.owner == stage.files->user());
    CHECK(status.mode == (0666 & ~stage.files->umask()));
    CHECK(file->status().inode == status.inode);
    file->set_mode(0444);
    CHECK(root->status("a")->mode == 0444);
    if (!can(stage.has_modes, stage, "permission bits")) continue;
    file->set_mode(0751);
    CHECK(root->status("a")->mode == 0751);
    CHECK(file->status().mode == 0751);
  }
}

TEST_CASE("nothing is created or renamed onto what stands there") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    write(*root, "file", "old");
    write(*root, "other", "x");
    root->make_folder("folder", 0777);
    std::vector<std::string> taken{"file", "folder"};
    if (has_links(stage)) {
      stage.put_link("dangling", "nowhere");
      taken.emplace_back("dangling");
    }
    for (const std::string& name : taken) {
      CAPTURE(name);
      CHECK(thrown_code([&] { static_cast<void>(root->create(name, 0666)); }) ==
            "transaction.exists");
      CHECK(thrown_code([&] { root->make_folder(name, 0777); }) == "transaction.exists");
      CHECK(thrown_code([&] { root->rename("other", *root, name, RenameMode::no_replace); }) ==
            "transaction.exists");
    }
    CHECK(root->read("file", kPlenty) == "old");
    CHECK(root->read("other", kPlenty) == "x");
    CHECK_FALSE(root->status("nowhere"));
  }
}

TEST_CASE("a second name is the same file, counted in its links, and other files are others") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    root->make_folder("sub", 0777);
    const auto sub = root->open("sub", Links::none);
    write(*root, "a", "A");
    write(*root, "b", "B");
    root->add_name("a", *sub, "again");
    CHECK(root->read("sub/again", kPlenty) == "A");
    CHECK(root->status("a")->links == 2);
    CHECK(root->status("a")->inode == sub->status("again")->inode);
    CHECK(root->status("a")->inode != root->status("b")->inode);
    CHECK(root->status("b")->links == 1);
    CHECK(thrown_code([&] { root->add_name("a", *root, "b"); }) == "transaction.exists");
    CHECK(thrown_code([&] { root->add_name("absent", *root, "c"); }) == "io.not_found");
    root->remove_file("a");
    CHECK(sub->status("again")->links == 1);
  }
}

TEST_CASE("a file that is not open is made durable, read-only or not") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    root->create("free", 0666)->write("x");
    root->create("fixed", 0444)->write("x");
    root->sync_file("free");
    root->sync_file("fixed");
    CHECK(root->status("free")->mode == (0666 & ~stage.files->umask()));
    CHECK(root->status("fixed")->mode == 0444);
    CHECK(thrown_code([&] { root->sync_file("absent"); }) == "io.not_found");
  }
}

TEST_CASE("rename moves and replaces") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    root->make_folder("sub", 0777);
    write(*root, "a", "A");
    write(*root, "b", "B");
    const auto sub = root->open("sub", Links::none);
    root->rename("a", *sub, "moved", RenameMode::no_replace);
    CHECK(names(*root, "") == std::vector<std::string>{"b", "sub"});
    CHECK(root->read("sub/moved", kPlenty) == "A");
    root->rename("b", *sub, "moved", RenameMode::replace);
    CHECK(sub->read("moved", kPlenty) == "B");
    root->rename("sub", *root, "renamed", RenameMode::no_replace);
    CHECK(sub->read("moved", kPlenty) == "B");
    const auto absent = [&] { root->rename("absent", *root, "x", RenameMode::no_replace); };
    CHECK(thrown_code(absent) == "io.not_found");
  }
}

TEST_CASE("rename exchanges two names, or says that this system cannot") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    write(*root, "b", "B");
    write(*root, "c", "C");
    const auto exchange = [&](const char* with) {
      return thrown_code([&] { root->rename("c", *root, with, RenameMode::exchange); });
    };
    CHECK(exchange("b") == (stage.exchanges ? "" : "io.unsupported"));
    CHECK(root->read("c", kPlenty) == (stage.exchanges ? "B" : "C"));
    CHECK(root->read("b", kPlenty) == (stage.exchanges ? "C" : "B"));
    CHECK(exchange("absent") == (stage.exchanges ? "io.not_found" : "io.unsupported"));
  }
}

TEST_CASE("removing names what is in the way") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    root->make_folder("full", 0777);
    write(*root, "full/x", "");
    CHECK(thrown_code([&] { root->remove_folder("full"); }) == "io.not_empty");
    CHECK(thrown_code([&] { root->remove_file("full"); }) == "io.not_a_file");
    CHECK(thrown_code([&] { root->remove_folder("full/x"); }) == "io.not_a_folder");
    CHECK(thrown_code([&] { root->remove_file("absent"); }) == "io.not_found");
    CHECK(thrown_code([&] { root->remove_folder("absent"); }) == "io.not_found");
    root->remove_file("full/x");
    root->remove_folder("full");
    CHECK(names(*root, "").empty());
  }
}

TEST_CASE("what nobody else holds is not in use, nor what is not there") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    root->make_folder("folder", 0777);
    write(*root, "folder/file", "x");
    const auto written = root->create("written", 0666);
    const auto held = root->open("folder", Links::inside);
    for (const char* path :
         {"folder", "folder/file", "written", "absent", "absent/x", "written/x"}) {
      CAPTURE(path);
      CHECK_FALSE(root->is_in_use(path));
    }
  }
}

TEST_CASE("only a regular file within the limit is read") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    write(*root, "four", "1234");
    write(*root, "empty", "");
    root->make_folder("folder", 0777);
    CHECK(root->read("four", 4) == "1234");
    CHECK(root->read("empty", 0) == "");
    const auto read = [&](const char* name, std::uint64_t most) {
      return thrown_code([&] { static_cast<void>(root->read(name, most)); });
    };
    CHECK(read("four", 3) == "limit.input_size");
    CHECK(read("absent", kPlenty) == "io.not_found");
    CHECK(read("folder", kPlenty) == "io.not_a_file");
    CHECK(read("four/x", kPlenty) == "io.not_a_folder");
    CHECK_FALSE(root->status("four/x"));
    CHECK_FALSE(root->status("absent/x"));
    if (has_links(stage)) {
      stage.put_link("link", "four");
      CHECK(read("link", kPlenty) == "io.not_a_file");
      CHECK(root->status("link")->kind == FileKind::link);
    }
    if (can(static_cast<bool>(stage.put_other), stage, "FIFOs")) {
      stage.put_other("fifo");
      CHECK(read("fifo", kPlenty) == "io.not_a_file");
      CHECK(root->status("fifo")->kind == FileKind::other);
    }
  }
}

TEST_CASE("a listing is sorted by bytes and says the kinds") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    for (const char* name : {"b", "C", "a b", "-x", "\xc3\xa4", "[0]"})
      write(*root, name, "");
    root->make_folder("a", 0777);
    CHECK(names(*root, "") ==
          std::vector<std::string>{"-x", "C", "[0]", "a", "a b", "b", "\xc3\xa4"});
    CHECK(root->list("")[3].kind == FileKind::folder);
    CHECK(root->list("")[0].kind == FileKind::file);
    CHECK(thrown_code([&] { static_cast<void>(root->list("b")); }) == "io.not_a_folder");
    CHECK(stage.files->list(stage.root).size() == 7);
    if (!has_links(stage)) continue;
    stage.put_link("link", "a");
    CHECK(root->list("")[6].kind == FileKind::link);
    CHECK(root->list("")[6].name == "link");
  }
}

TEST_CASE("a folder of many long names is listed whole") {
  constexpr int kFiles = 400;
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    for (int number = 0; number < kFiles; ++number)
      write(*root, std::string(150, 'n') + std::to_string(number), "");
    CHECK(root->list("").size() == kFiles);
  }
}

TEST_CASE("a name of 255 bytes is taken, a longer one refused") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    write(*root, std::string(255, 'n'), "x");
    CHECK(root->read(std::string(255, 'n'), kPlenty) == "x");
    const auto longer = [&] { static_cast<void>(root->create(std::string(256, 'n'), 0666)); };
    CHECK(thrown_code(longer) == "path.invalid");
  }
}

TEST_CASE("no path leads out of its folder") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    root->make_folder("sub", 0777);
    for (const char* path : {"..", "../x", "/etc/passwd", "sub/../../x", "a//b", "./a", "a/"}) {
      CAPTURE(path);
      CHECK(thrown_code([&] { static_cast<void>(root->create(path, 0666)); }) ==
            "path.outside_root");
      CHECK(thrown_code([&] { static_cast<void>(root->status(path)); }) == "path.outside_root");
    }
    const auto nul = [&] { static_cast<void>(root->create(std::string("a\0b", 3), 0666)); };
    CHECK(thrown_code(nul) == "path.invalid");
    if (!has_links(stage)) continue;
    stage.put_link("up", "..");
    stage.put_link("sub/out", "../..");
    stage.put_link("absolute", stage.root.string());
    for (const char* path : {"up/x", "sub/out/x", "absolute/x"}) {
      CAPTURE(path);
      CHECK(thrown_code([&] { static_cast<void>(root->create(path, 0666)); }) ==
            "path.outside_root");
      CHECK(thrown_code([&] { root->make_folder(path, 0777); }) == "path.outside_root");
      CHECK(thrown_code([&] { static_cast<void>(root->status(path)); }) == "path.outside_root");
    }
    const auto open = [&] { static_cast<void>(root->open("up", Links::inside)); };
    CHECK(thrown_code(open) == "path.outside_root");
  }
}

TEST_CASE("a link that stays inside is followed, but never into a protected folder") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    if (!has_links(stage)) continue;
    root->make_folder("real", 0777);
    root->make_folder(".git", 0777);
    root->make_folder(".git/hooks", 0777);
    stage.put_link("alias", "real");
    stage.put_link("real/back", "../real");
    stage.put_link("hooks", ".git/hooks");
    const auto into_git = [&] { static_cast<void>(root->create("hooks/x", 0777)); };
    const auto not_followed = [&] { static_cast<void>(root->open("alias", Links::none)); };
    CHECK(thrown_code(not_followed) == "io.not_a_folder");
    if (!stage.follows_links) {
      CHECK(thrown_code([&] { write(*root, "alias/a", "A"); }) == "path.outside_root");
      CHECK(thrown_code(into_git) == "path.outside_root");
      continue;
    }
    write(*root, "alias/a", "A");
    CHECK(root->read("real/a", kPlenty) == "A");
    CHECK(root->open("real/back", Links::inside)->read("a", kPlenty) == "A");
    CHECK(thrown_code(into_git) == "path.protected");
    CHECK(root->list(".git/hooks").empty());  // named as such it may be looked at
  }
}

TEST_CASE("a folder held open stays the same when its name is given to another") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    root->make_folder("a", 0777);
    const auto held = root->open("a", Links::inside);
    root->rename("a", *root, "moved", RenameMode::no_replace);
    root->make_folder("a", 0777);
    write(*held, "x", "X");
    CHECK(root->read("moved/x", kPlenty) == "X");
    CHECK(root->list("a").empty());
    CHECK(held->status("")->inode == root->status("moved")->inode);
  }
}

TEST_CASE("nothing is made in a folder that was removed while it was held open") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    if (!can(stage.removes_at_once, stage, "removal of what is held open")) continue;
    root->make_folder("a", 0777);
    write(*root, "file", "x");
    const auto held = root->open("a", Links::inside);
    root->remove_folder("a");
    CHECK(thrown_code([&] { write(*held, "x", ""); }) == "io.not_found");
    CHECK(thrown_code([&] { held->make_folder("x", 0777); }) == "io.not_found");
    const auto rename = [&] { root->rename("file", *held, "x", RenameMode::no_replace); };
    CHECK(thrown_code(rename) == "io.not_found");
    CHECK(root->read("file", kPlenty) == "x");
  }
}

TEST_CASE("a lock has one holder, and stands for the name and not for an unlinked file") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    const auto other = stage.open();
    auto held = root->try_lock("lock", "since noon");
    REQUIRE(held);
    CHECK_FALSE(other->try_lock("lock", "me"));
    CHECK_FALSE(root->try_lock("lock", "me"));
    const std::string note = root->read("lock", kPlenty);
    CHECK(note.starts_with("pid "));
    CHECK(note.ends_with(" since noon\n"));
    if (stage.has_modes) CHECK(root->status("lock")->mode == 0600);
    CHECK(other->is_locked("lock"));
    CHECK_FALSE(other->is_locked("absent"));
    if (!can(stage.removes_at_once, stage, "removal of a lock that is held")) {
      held.reset();
      CHECK_FALSE(other->is_locked("lock"));
      CHECK(other->try_lock("lock", "me"));
      continue;
    }
    root->remove_file("lock");
    const auto anew = other->try_lock("lock", "anew");
    CHECK(anew);
    CHECK_FALSE(root->try_lock("lock", "late"));
    held.reset();
    CHECK_FALSE(root->try_lock("lock", "late"));
  }
}

TEST_CASE("the note of a lock is that of its last holder, and nothing of the one before") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    CHECK(root->try_lock("lock", "a note of very many words"));
    CHECK(root->try_lock("lock", "short"));
    const std::string note = root->read("lock", kPlenty);
    CHECK(note.ends_with(" short\n"));
    CHECK(note.find("many") == std::string::npos);
  }
}

TEST_CASE("a lock is never taken through a link") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    const auto root = stage.open();
    if (!has_links(stage)) continue;
    write(*root, "precious", "mine");
    stage.put_link("lock", "precious");
    CHECK(thrown_code([&] { static_cast<void>(root->try_lock("lock", "x")); }) == "io.error");
    CHECK(root->read("precious", kPlenty) == "mine");
  }
}

TEST_CASE("what a user names is read with links followed") {
  for (const FolderStage& stage : stages()) {
    CAPTURE(stage.name);
    write(*stage.open(), "file", "text");
    stage.open()->make_folder("folder", 0777);
    CHECK_FALSE(stage.files->status(stage.root / "absent"));
    const auto open = [&](const char* name) {
      return thrown_code([&] { static_cast<void>(stage.files->open_folder(stage.root / name)); });
    };
    CHECK(open("absent") == "io.not_found");
    CHECK(open("file") == "io.not_a_folder");
    if (!has_links(stage)) continue;
    stage.put_link("link", "file");
    stage.put_link("folder/up", "../link");
    CHECK(stage.files->read(stage.root / "folder/up", kPlenty) == "text");
    CHECK(stage.files->status(stage.root / "link")->kind == FileKind::file);
  }
}
