#include "fs/contained_path.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "fs/thrown_code.h"

using ratchet::names_protected_folder;
using ratchet::RelativePath;
using ratchet::test::thrown_code;

namespace {

std::string parse_code(const std::string& text) {
  return thrown_code([&] { static_cast<void>(RelativePath::parse(text)); });
}

/// Of so many bytes, in folders with short names.
std::string deep_path(std::size_t size) {
  std::string path;
  while (path.size() < size)
    path += "folder/";
  path.resize(size);
  path.back() = 'x';
  return path;
}

}  // namespace

TEST_CASE("a contained path is taken as it stands") {
  const std::vector<std::string> texts{
      "a",
      "a/b/c.py",
      "[x]/$y.tsx",
      "with space/ leading and trailing ",
      "-rf",
      "...",
      "..a/b..",
      ".gitignore",
      ".github/workflows/ci.yml",
      ".gitattributes",
      "git/x",
      ".git-hooks/x",
      "gitx~1",
      ".ratchetrc",
      "ratchet/templates/x",
      "\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80",
      "ab:c",
      "common.py",
      "com10",
      "com0",
      "com\u2074",
      "console.log",
      std::string(255, 'n'),
      deep_path(32'767),
      "x/" + std::string(255, 'n') + "/y",
  };
  for (const std::string& text : texts) {
    CAPTURE(text);
    CHECK(parse_code(text) == "");
  }
  CHECK(RelativePath::parse("[x]/$y.tsx").text() == "[x]/$y.tsx");
}

TEST_CASE("a path that could leave the project or name no file is refused") {
  struct Case {
    std::string text;
    std::string code;
  };
  using namespace std::string_literals;
  const std::vector<Case> cases{
      {"", "path.invalid"},
      {"/etc/passwd", "path.absolute"},
      {"/", "path.absolute"},
      {"C:/x", "path.absolute"},
      {"c:x", "path.absolute"},
      {"\\\\server\\share", "path.absolute"},
      {"..", "path.outside_root"},
      {"../x", "path.outside_root"},
      {"a/../../x", "path.outside_root"},
      {"a/..", "path.outside_root"},
      {".", "path.invalid"},
      {"./a", "path.invalid"},
      {"a//b", "path.invalid"},
      {"a/", "path.invalid"},
      {"a\\b", "path.invalid"},
      {"a\0b"s, "path.invalid"},
      {"a\nb", "path.invalid"},
      {"a\x7f", "path.invalid"},
      {"a\xc2\x85", "path.invalid"},  // NEL, a C1 control
      {"\xff\xfe", "path.invalid"},
      {"\xed\xa0\x80", "path.invalid"},  // a surrogate
      {std::string(256, 'n'), "path.invalid"},
      {deep_path(32'768), "path.invalid"},
      {"aux.c", "path.invalid"},
      {"x/NUL", "path.invalid"},
      {"Com1.txt", "path.invalid"},
      {"LPT\u00b2.txt", "path.invalid"},
      {"con .py", "path.invalid"},
      {".git", "path.protected"},
      {".git/hooks/x", "path.protected"},
      {"sub/.git/config", "path.protected"},
      {".ratchet/tx/1", "path.protected"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.text);
    CHECK(parse_code(row.text) == row.code);
  }
}

TEST_CASE("a folder is protected under every name by which a system finds it") {
  const std::vector<std::string> names{
      ".git",
      ".GIT",
      ".Git",
      ".git.",
      ".git ",
      ".git . .",
      "git~1",
      "GIT~1",
      "git~2",
      ".g\xe2\x80\x8cit",  // ZERO WIDTH NON-JOINER
      ".git\xef\xbb\xbf",  // ZERO WIDTH NO-BREAK SPACE
      "\xe2\x81\xaa.git",  // INHIBIT SYMMETRIC SWAPPING
      ".git\xc2\xad.",     // SOFT HYPHEN, then a dot
      ".git::$INDEX_ALLOCATION",
      ".git:x",
      ".ratchet",
      ".RATCHET",
      ".ratchet.",
      ".ratchet\xe2\x80\x8d",
      "ratche~1",
      "RATCHE~1",
  };
  for (const std::string& name : names) {
    CAPTURE(name);
    CHECK(names_protected_folder(name));
    CHECK(parse_code("a/" + name + "/x") == "path.protected");
  }
  for (const std::string name : {".gi", "git", "git~", "git~1x", ".gitx", "ratchet", ".git\xff"}) {
    CAPTURE(name);
    CHECK_FALSE(names_protected_folder(name));
  }
}

TEST_CASE("the parts of a path") {
  const RelativePath path = RelativePath::parse("a/b.c/d.tar.gz");
  CHECK(path.name() == "d.tar.gz");
  CHECK(path.parent() == "a/b.c");
  CHECK(path.extension() == ".gz");
  CHECK(path.components() == std::vector<std::string_view>{"a", "b.c", "d.tar.gz"});
  CHECK(RelativePath::parse("x").parent() == "");
  CHECK(RelativePath::parse("x").name() == "x");
  CHECK(RelativePath::parse("a.b/x").extension() == "");
  CHECK(RelativePath::parse("a/.profile").extension() == "");
}

TEST_CASE("folded paths are equal where a case-insensitive file system takes them for one") {
  const auto folded = [](const char* text) { return RelativePath::parse(text).folded(); };
  CHECK(folded("Src/Main.PY") == folded("src/main.py"));
  CHECK(folded("\xc3\x84") == folded("a\xcc\x88"));  // composed and decomposed
  CHECK(folded("stra\xc3\x9f"
               "e") == folded("STRASSE"));          // full folding
  CHECK(folded("\xce\xa3") == folded("\xcf\x82"));  // capital and final sigma
  CHECK(folded("a\xe2\x80\x8d"
               "b") == folded("ab"));  // ignorable
  CHECK(folded("a.py") != folded("b.py"));
  CHECK(folded("a") != folded("\xc3\xa4"));
}
