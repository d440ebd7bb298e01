// Operations fold to at most one entry a path, in an order in which they can be applied.
#include "transactions/net_effect.h"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "core/hash.h"
#include "fs/thrown_code.h"
#include "transactions/plain_tree.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

FileState file_state(const std::string& content) {
  return {.kind = StateKind::file, .mode = 0644, .size = content.size(), .hash = sha256(content)};
}

/// What stands on disk: paths that end with `/` are folders.
struct Disk {
  std::map<std::string, std::string> files;

  [[nodiscard]] FileState look(std::string_view path) const {
    if (files.contains(std::string(path) + "/")) return {.kind = StateKind::folder};
    const auto found = files.find(std::string(path));
    return found == files.end() ? FileState{} : file_state(found->second);
  }
};

void fold(NetEffect& effect, const std::vector<Step>& steps) {
  std::uint32_t slot = 0;
  for (const Step& step : steps) {
    switch (step.what) {
      case Do::create:
      case Do::update:
        effect.put(step.path, file_state(step.other), slot++);
        break;
      case Do::remove:
      case Do::remove_folder:
        effect.remove(step.path);
        break;
      case Do::move:
        effect.move(step.path, step.other);
        break;
      case Do::make_folder:
        effect.make_folder(step.path);
        break;
    }
  }
}

std::string shown(const std::vector<Entry>& entries) {
  std::string text;
  for (const Entry& entry : entries) {
    constexpr const char* kNames[] = {"make_folder", "create",       "update",       "move",
                                      "remove",      "replace_kind", "remove_folder"};
    if (!text.empty()) text += ", ";
    text += kNames[static_cast<int>(entry.kind)];
    text += " " + (entry.from.empty() ? "" : entry.from + " -> ") + entry.path;
  }
  return text;
}

struct Case {
  std::string what;
  std::vector<Step> steps;
  std::string entries;
  std::vector<std::string> unstaged{};  ///< those whose content has to be copied first
};

Step create(std::string path, std::string content = "N") {
  return {Do::create, std::move(path), std::move(content)};
}
Step update(std::string path, std::string content = "U") {
  return {Do::update, std::move(path), std::move(content)};
}
Step drop(std::string path) {
  return {Do::remove, std::move(path)};
}
Step move(std::string from, std::string to) {
  return {Do::move, std::move(from), std::move(to)};
}
Step make_folder(std::string path) {
  return {Do::make_folder, std::move(path)};
}

const Disk kDisk{{{"a", "A"}, {"b", "B"}, {"d/", ""}, {"d/x", "X"}, {"d/e/", ""}, {"d/e/y", "Y"}}};

}  // namespace

TEST_CASE("operations fold to a net effect") {
  const std::vector<Case> cases{
      {"nothing", {}, ""},
      {"create and delete", {create("n"), drop("n")}, ""},
      {"delete and create", {drop("a"), create("a")}, "update a"},
      {"delete and create the same", {drop("a"), create("a", "A")}, ""},
      {"update to what it is", {update("a", "A")}, ""},
      {"update twice", {update("a"), update("a", "V")}, "update a"},
      {"update and back", {update("a"), update("a", "A")}, ""},
      {"create and update", {create("n"), update("n")}, "create n"},
      {"update and delete", {update("a"), drop("a")}, "remove a"},
      {"move", {move("a", "n")}, "move a -> n"},
      {"move twice", {move("a", "n"), move("n", "m")}, "move a -> m"},
      {"move there and back", {move("a", "n"), move("n", "a")}, ""},
      {"move and delete", {move("a", "n"), drop("n")}, "remove a"},
      {"move what was created", {create("n"), move("n", "m")}, "create m"},
      {"move what was updated", {update("a"), move("a", "n")}, "remove a, create n"},
      {"update what was moved", {move("a", "n"), update("n")}, "remove a, create n"},
      {"create where one moved away", {move("a", "n"), create("a")}, "update a, create n", {"n"}},
      {"move onto a deleted one", {drop("b"), move("a", "b")}, "remove a, update b", {"b"}},
      {"swap", {move("a", "t"), move("b", "a"), move("t", "b")}, "update a, update b", {"a", "b"}},
      {"chain", {move("b", "c"), move("a", "b")}, "remove a, update b, create c", {"b", "c"}},
      {"a folder and a file in it", {make_folder("n"), create("n/f")}, "make_folder n, create n/f"},
      {"folders come from the outside in",
       {make_folder("n/m"), make_folder("n")},
       "make_folder n, make_folder n/m"},
      {"a folder that is there already stays as it is", {drop("d"), make_folder("d")}, ""},
      {"a file becomes a folder",
       {drop("a"), make_folder("a"), create("a/f")},
       "replace_kind a, create a/f"},
      {"a folder becomes a file",
       {drop("d/x"), drop("d/e/y"), drop("d/e"), drop("d"), create("d")},
       "remove d/e/y, remove d/x, remove_folder d/e, replace_kind d"},
      {"folders go from the inside out",
       {drop("d/e/y"), drop("d/x"), drop("d"), drop("d/e")},
       "remove d/e/y, remove d/x, remove_folder d/e, remove_folder d"},
      {"a removed folder is there again for what is made in it",
       {drop("d/x"), drop("d/e/y"), drop("d/e"), drop("d"), create("d/n")},
       "remove d/e/y, create d/n, remove d/x, remove_folder d/e"},
      {"a file moves into a folder that comes, out of one that goes",
       {make_folder("n"), move("d/e/y", "n/y"), drop("d/e")},
       "make_folder n, move d/e/y -> n/y, remove_folder d/e"},
      {"a file moves to beneath its own name",
       {move("a", "t"), make_folder("a"), move("t", "a/f")},
       "replace_kind a, create a/f",
       {"a/f"}},
      {"entries of files go by path",
       {create("z"), update("b"), drop("a"), create("c")},
       "remove a, update b, create c, create z"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.what);
    NetEffect effect([](std::string_view path) { return kDisk.look(path); });
    fold(effect, row.steps);
    std::vector<std::string> unstaged;
    for (const auto& each : effect.unstaged([](const auto&, const auto&) { return true; }))
      unstaged.push_back(each.path);
    CHECK(unstaged == row.unstaged);
    CHECK(shown(effect.entries(100)) == row.entries);
  }
}

