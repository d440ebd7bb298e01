// Our diffs beside git's own, and applied by it.
#include <doctest/doctest.h>

#include <random>

#include "fs/scratch_folder.h"
#include "process/system_launcher.h"
#include "reporting/unified_diff.h"

namespace ratchet {
namespace {

using namespace std::string_literals;
namespace disk = std::filesystem;

struct Version {
  std::string content;
  std::uint32_t mode = 0644;
  FileKind kind = FileKind::file;
};

struct Case {
  const char* name;
  std::string old_path;
  std::string new_path;
  std::optional<Version> before;
  std::optional<Version> after;
};

std::optional<FileVersion> view(const std::optional<Version>& version) {
  if (!version) return std::nullopt;
  return FileVersion{version->kind, version->mode, version->content};
}

std::string diff_of(const Case& change) {
  return file_diff({change.old_path, change.new_path, view(change.before), view(change.after)});
}

/// A repository of one test, out of reach of the user's own configuration.
class Repository {
 public:
  ProcessResult run(std::vector<std::string> arguments, std::string input = {}) const {
    arguments.insert(arguments.begin(), "git");
    Command command;
    command.arguments = std::move(arguments);
    command.working_directory = scratch_.path();
    command.environment = {{"GIT_CONFIG_GLOBAL", "/dev/null"}, {"GIT_CONFIG_NOSYSTEM", "1"},
                           {"GIT_DIR", std::nullopt},          {"GIT_INDEX_FILE", std::nullopt},
                           {"GIT_WORK_TREE", std::nullopt},    {"HOME", scratch_.path().string()}};
    command.input = std::move(input);
    return run_to_end(system_launcher(), command, {});
  }

  /// What git says, where it says so with exit code 0.
  std::string git(std::vector<std::string> arguments, std::string input = {}) const {
    const ProcessResult result = run(std::move(arguments), std::move(input));
    INFO(result.error.bytes);
    REQUIRE(result.state == ProcessState::passed);
    return result.out.bytes;
  }

  void put(const std::string& path, const std::optional<Version>& version) const {
    if (!version) return;
    const disk::path place = scratch_.path() / path;
    disk::create_directories(place.parent_path());
    if (version->kind == FileKind::link) {
      disk::create_symlink(version->content, place);
      return;
    }
    scratch_.put(path, version->content);
    disk::permissions(place, static_cast<disk::perms>(version->mode));
  }

  void clear() const {
    for (const auto& entry : disk::directory_iterator(scratch_.path())) {
      if (entry.path().filename() != ".git") disk::remove_all(entry.path());
    }
  }

  /// What stands in the folder, by name: kinds, executable bits and bytes.
  std::string tree() const {
    git({"add", "-A", "--force", "."});
    std::string name = git({"write-tree"});
    name.pop_back();
    return name;
  }

