// npm's ranges; rows from semver.org's precedence list and the examples of npm's own documentation.
#include <doctest/doctest.h>

#include <string>

#include <string_view>

#include "validation/dependencies/version_range.h"

using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

using Prereleases = VersionRange::Prereleases;

bool in_range(std::string_view range, std::string_view version,
              Prereleases prereleases = Prereleases::where_named) {
  const auto parsed = VersionRange::parse(range);
  const auto read = Version::parse(version);
  REQUIRE(parsed.has_value());
  REQUIRE(read.has_value());
  return parsed->holds(*read, prereleases);
}

}  // namespace

TEST_CASE("versions are ordered as semver.org lists them") {
  const char* ascending[] = {"1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta",
                             "1.0.0-beta",  "1.0.0-beta.2",  "1.0.0-beta.11",
                             "1.0.0-rc.1",  "1.0.0",         "1.0.1",
                             "1.2",         "1.10",          "2"};
  for (std::size_t i = 1; i < std::size(ascending); ++i) {
    CAPTURE(std::string(ascending[i]));
    const Version lower = *Version::parse(ascending[i - 1]);
    const Version higher = *Version::parse(ascending[i]);
    CHECK(lower.compare(higher) == -1);
    CHECK(higher.compare(lower) == 1);
    CHECK(higher.compare(higher) == 0);
  }
}

TEST_CASE("build metadata and trailing zeros count for nothing") {
  CHECK(Version::parse("1.0.0+a")->compare(*Version::parse("v1+b.2")) == 0);
}

TEST_CASE("what is no version is none") {
  for (const char* text : {"", "v", "latest", "1.", ".1", "1..2", "1.x", "1.2.3-", "1.2.3+", "1 2",
                           "1.2.3-a..b", "99999999999999999999", "-1", "1.-2"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(Version::parse(text).has_value());
  }
}

TEST_CASE("a range holds what npm says it holds") {
  struct Row {
    const char* range;
    const char* version;
    bool holds;
  };
  const Row rows[] = {
      {"^1.2.3", "1.2.3", true},
      {"^1.2.3", "1.9.0", true},
      {"^1.2.3", "2.0.0", false},
      {"^1.2.3", "1.2.2", false},
      {"^0.2.3", "0.2.9", true},
      {"^0.2.3", "0.3.0", false},
      {"^0.0.3", "0.0.3", true},
      {"^0.0.3", "0.0.4", false},
      {"^0.0", "0.0.9", true},
      {"^0.0", "0.1.0", false},
      {"^0.x", "0.9.9", true},
      {"^0.x", "1.0.0", false},
      {"^1.2", "1.2.0", true},
      {"^1.2", "1.1.9", false},
      {"^1.x", "1.0.0", true},
      {"^1.2.3-beta.2", "1.2.3-beta.4", true},
      {"^1.2.3-beta.2", "1.2.4-beta.2", false},
      {"^1.2.3", "2.0.0-rc.1", false},
      {"~1.2.3", "1.2.9", true},
      {"~1.2.3", "1.3.0", false},
      {"~1.2", "1.2.0", true},
      {"~1.2", "1.3.0", false},
      {"~1", "1.9.9", true},
      {"~1", "2.0.0", false},
      {"~>1.2.3", "1.2.4", true},
      {"~ 1.2.3", "1.2.4", true},
      {">=1.2.3", "1.2.3", true},
      {">= 1.2.3", "1.2.2", false},
      {">1.2", "1.2.9", false},
      {">1.2", "1.3.0", true},
      {">1.2.3", "1.2.3", false},
      {"<1.2", "1.1.9", true},
      {"<1.2", "1.2.0", false},
      {"<=1.2", "1.2.9", true},
      {"<=1.2", "1.3.0", false},
      {"<2.0.0", "2.0.0-rc.1", false},
      {">=1.2.3 <2", "1.9.9", true},
      {">=1.2.3 <2", "2.0.0", false},
      {">=1.2,<2", "1.5.0", true},
      {"1.2.3", "1.2.3", true},
      {"1.2.3", "1.2.4", false},
      {"=1.2.3", "1.2.3", true},
      {"==1.2.3", "1.2.3", true},
      {"v1.2.3", "1.2.3", true},
      {"1.2", "1.2.9", true},
      {"1.2.x", "1.2.9", true},
      {"1.x", "2.0.0", false},
      {"1.*", "1.4.0", true},
      {"1.X.x", "1.4.0", true},
      {"*", "9.9.9", true},
      {"x", "0.0.0", true},
      {"", "1.0.0", true},
      {"*", "1.0.0-rc.1", false},
      {"1.2.3 - 2.3.4", "2.3.4", true},
      {"1.2.3 - 2.3.4", "2.3.5", false},
      {"1.2 - 2.3.4", "1.2.0", true},
      {"1.2.3 - 2.3", "2.3.9", true},
      {"1.2.3 - 2.3", "2.4.0", false},
      {"1.2.3 - 2", "2.9.0", true},
      {"1.2.3 - 2", "3.0.0", false},
      {"1.2.7 || >=1.2.9 <2.0.0", "1.2.7", true},
      {"1.2.7 || >=1.2.9 <2.0.0", "1.2.8", false},
      {"1.2.7||>=1.2.9 <2.0.0", "1.4.6", true},
      {">1.2.3-alpha.3", "1.2.3-alpha.7", true},
      {">1.2.3-alpha.3", "3.4.5-alpha.9", false},
      {">1.2.3-alpha.3", "3.4.5", true},
      {"<*", "1.0.0", false},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.range));
    CAPTURE(std::string(row.version));
    CHECK(in_range(row.range, row.version) == row.holds);
  }
}

TEST_CASE("for programs a pre-release counts by its order") {
  CHECK(in_range(">=20", "21.0.0-nightly", Prereleases::all));
  CHECK_FALSE(in_range("<21", "21.0.0-nightly", Prereleases::all));
  CHECK(in_range("*", "1.0.0-rc.1", Prereleases::all));
  CHECK_FALSE(in_range("^1.2.3", "2.0.0-rc.1", Prereleases::all));
  CHECK_FALSE(in_range(">=1.21.0", "1.21.0-rc.2", Prereleases::all));
}

TEST_CASE("a lone version of cargo's means all that are compatible with it") {
  const auto range = VersionRange::parse("1.2", VersionRange::Lone::compatible);
  REQUIRE(range.has_value());
  CHECK(range->holds(*Version::parse("1.9.0"), Prereleases::where_named));
  CHECK_FALSE(range->holds(*Version::parse("2.0.0"), Prereleases::where_named));
  const auto exact = VersionRange::parse("=1.2.0", VersionRange::Lone::compatible);
  CHECK_FALSE(exact->holds(*Version::parse("1.2.1"), Prereleases::where_named));
}

TEST_CASE("what is no range is refused") {
  for (const char* text : {"latest", "workspace:*", "git+https://host/x.git", "1.2.3.", ">=", "^",
                           "1.x.3", ">>1", "1 - ", "=>1.2", "~^1", "1.2; rm -rf /", "file:../a"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(VersionRange::parse(text).has_value());
  }
}
