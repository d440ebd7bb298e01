#include "fs/memory_file_system.h"

#include <doctest/doctest.h>

#include <cerrno>
#include <map>
#include <string>

#include "fs/thrown_code.h"

using namespace ratchet;
using ratchet::test::thrown_code;

namespace {

using Tree = std::map<std::string, std::string>;

bool nothing(std::size_t, std::size_t) {
  return false;
}
bool everything(std::size_t, std::size_t) {
  return true;
}

}  // namespace

TEST_CASE("after a crash a name is there only once its folder was flushed") {
  MemoryFileSystem files;
  files.put_folder("/r");
  const auto root = files.open_folder("/r");
  const auto file = root->create("a", 0666);
  file->write("A");
  file->sync();
  CHECK(files.after_crash(nothing)->tree("/r").empty());
  root->sync();
  CHECK(files.after_crash(nothing)->tree("/r") == Tree{{"a", "A"}});
}

TEST_CASE("after a crash data is there only once its file was flushed") {
  MemoryFileSystem files;
  files.put_folder("/r");
  const auto root = files.open_folder("/r");
  const auto file = root->create("a", 0666);
  file->write("A");
  root->sync();
  CHECK(files.after_crash(everything)->tree("/r") == Tree{{"a", ""}});
  file->sync();
  file->write("B");
  CHECK(files.after_crash(everything)->tree("/r") == Tree{{"a", "A"}});
  CHECK(files.tree("/r") == Tree{{"a", "AB"}});  // it goes on untouched
}

TEST_CASE("a failed flush loses the data, whatever a second one says") {
  MemoryFileSystem files;
  files.put_folder("/r");
  const auto root = files.open_folder("/r");
  const auto file = root->create("a", 0666);
  file->write("A");
  root->sync();
  files.fail_nth(FileOperation::sync_file, 0, EIO);
  CHECK(thrown_code([&] { file->sync(); }) == "io.error");
  file->sync();
  CHECK(files.after_crash(everything)->tree("/r") == Tree{{"a", ""}});
}

TEST_CASE("a rename over two folders is one operation, durable with either folder") {
  for (const bool flush_source : {true, false}) {
    CAPTURE(flush_source);
    MemoryFileSystem files;
    files.put_file("/r/from/x", "X");
    files.put_folder("/r/to");
    const auto from = files.open_folder("/r/from");
    const auto to = files.open_folder("/r/to");
    from->rename("x", *to, "y", RenameMode::no_replace);
    CHECK(files.after_crash(nothing)->tree("/r") ==
          Tree{{"from/", ""}, {"from/x", "X"}, {"to/", ""}});
    (flush_source ? from : to)->sync();
    CHECK(files.after_crash(nothing)->tree("/r") ==
          Tree{{"from/", ""}, {"to/", ""}, {"to/y", "X"}});
  }
}

TEST_CASE("each unflushed change of a name may survive a crash by itself") {
  MemoryFileSystem files;
  files.put_folder("/r");
  const auto root = files.open_folder("/r");
  for (const char* name : {"a", "b", "c"})
    root->make_folder(name, 0777);
  const auto second = files.after_crash([](std::size_t index, std::size_t count) {
    CHECK(count == 3);
    return index == 1;
  });
  CHECK(second->tree("/r") == Tree{{"b/", ""}});
  const auto prefix = files.after_crash([](std::size_t index, std::size_t) { return index < 2; });
  CHECK(prefix->tree("/r") == Tree{{"a/", ""}, {"b/", ""}});
}

TEST_CASE("a foreign change is durable at once") {
  MemoryFileSystem files;
  files.put_folder("/r");
  files.open_folder("/r")->make_folder("ours", 0777);
  files.put_file("/r/theirs", "T");
  CHECK(files.after_crash(nothing)->tree("/r") == Tree{{"theirs", "T"}});
  files.erase("/r/theirs");
  CHECK(files.after_crash(nothing)->tree("/r").empty());
  CHECK(files.tree("/r") == Tree{{"ours/", ""}});
}