 private:
  test::ScratchFolder scratch_;
};

std::string without_index_lines(const std::string& diff) {
  std::string kept;
  for (std::size_t start = 0; start < diff.size();) {
    const std::size_t end = diff.find('\n', start) + 1;
    if (diff.compare(start, 6, "index ") != 0) kept.append(diff, start, end - start);
    start = end;
  }
  return kept;
}

bool no_git(const char* what) {
  if (system_launcher().find_program("git")) return false;
  test::say_skipped(what, "no git");
  return true;
}

std::string numbered_lines(int count, const std::string& end = "\n") {
  std::string text;
  for (int i = 1; i <= count; ++i)
    text += "line " + std::to_string(i) + end;
  return text;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

Case change(const char* name, std::string before, std::string after) {
  return {name, "x", "x", Version{std::move(before)}, Version{std::move(after)}};
}

Case added(const char* name, std::string path, std::string content) {
  return {name, "", std::move(path), {}, Version{std::move(content)}};
}

std::vector<Case> content_cases() {
  const std::string twenty = numbered_lines(20);
  const std::string windows = numbered_lines(20, "\r\n");
  const std::string python =
      "import os\n\n\ndef first(a):\n    b = a\n    return b\n\n\ndef second(a):   \n"
      "    c = a\n    d = c\n    e = d\n    f = e\n    return f\n";
  const std::string wide = "wide_" + std::string(72, 'w') + "\u00e9\u20ac tail\n";
  return {
      change("a line in the middle", twenty, replaced(twenty, "line 10", "ten")),
      change("the first line", twenty, replaced(twenty, "line 1\n", "one\n")),
      change("the last line", twenty, replaced(twenty, "line 20", "twenty")),
      change("two hunks", twenty, replaced(replaced(twenty, "line 2\n", ""), "line 18", "x\ny")),
      change("a line before the first", twenty, "new\n" + twenty),
      change("lines behind the last", twenty, twenty + "new\nnewer\n"),
      change("all but nothing", "a\nb\n", "c\n"),
      change("to empty", "a\nb\n", ""),
      change("from empty", "", "a\nb\n"),
      change("loses its last line break", "a\nb\n", "a\nb"),
      change("gets its last line break", "a\nb", "a\nb\n"),
      change("has no last line break on either side", "a\nb\nc", "A\nb\nc"),
      change("lines with CRLF", windows, replaced(windows, "line 10", "ten")),
      change("CRLF to LF", windows, twenty),
      change("a CR that ends nothing", "a\rb\nc\n", "a\rb\nd\n"),
      change("a hunk headed by a function", python, replaced(python, "return f", "return e")),
      change("a long heading is cut between characters", wide + " a\n b\n c\n d\n e\n",
             wide + " a\n b\n c\n d\n E\n"),
      change("not ASCII", "caf\u00e9\n\u65e5\n", "caf\u00e9\n\u672c\n"),
      change("lines that look like a diff's", "--- a\n+++ b\n", "--- b\n@@ -1 +1 @@\n"),
      change("a line goes from beside a change", "a\nx\nx\nk\nm\n", "c\nx\nk\nn\n"),
      change("a block of equal lines grows", "a\nb\nb\nc\n", "a\nb\nb\nb\nc\n"),
  };
}

std::vector<Case> file_cases() {
  const std::string ten = numbered_lines(10);
  const Version file{ten};
  const Version program{ten, 0755};
  const Version other{replaced(ten, "line 5", "five")};
  const Version link{"a/target", 0777, FileKind::link};
  const Version other_link{"b", 0777, FileKind::link};
  const std::string windows = numbered_lines(10, "\r\n");
  const std::string long_line(300, 'a');
  return {
      added("a new file", "folder/x", ten),
      added("a new empty file", "x", ""),
      {"a new program", "", "x", {}, program},
      {"a new link", "", "x", {}, link},
      {"a file that goes", "x", "", file, {}},
      {"an empty file that goes", "x", "", Version{}, {}},
      {"a program that goes", "x", "", program, {}},
      {"a link that goes", "x", "", link, {}},
      {"becomes executable", "x", "x", file, program},
      {"is no longer executable", "x", "x", program, file},
      {"becomes executable by its owner alone", "x", "x", file, Version{ten, 0744}},
      {"executable by others alone is not executable", "", "x", {}, Version{ten, 0655}},
      {"becomes executable and changes", "x", "x", other, program},
      {"moves", "x", "folder/y", file, file},
      {"moves and becomes executable", "x", "y", file, program},
      {"moves and changes", "x", "y", file, other},
      {"moves, changes and becomes executable", "x", "y", other, program},
      {"moves with lines in another order", "x", "y", Version{"a\nb\nc\n"}, Version{"b\na\nc\n"}},
      {"moves with CRLF", "x", "y", Version{windows}, Version{replaced(windows, "line 5", "V")}},
      {"moves with long lines", "x", "y", Version{long_line + "\n"}, Version{long_line + "b\n"}},
      {"a link leads elsewhere", "x", "x", link, other_link},
      {"a link moves", "x", "y", link, link},
      {"a link moves and leads elsewhere", "x", "y", link, other_link},
      {"a file becomes a link", "x", "x", file, link},
      {"a link becomes a file", "x", "x", link, program},
  };
}

std::vector<Case> path_cases() {
  return {
      added("a path with spaces", "a b/c d", "x\n"),
      {"a path with a space changes", "a b", "a b", Version{"a\n"}, Version{"b\n"}},
      {"a path with a space goes", "a b", "", Version{"a\n"}, {}},
      added("quotes", "a\"b", "x\n"),
      added("a backslash", "a\\b", "x\n"),
      added("control characters", "a\a\b\t\n\v\f\r\x01\x1f\x7f z", "x\n"),
      added("not ASCII", "caf\u00e9/\u65e5", "x\n"),
      added("not UTF-8", "a\xff", "x\n"),
      {"moves under such names", "a\tb", "\u00e9 \"c\"", Version{"a\nb\nc\n"},
       Version{"a\nb\nd\n"}},
      {"a name like a side's", "b/x", "a/x", Version{"a\n"}, Version{"a\n"}},
  };
}

void check_with_git(const Repository& repository, const Case& change) {
  CAPTURE(change.name);
  repository.clear();
  repository.put(change.old_path, change.before);
  const std::string old_tree = repository.tree();
  repository.clear();
  repository.put(change.new_path, change.after);
  const std::string new_tree = repository.tree();
  const std::string shown = diff_of(change);
  CHECK(shown == without_index_lines(repository.git({"diff", "-M", old_tree, new_tree})));

  repository.clear();
  repository.put(change.old_path, change.before);
  repository.git({"apply", "--whitespace=nowarn", "-"}, shown);
  CHECK(repository.tree() == new_tree);
}

/// A text of few different lines, and one with some of its lines changed.
std::string random_text(std::mt19937& random) {
  std::string text;
  for (auto lines = random() % 60; lines > 0; --lines) {
    text += "line " + std::to_string(random() % 12) + "\n";
  }
  if (!text.empty() && random() % 4 == 0) text.pop_back();
  return text;
}

std::string random_edit(std::mt19937& random, std::string text) {
  for (auto edits = 1 + random() % 6; edits > 0; --edits) {
    const std::size_t start = random() % (text.size() + 1);
    text.replace(start, random() % 20, random() % 2 == 0 ? "new\n" : "");
  }
  return text;
}

}  // namespace

TEST_CASE("unified diff: git shows the same, and makes the same of it") {
  if (no_git("unified diffs beside git's")) return;
  const Repository repository;
  repository.git({"init", "-q", "."});
  for (const Case& change : content_cases())
    check_with_git(repository, change);
  for (const Case& change : file_cases())
    check_with_git(repository, change);
  for (const Case& change : path_cases())
    check_with_git(repository, change);
}

TEST_CASE("unified diff: git makes of random texts what they became") {
  if (no_git("unified diffs of random texts applied by git")) return;
  constexpr int kFiles = 300;
  const Repository repository;
  repository.git({"init", "-q", "."});
  std::mt19937 random(19700101);
  std::string diff;
  std::vector<std::string> expected;
  for (int i = 0; i < kFiles; ++i) {
    const std::string path = "f" + std::to_string(i);
    const std::string before = random_text(random);
    expected.push_back(random() % 5 == 0 ? random_text(random) : random_edit(random, before));
    repository.put(path, Version{before});
    diff += diff_of({"", path, path, Version{before}, Version{expected.back()}});
  }
  repository.git({"apply", "--whitespace=nowarn", "-"}, diff);
  const std::string made = repository.tree();
  repository.clear();
  for (int i = 0; i < kFiles; ++i) {
    repository.put("f" + std::to_string(i), Version{expected[static_cast<std::size_t>(i)]});
  }
  CHECK(made == repository.tree());
}

TEST_CASE("unified diff: git refuses to change what is no text") {
  if (no_git("unified diffs of what is no text, applied by git")) return;
  const Repository repository;
  repository.git({"init", "-q", "."});
  const Version before{"a\0b"s};
  for (const std::optional<Version>& after : {std::optional(Version{"a\0c"s, 0755}), {}}) {
    repository.clear();
    repository.put("x", before);
    const std::string tree = repository.tree();
    CHECK(repository.run({"apply", "-"}, diff_of({"", "x", "x", before, after})).state ==
          ProcessState::failed);
    CHECK(repository.tree() == tree);
  }
}

}  // namespace ratchet