TEST_CASE("a move between mounts is content to be copied") {
  NetEffect effect([](std::string_view path) { return kDisk.look(path); });
  fold(effect, {move("a", "n")});
  const auto unstaged = effect.unstaged([](const auto&, const auto&) { return false; });
  REQUIRE(unstaged.size() == 1);
  CHECK(unstaged.front().path == "n");
  CHECK(unstaged.front().origin == "a");
  effect.stage("n", file_state("A"), 3);
  const std::vector<Entry> entries = effect.entries(4);
  CHECK(shown(entries) == "remove a, create n");
  CHECK(entries[0].slot == 4);
  CHECK(entries[1].slot == 3);
}

TEST_CASE("every entry says what was there and what comes, and has a slot of its own") {
  NetEffect effect([](std::string_view path) { return kDisk.look(path); });
  fold(effect, {update("a"), create("n"), drop("b"), make_folder("f"), move("d/x", "f/x")});
  const std::vector<Entry> entries = effect.entries(2);
  REQUIRE(shown(entries) == "make_folder f, update a, remove b, move d/x -> f/x, create n");
  CHECK(entries[0].post.is_folder());
  CHECK(entries[1].pre == file_state("A"));
  CHECK(entries[1].post == file_state("U"));
  CHECK(entries[2].pre == file_state("B"));
  CHECK_FALSE(entries[2].post.exists());
  CHECK(entries[3].pre == file_state("X"));
  CHECK(entries[3].post == file_state("X"));
  CHECK_FALSE(entries[4].pre.exists());
  std::map<std::uint32_t, int> slots;
  for (const Entry& entry : entries)
    ++slots[entry.slot];
  CHECK(slots.size() == entries.size());
  CHECK(entries[1].slot == 0);  // where its content was staged
  CHECK(entries[4].slot == 1);
}

TEST_CASE("operations are judged against the tree as it will be") {
  NetEffect effect([](std::string_view path) { return kDisk.look(path); });
  fold(effect, {create("n/m/f"), drop("a"), move("b", "c")});
  CHECK(effect.state("n").is_folder());
  CHECK(effect.state("n/m").is_folder());
  CHECK(effect.state("n/m/f") == file_state("N"));
  CHECK_FALSE(effect.state("a").exists());
  CHECK_FALSE(effect.state("b").exists());
  CHECK(effect.state("c") == file_state("B"));
  CHECK(effect.state("d/x") == file_state("X"));
  CHECK_FALSE(effect.state("a/f").exists());
  CHECK(thrown_code([&] { static_cast<void>(effect.state("c/f")); }) == "io.not_a_folder");
  CHECK(effect.names("a"));
  CHECK_FALSE(effect.names("d"));
  CHECK(effect.named_beneath("n") == std::vector<std::string>{"n/m/f"});
  effect.remove("n/m/f");
  CHECK_FALSE(effect.state("n").exists());
}

TEST_CASE("what an operation was judged by is the pre-image, whatever comes in between") {
  Disk disk = kDisk;
  NetEffect effect([&disk](std::string_view path) { return disk.look(path); });
  effect.begin_operation();
  CHECK(effect.state("a") == file_state("A"));
  disk.files["a"] = "changed meanwhile";
  effect.put("a", file_state("U"), 0);
  CHECK(effect.entries(1).at(0).pre == file_state("A"));
  effect.begin_operation();
  disk.files["b"] = "changed before";
  CHECK(effect.state("b") == file_state("changed before"));
}

TEST_CASE("what stood there is asked for once, when a path is first named") {
  Disk disk = kDisk;
  NetEffect effect([&disk](std::string_view path) { return disk.look(path); });
  effect.put("a", file_state("U"), 0);
  disk.files["a"] = "changed meanwhile";
  effect.put("a", file_state("V"), 1);
  CHECK(effect.entries(2).at(0).pre == file_state("A"));
}
