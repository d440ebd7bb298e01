#include "templates/path_glob.h"

#include <doctest/doctest.h>

#include <string>

namespace ratchet {
namespace {

struct Row {
  std::string glob;
  std::string path;
  bool matches;
};

}  // namespace

TEST_CASE("EditorConfig's patterns match as its specification has it") {
  for (const Row& row : {
           Row{"*", "a.py", true},
           Row{"*", "src/a.py", true},
           Row{"*.py", "src/deep/a.py", true},
           Row{"*.py", "a.pyc", false},
           Row{"/*.py", "a.py", true},
           Row{"/*.py", "src/a.py", false},
           Row{"src/*.py", "src/a.py", true},
           Row{"src/*.py", "src/b/a.py", false},
           Row{"src/**.py", "src/b/a.py", true},
           Row{"src/**/a.py", "src/a.py", true},
           Row{"src/**/a.py", "src/b/c/a.py", true},
           Row{"src/**/a.py", "srca.py", false},
           Row{"?.py", "a.py", true},
           Row{"?.py", "ab.py", false},
           Row{"[ab].py", "b.py", true},
           Row{"[!ab].py", "b.py", false},
           Row{"[!ab].py", "c.py", true},
           Row{"[a-c].py", "b.py", true},
           Row{"[", "[", true},
           Row{"[a/b]", "[a/b]", true},
           Row{"*.{js,ts}", "a.ts", true},
           Row{"*.{js,ts}", "a.tsx", false},
           Row{"*.{js,{ts,mts}}", "a.mts", true},
           Row{"{single}.b", "{single}.b", true},
           Row{"{single}.b", "single.b", false},
           Row{"{a", "{a", true},
           Row{"{a,}b", "b", true},
           Row{"f{1..12}", "f7", true},
           Row{"f{1..12}", "f13", false},
           Row{"f{1..12}", "f+7", true},
           Row{"a[!b]c", "a/c", false},
           Row{"f{-2..2}", "f-1", true},
           Row{"f{3..1}", "f2", true},
           Row{"\\*.py", "*.py", true},
           Row{"\\*.py", "a.py", false},
           Row{"a+b$(c).d", "a+b$(c).d", true},
           Row{"Makefile", "makefile", false},
           Row{"\xC3\xA9?", "\xC3\xA9\xC3\xA9", true},
       }) {
    CAPTURE(row.glob);
    CAPTURE(row.path);
    const auto glob = PathGlob::editorconfig(row.glob);
    REQUIRE(glob.has_value());
    CHECK(glob->matches(row.path) == row.matches);
  }
}

TEST_CASE("Git's patterns match as gitattributes has it") {
  for (const Row& row : {
           Row{"*.py", "src/a.py", true},
           Row{"/*.py", "src/a.py", false},
           Row{"src/*.py", "src/a.py", true},
           Row{"src/*.py", "x/src/a.py", false},
           Row{"src/*.py", "src/b/a.py", false},
           Row{"**/a.py", "a.py", true},
           Row{"**/a.py", "x/y/a.py", true},
           Row{"src/**", "src/b/a.py", true},
           Row{"src/**", "src", false},
           Row{"a/**/b", "a/b", true},
           Row{"a/**/b", "a/x/y/b", true},
           Row{"a**b", "axxb", true},
           Row{"a**/b", "ax/y/b", false},
           Row{"*.{py,js}", "a.py", false},
           Row{"*.{py,js}", "a.{py,js}", true},
           Row{"[[]x", "[x", true},
           Row{"\\#a", "#a", true},
       }) {
    CAPTURE(row.glob);
    CAPTURE(row.path);
    const auto glob = PathGlob::gitattributes(row.glob);
    REQUIRE(glob.has_value());
    CHECK(glob->matches(row.path) == row.matches);
  }
}

TEST_CASE("a pattern that can match nothing is none") {
  CHECK_FALSE(PathGlob::editorconfig("{1..100000}").has_value());
  CHECK_FALSE(PathGlob::editorconfig("[z-a]").has_value());
  CHECK_FALSE(PathGlob::gitattributes("folder/").has_value());
  CHECK_FALSE(PathGlob::gitattributes("!a").has_value());
  CHECK_FALSE(PathGlob::editorconfig(std::string(100'000, '*')).has_value());
}

}  // namespace ratchet
