// References beside a base: the examples of RFC 3986.
#include "validation/schema/uri.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using ratchet::schema::resolve_uri;
using ratchet::schema::split_uri;

TEST_CASE("schema uri: references are resolved as RFC 3986 §5.4 lists them, without fragments") {
  const std::vector<std::pair<std::string_view, std::string_view>> cases = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q"},
      {"g#s", "http://a/b/c/g"},
      {"g?y#s", "http://a/b/c/g?y"},
      {";x", "http://a/b/c/;x"},
      {"g;x", "http://a/b/c/g;x"},
      {"g;x?y#s", "http://a/b/c/g;x?y"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../", "http://a/"},
      {"../../g", "http://a/g"},
      {"../../../g", "http://a/g"},
      {"../../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {".g", "http://a/b/c/.g"},
      {"g..", "http://a/b/c/g.."},
      {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g/../h", "http://a/b/c/h"},
      {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/./x", "http://a/b/c/g?y/./x"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
      {"g#s/../x", "http://a/b/c/g"},
      {"http:g", "http:g"},
  };
  for (const auto& [reference, target] : cases) {
    CAPTURE(reference);
    CHECK(resolve_uri("http://a/b/c/d;p?q", reference) == target);
  }
}

TEST_CASE("schema uri: a base without a path, a name without segments, and no base at all") {
  CHECK(resolve_uri("http://a", "g") == "http://a/g");
  CHECK(resolve_uri("urn:uuid:1", "#x") == "urn:uuid:1");
  CHECK(resolve_uri("http://a/b", "urn:a:b/../c") == "urn:a:b/../c");
  CHECK(resolve_uri("", "b/c.json#x") == "b/c.json");
  CHECK(resolve_uri("file:///c:/d/a.json", "b.json") == "file:///c:/d/b.json");
}

TEST_CASE(
    "schema uri: a colon behind a slash makes no scheme, and what is absent differs from "
    "what is empty") {
  CHECK_FALSE(split_uri("a/b:c").scheme);
  CHECK_FALSE(split_uri("1a:b").scheme);
  CHECK(split_uri("a+1:b").scheme == "a+1");
  CHECK(split_uri("http://?#").authority == "");
  CHECK(split_uri("http://?#").query == "");
  CHECK(split_uri("http://?#").fragment == "");
  CHECK_FALSE(split_uri("http:").authority);
}
