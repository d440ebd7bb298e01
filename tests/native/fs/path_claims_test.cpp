#include "fs/path_claims.h"

#include <doctest/doctest.h>

namespace ratchet {

TEST_CASE("a path clashes with itself, with its other cases and with a file in its way") {
  struct Row {
    std::string first;
    std::string second;
    std::string sentence;  ///< empty: no clash
  };
  for (const Row& row : {
           Row{"a", "b", ""},
           Row{"a/b", "a/c", ""},
           Row{"a/b", "A/c", ""},
           Row{"a", "a", "\"a\" is the path of two files"},
           Row{"a/B", "A/b", "\"A/b\" differs from \"a/B\" in case alone"},
           Row{"a", "a/b", "\"a/b\" needs a folder where \"a\" is a file"},
           Row{"x/y/z", "x/y", "\"x/y/z\" needs a folder where \"x/y\" is a file"},
           Row{"X", "x/y", "\"x/y\" needs a folder where \"X\" is a file"},
       }) {
    CAPTURE(row.second);
    PathClaims claims;
    CHECK_FALSE(claims.claim(RelativePath::parse(row.first)).has_value());
    const std::optional<PathClash> clash = claims.claim(RelativePath::parse(row.second));
    CHECK((clash ? clash->sentence() : "") == row.sentence);
  }
}

TEST_CASE("a path that was refused claims nothing") {
  PathClaims claims;
  CHECK_FALSE(claims.claim(RelativePath::parse("a")).has_value());
  CHECK(claims.claim(RelativePath::parse("A/deep/file")).has_value());
  CHECK_FALSE(claims.claim(RelativePath::parse("b")).has_value());
  CHECK_FALSE(claims.claim(RelativePath::parse("b.d/c")).has_value());
}

}  // namespace ratchet
