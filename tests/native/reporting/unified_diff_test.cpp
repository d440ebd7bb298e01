#include "reporting/unified_diff.h"

#include <doctest/doctest.h>

namespace ratchet {
namespace {

using namespace std::string_literals;

FileVersion file(std::string_view content, std::uint32_t mode = 0644) {
  return {FileKind::file, mode, content};
}

std::string new_file(std::string_view path, std::string_view content) {
  return file_diff({.new_path = path, .after = file(content)});
}

std::string changed_file(std::string_view before, std::string_view after) {
  return file_diff({"x", "x", file(before), file(after)});
}

constexpr std::string_view kHashOfFf =
    "a8100ae6aa1940d0b663bb31cd466142ebbdbd5187131b92d93818987832eb89";

}  // namespace

TEST_CASE("unified diff: a new file is shown as git shows it") {
  CHECK(new_file("a/b.txt", "one\ntwo\n") ==
        "diff --git a/a/b.txt b/a/b.txt\nnew file mode 100644\n--- /dev/null\n+++ b/a/b.txt\n"
        "@@ -0,0 +1,2 @@\n+one\n+two\n");
  CHECK(new_file("x", "one") ==
        "diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+one\n"
        "\\ No newline at end of file\n");
  CHECK(new_file("x", "") == "diff --git a/x b/x\nnew file mode 100644\n");
}

TEST_CASE("unified diff: what is no text is told by size and digest of its sides") {
  const std::string shown = new_file("x", "a\0b"s);
  CHECK(shown.find("Binary file b/x added: 3 bytes, sha256 ") != std::string::npos);
  const std::string told = "1 bytes, sha256 " + std::string(kHashOfFf);
  CHECK(new_file("x", "\xff") ==
        "diff --git a/x b/x\nnew file mode 100644\nBinary file b/x added: " + told + "\n");
  CHECK(file_diff({.old_path = "x", .before = file("\xff")}) ==
        "diff --git a/x b/x\ndeleted file mode 100644\nBinary file a/x deleted: " + told + "\n");
  // The digest of nothing is the one that everybody knows.
  CHECK(changed_file("\xff", "") ==
        "diff --git a/x b/x\nBinary files a/x (" + told +
            ") and b/x (0 bytes, sha256 "
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855) differ\n");
}

TEST_CASE("unified diff: nothing is shown where nothing changed, and of folders") {
  const FileVersion folder{.kind = FileKind::folder, .mode = 0755};
  CHECK(changed_file("one\n", "one\n").empty());
  CHECK(file_diff({"x", "x", file("one\n", 0644), file("one\n", 0664)}).empty());
  CHECK(file_diff({}).empty());
  CHECK(file_diff({.new_path = "x", .after = folder}).empty());
  CHECK(file_diff({"x", "y", folder, folder}).empty());
  CHECK(file_diff({"x", "x", folder, file("one\n")}) == new_file("x", "one\n"));
}

TEST_CASE("unified diff: changes six lines apart share a hunk, seven apart do not") {
  const std::string between = "1\n2\n3\n4\n5\n6\n";
  CHECK(changed_file("a\n" + between + "b\n", "A\n" + between + "B\n") ==
        "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n"
        "-b\n+B\n");
  CHECK(changed_file("a\n" + between + "7\nb\n", "A\n" + between + "7\nB\n") ==
        "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n"
        "@@ -6,4 +6,4 @@ a\n 5\n 6\n 7\n-b\n+B\n");
}

TEST_CASE("unified diff: a file that moved is a rename however little of it stayed") {
  CHECK(file_diff({"x", "y", file("a\n"), file("b\n")}) ==
        "diff --git a/x b/y\nsimilarity index 0%\nrename from x\nrename to y\n--- a/x\n+++ b/y\n"
        "@@ -1 +1 @@\n-a\n+b\n");
}

}  // namespace ratchet
