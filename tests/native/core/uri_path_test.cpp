// Expectations: RFC 3986 §2, RFC 8089 §2 and appendix E.
#include "core/uri_path.h"

#include <doctest/doctest.h>

#include <string>

#include "core/percent_encoding.h"

using namespace ratchet;  // NOLINT: a test of this namespace

TEST_CASE("a relative path is escaped where a URI would read it differently") {
  CHECK(uri_path("a b#%/é:") == "a%20b%23%25/%C3%A9%3A");
  CHECK(uri_path("plain-._~!$&'()*+,;=@") == "plain-._~!$&'()*+,;=@");
}

TEST_CASE("what is no escape stays as it is") {
  CHECK(percent_decoded("%zz%4") == "%zz%4");
  CHECK(percent_decoded("%c3%A9%") == "é%");
}

TEST_CASE("a path of any system is a file URI, and comes back from it") {
  struct Row {
    const char* path;
    const char* uri;
    const char* authority;
    const char* uri_path;
    const char* back;
  };
  const Row rows[] = {
      {"/a b", "file:///a%20b", "", "/a%20b", "/a b"},
      {R"(/a\b:c)", "file:///a%5Cb%3Ac", "", "/a%5Cb%3Ac", R"(/a\b:c)"},
      {R"(C:\a b\é)", "file:///C:/a%20b/%C3%A9", "", "/C:/a%20b/%C3%A9", "C:/a b/é"},
      {"z:/a:b", "file:///z:/a%3Ab", "", "/z:/a%3Ab", "z:/a:b"},
      {R"(\\?\C:\a)", "file:///C:/a", "", "/C:/a", "C:/a"},
      {R"(\\host\share\a b)", "file://host/share/a%20b", "host", "/share/a%20b",
       "//host/share/a b"},
      {R"(\\?\UNC\host\share\a)", "file://host/share/a", "host", "/share/a", "//host/share/a"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CHECK(file_uri(row.path) == row.uri);
    CHECK(path_of_file_uri(row.authority, row.uri_path, true) == row.back);
  }
}

TEST_CASE("a drive is one only where there are drives") {
  CHECK(path_of_file_uri("", "/C:/a", false) == "/C:/a");
  CHECK(path_of_file_uri("", "/C%3A/a", true) == "C:/a");
  CHECK(path_of_file_uri("", "/CD/a", true) == "/CD/a");
}