TEST_CASE("operations fail when told to, by index, kind and for good") {
  MemoryFileSystem files;
  files.put_folder("/r");
  const auto root = files.open_folder("/r");
  files.forget_operations();

  files.fail_at(1, ENOSPC);
  root->make_folder("a", 0777);
  CHECK(thrown_code([&] { root->make_folder("b", 0777); }) == "io.no_space");
  root->make_folder("b", 0777);

  files.clear_faults();
  files.fail_nth(FileOperation::make_folder, 1, EACCES);
  root->make_folder("c", 0777);
  CHECK(root->status("c"));
  CHECK(thrown_code([&] { root->make_folder("d", 0777); }) == "io.permission_denied");
  root->make_folder("d", 0777);

  files.clear_faults();
  files.forget_operations();
  files.fail_from(0, EROFS);
  CHECK(thrown_code([&] { root->remove_folder("a"); }) == "io.read_only");
  CHECK(thrown_code([&] { root->remove_folder("b"); }) == "io.read_only");
  CHECK(root->status("a"));
  CHECK(files.tree("/r") == Tree{{"a/", ""}, {"b/", ""}, {"c/", ""}, {"d/", ""}});
}

TEST_CASE("a write that fails has written a part") {
  MemoryFileSystem files;
  files.put_folder("/r");
  const auto file = files.open_folder("/r")->create("a", 0666);
  files.fail_nth(FileOperation::write, 0, ENOSPC);
  CHECK(thrown_code([&] { file->write("1234"); }) == "io.no_space");
  CHECK(files.tree("/r") == Tree{{"a", "12"}});
}

TEST_CASE("operations are recorded in order and shown to the hook before they happen") {
  MemoryFileSystem files;
  files.put_folder("/r/sub");
  const auto root = files.open_folder("/r");
  files.forget_operations();
  std::vector<std::size_t> seen;
  files.set_hook([&](std::size_t index, const RecordedOperation& operation) {
    seen.push_back(index);
    if (operation.operation == FileOperation::create) CHECK(files.tree("/r/sub").empty());
  });
  static_cast<void>(root->create("sub/x", 0666));
  root->rename("sub/x", *root, "y", RenameMode::no_replace);
  const auto recorded = files.operations();
  REQUIRE(recorded.size() == 2);
  CHECK(to_string(recorded[0].operation) == "create");
  CHECK(recorded[0].path == "/r/sub/x");
  CHECK(to_string(recorded[1].operation) == "rename");
  CHECK(recorded[1].path == "/r/sub/x");
  CHECK(recorded[1].target == "/r/y");
  CHECK(seen == std::vector<std::size_t>{0, 1});
}

TEST_CASE("a mount is another file system") {
  MemoryFileSystem files;
  files.put_file("/r/x", "X");
  files.add_mount("/r/mounted");
  const auto root = files.open_folder("/r");
  root->make_folder("mounted/deep", 0777);
  const auto deep = root->open("mounted/deep", Links::none);
  const auto rename = [&] { root->rename("x", *deep, "x", RenameMode::no_replace); };
  CHECK(thrown_code(rename) == "io.cross_device");
}

TEST_CASE("what is held is in use, and neither renamed, replaced nor removed") {
  MemoryFileSystem files;
  files.put_file("/r/held", "H");
  files.put_file("/r/other", "O");
  const auto root = files.open_folder("/r");
  files.hold("/r/held");
  CHECK(root->is_in_use("held"));
  CHECK_FALSE(root->is_in_use("other"));
  const auto rename = [&](const char* from, const char* to, RenameMode mode) {
    return thrown_code([&] { root->rename(from, *root, to, mode); });
  };
  CHECK(rename("held", "x", RenameMode::no_replace) == "io.in_use");
  CHECK(rename("other", "held", RenameMode::replace) == "io.in_use");
  CHECK(rename("other", "held", RenameMode::exchange) == "io.in_use");
  CHECK(thrown_code([&] { root->remove_file("held"); }) == "io.in_use");
  files.release();
  CHECK(rename("held", "x", RenameMode::no_replace) == "");
}

TEST_CASE("a disk that keeps read-only files lets them be renamed and removed, not replaced") {
  MemoryFileSystem files;
  files.put_file("/r/fixed", "F");
  files.set_mode("/r/fixed", 0444);
  files.put_file("/r/other", "O");
  files.keep_read_only();
  const auto root = files.open_folder("/r");
  CHECK(thrown_code([&] { root->rename("other", *root, "fixed", RenameMode::replace); }) ==
        "io.permission_denied");
  root->rename("fixed", *root, "moved", RenameMode::replace);
  root->remove_file("moved");
  CHECK(files.tree("/r") == Tree{{"other", "O"}});
}
