#include <doctest/doctest.h>

#include <string>

#include "fs/thrown_code.h"
#include "validation/structure/glob.h"

using namespace ratchet;        // NOLINT: a test of this namespace
using namespace ratchet::test;  // NOLINT

TEST_CASE("a name matches a pattern as shells have it") {
  struct Row {
    const char* pattern;
    const char* name;
    bool matches;
  };
  const Row rows[] = {
      {"*", "a", true},
      {"*", "", true},
      {"*.py", "a.py", true},
      {"*.py", "a.pyc", false},
      {"*.py", ".py", false},
      {".*", ".py", true},
      {"*", ".hidden", false},
      {"?hidden", ".hidden", false},
      {"[.]hidden", ".hidden", false},
      {"a*b*c", "aXbYc", true},
      {"a*b*c", "aXcYb", false},
      {"a*b", "ab", true},
      {"?", "a", true},
      {"?", "\u00e4", true},
      {"?", "ab", false},
      {"??", "\u00e4", false},
      {"[abc]", "b", true},
      {"[abc]", "d", false},
      {"[a-c]x", "bx", true},
      {"[!a-c]", "d", true},
      {"[^a-c]", "b", false},
      {"[]]", "]", true},
      {"[]a]", "a", true},
      {"[", "[", true},
      {"[a", "[a", true},
      {"[a-", "[a-", true},
      {"[a-]", "-", true},
      {"[\u00e0-\u00ff]", "\u00e9", true},
      {"README", "readme", false},
      {"*a", "aXa", true},
      {"a**b", "ab", true},
      {"*.{py", "a.{py", true},
      {"", "", true},
      {"", "a", false},
      {"a*", "b", false},
      {"*ab*ab", "abab", true},
      {"*ab*ab", "ab", false},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.pattern));
    CAPTURE(std::string(row.name));
    CHECK(NamePattern(row.pattern).matches(row.name) == row.matches);
  }
}

TEST_CASE("a hostile pattern takes no longer than its size") {
  std::string pattern;
  for (int i = 0; i < 100; ++i)
    pattern += "*a";
  CHECK_FALSE(NamePattern(pattern + "b").matches(std::string(5000, 'a')));
}

TEST_CASE("braces stand for each of their choices") {
  using Texts = std::vector<std::string>;
  CHECK(expand_braces("a.{py,js}", 10) == Texts{"a.py", "a.js"});
  CHECK(expand_braces("{a,b}{1,2}", 10) == Texts{"a1", "a2", "b1", "b2"});
  CHECK(expand_braces("x{a,{b,c}d}", 10) == Texts{"xa", "xbd", "xcd"});
  CHECK(expand_braces("{a,}b", 10) == Texts{"ab", "b"});
  CHECK(expand_braces("{a}", 10) == Texts{"{a}"});
  CHECK(expand_braces("{{a,b}", 10) == Texts{"{a", "{b"});
  CHECK(expand_braces("plain", 10) == Texts{"plain"});
  CHECK(thrown_code([] { static_cast<void>(expand_braces("{a,b}{a,b}{a,b}{a,b}", 10)); }) ==
        "request.constraint");
}
