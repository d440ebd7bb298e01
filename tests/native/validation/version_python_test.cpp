// PEP 440: rows from its own text.
#include <doctest/doctest.h>

#include <string>

#include <string_view>

#include "validation/dependencies/python_version.h"

using namespace ratchet;  // NOLINT: a test of this namespace

TEST_CASE("python versions are ordered as PEP 440 lists them") {
  const char* ascending[] = {
      "1.dev0",
      "1.0.dev456",
      "1.0a1",
      "1.0a2.dev456",
      "1.0a12.dev456",
      "1.0a12",
      "1.0b1.dev456",
      "1.0b2",
      "1.0b2.post345.dev456",
      "1.0b2.post345",
      "1.0rc1.dev456",
      "1.0rc1",
      "1.0",
      "1.0+abc.5",
      "1.0+abc.7",
      "1.0+5",
      "1.0.post456.dev34",
      "1.0.post456",
      "1.0.15",
      "1.1.dev1",
      "2013.10",
      "1!0.1",
  };
  for (std::size_t i = 1; i < std::size(ascending); ++i) {
    CAPTURE(std::string(ascending[i]));
    const auto lower = PythonVersion::parse(ascending[i - 1]);
    const auto higher = PythonVersion::parse(ascending[i]);
    REQUIRE(lower.has_value());
    REQUIRE(higher.has_value());
    CHECK(lower->compare(*higher) == -1);
    CHECK(higher->compare(*lower) == 1);
  }
}

TEST_CASE("spellings that PEP 440 allows mean the same version") {
  struct Row {
    const char* one;
    const char* other;
  };
  const Row rows[] = {
      {"1.1RC1", "1.1rc1"},
      {"1.1.a1", "1.1a1"},
      {"1.1-a.1", "1.1a1"},
      {"1.1alpha1", "1.1a1"},
      {"1.1c3", "1.1rc3"},
      {"1.1preview3", "1.1rc3"},
      {"1.2a", "1.2a0"},
      {"1.2-post2", "1.2.post2"},
      {"1.2-r4", "1.2.post4"},
      {"1.2.post", "1.2.post0"},
      {"1.0-1", "1.0.post1"},
      {"1.2.dev", "1.2.dev0"},
      {"1.0+ubuntu-1", "1.0+ubuntu.1"},
      {"v1.0", "1.0"},
      {" 1.0\n", "1.0.0"},
      {"0!1.0", "1.0"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.one));
    const auto one = PythonVersion::parse(row.one);
    REQUIRE(one.has_value());
    CHECK(one->compare(*PythonVersion::parse(row.other)) == 0);
  }
}

TEST_CASE("what is no python version is none") {
  for (const char* text : {"", "x", "1.0.", "1.0foo", "1..0", "1.0+", "1.0+a_", "1.0 2", "!1",
                           "1.0-", "99999999999999999999", "1.0a1b2"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(PythonVersion::parse(text).has_value());
  }
}

TEST_CASE("a specifier holds what PEP 440 says it holds") {
  struct Row {
    const char* specifier;
    const char* version;
    bool holds;
  };
  const Row rows[] = {
      {"", "1.0", true},
      {">=1.2", "1.2", true},
      {">=1.2", "1.1.9", false},
      {"~=2.2", "2.3", true},
      {"~=2.2", "3.0", false},
      {"~=2.2.post3", "2.2", false},
      {"~=1.4.5", "1.4.9", true},
      {"~=1.4.5", "1.5.0", false},
      {"~=2.2.0", "2.2.5", true},
      {"==1.1", "1.1.post1", false},
      {"==1.1.*", "1.1.post1", true},
      {"==1.1", "1.1.0", true},
      {"==1.1.*", "1.1a1", true},
      {"==1.*", "1.9", true},
      {"==1.*", "2.0", false},
      {"==1.1", "1.1+local", true},
      {"==1.1+local", "1.1", false},
      {"!=1.1", "1.1.post1", true},
      {"!=1.1.*", "1.1.5", false},
      {"<3.1", "3.1.dev0", false},
      {"<3.1rc1", "3.1.dev0", true},
      {">1.7", "1.7.1", true},
      {">1.7", "1.7.0.post1", false},
      {">1.7.post2", "1.7.post3", true},
      {">1.7", "1.7+local", false},
      {">=1,<2", "1.5", true},
      {">=1 , <2", "2.0", false},
      {"===1.0-Foo", "1.0-foo", true},
      {"<=1.0", "1.0+x", true},
      {">=1.0", "2.0rc1", true},
      {"<2", "1!1.0", false},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.specifier));
    CAPTURE(std::string(row.version));
    const auto specifiers = PythonSpecifiers::parse(row.specifier);
    REQUIRE(specifiers.has_value());
    const auto version = PythonVersion::parse(row.version);
    const bool holds = specifiers->hold(version.value_or(PythonVersion{}), row.version);
    CHECK(holds == row.holds);
  }
}

TEST_CASE("what is no specifier is refused") {
  for (const char* text : {"1.2", "^1.2", ">=", "~=1", ">=1.*", "==1.2.*.dev", ">=1.0,", ">=1;x",
                           "==1.0+a.*", ">=1.0+a", "@ https://host/x", "=1"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(PythonSpecifiers::parse(text).has_value());
  }
}

TEST_CASE("python names are compared as PEP 503 has them") {
  CHECK(normalized_python_name("Friendly-Bard") == "friendly-bard");
  CHECK(normalized_python_name("FRIENDLY._.bard") == "friendly-bard");
}
