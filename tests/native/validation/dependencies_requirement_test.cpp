#include <doctest/doctest.h>

#include <string>

#include "fs/thrown_code.h"
#include "validation/dependencies/requirement.h"

using namespace ratchet;        // NOLINT: a test of this namespace
using namespace ratchet::test;  // NOLINT

using Kind = DependencyKind;

TEST_CASE("a requirement is a name and the versions behind it") {
  struct Row {
    Kind kind;
    const char* text;
    const char* name;
    const char* asked;
  };
  const Row rows[] = {
      {Kind::python, "requests", "requests", ""},
      {Kind::python, " requests >= 2.28 , <3 ", "requests", ">= 2.28 , <3"},
      {Kind::python, "uvicorn[standard]~=0.23", "uvicorn", "~=0.23"},
      {Kind::python, "ruamel.yaml==0.17.*", "ruamel.yaml", "==0.17.*"},
      {Kind::python, "a (>=1)", "a", ">=1"},
      {Kind::npm, "react", "react", ""},
      {Kind::npm, "react@^18.2", "react", "^18.2"},
      {Kind::npm, "@types/node@>=18 <21 || 22.x", "@types/node", ">=18 <21 || 22.x"},
      {Kind::npm, "react>=17", "react", ">=17"},
      {Kind::npm, "left-pad~1.2", "left-pad", "~1.2"},
      {Kind::npm_global, "@angular/cli", "@angular/cli", ""},
      {Kind::executable, "git>=2.30", "git", ">=2.30"},
      {Kind::executable, "git >= 2.30", "git", ">= 2.30"},
      {Kind::executable, "clang++-14", "clang++-14", ""},
      {Kind::executable, "python3.11", "python3.11", ""},
      {Kind::dotnet, "sdk>=8", "sdk", ">=8"},
      {Kind::go, "github.com/pkg/errors>=v0.9", "github.com/pkg/errors", ">=v0.9"},
      {Kind::go, "git.sr.ht/~sircmpwn/getopt@v1", "git.sr.ht/~sircmpwn/getopt", "v1"},
      {Kind::cargo, "serde 1.0", "serde", "1.0"},
      {Kind::cargo, "serde_json@1", "serde_json", "1"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    const Requirement requirement = Requirement::parse(row.kind, row.text);
    CHECK(requirement.name == row.name);
    CHECK(requirement.asked == row.asked);
  }
}

TEST_CASE("what is no requirement of its kind is refused") {
  struct Row {
    Kind kind;
    const char* text;
  };
  const Row rows[] = {
      {Kind::python, ""},
      {Kind::python, ">=1"},
      {Kind::python, "a;b"},
      {Kind::python, "a; python_version<'3.8'"},
      {Kind::python, "a'); import os; os.system('id') #"},
      {Kind::python, "a\"b"},
      {Kind::python, "a[x>=1"},
      {Kind::python, "a @ https://host/a.whl"},
      {Kind::python, "-r requirements.txt"},
      {Kind::python, "../a"},
      {Kind::npm, "../../etc"},
      {Kind::npm, ".hidden"},
      {Kind::npm, "@scope"},
      {Kind::npm, "@scope/"},
      {Kind::npm, "@../x/y"},
      {Kind::npm, "a/b"},
      {Kind::npm, "a;b"},
      {Kind::npm, "a@latest"},
      {Kind::npm, "a@file:../b"},
      {Kind::npm, "a$(id)"},
      {Kind::executable, "/bin/sh"},
      {Kind::executable, "a\\b"},
      {Kind::executable, "git; rm -rf /"},
      {Kind::executable, "a\nb"},
      {Kind::go, "a//b"},
      {Kind::go, "a/../b"},
      {Kind::go, "/a"},
      {Kind::go, "a b"},
      {Kind::cargo, "a/b"},
      {Kind::cargo, "a'b"},
      {Kind::dotnet, "a;b"},
      {Kind::dotnet, "a\xff"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    CHECK(thrown_code([&] { static_cast<void>(Requirement::parse(row.kind, row.text)); }) ==
          "dependency.invalid");
  }
  CHECK(thrown_code([] {
          static_cast<void>(Requirement::parse(Kind::npm, std::string(300, 'a')));
        }) == "dependency.invalid");
}

TEST_CASE("each kind compares by its own rule") {
  struct Row {
    Kind kind;
    const char* text;
    const char* version;
    std::optional<bool> fits;
  };
  const Row rows[] = {
      {Kind::python, "a>=1.0", "2.0rc1", true},
      {Kind::python, "a>=1.0", "what", std::nullopt},
      {Kind::python, "a", "what", true},
      {Kind::npm, "a@>=1.0.0", "2.0.0-rc.1", false},
      {Kind::npm, "a@^1", "what", std::nullopt},
      {Kind::executable, "a>=1.0.0", "2.0.0-rc.1", true},
      {Kind::go, "a.b/c>=v0.1.0", "v0.2.0-20230101120000-abcdef123456", true},
      {Kind::cargo, "a 1.2", "1.9.0", true},
      {Kind::cargo, "a 1.2", "2.0.0", false},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    CHECK(Requirement::parse(row.kind, row.text).fits(row.version) == row.fits);
  }
}
