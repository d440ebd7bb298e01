// Formats: each with texts that are of it and texts that are not.
#include <doctest/doctest.h>

#include <string_view>
#include <vector>

#include "validation/schema/formats.h"
#include "validation/schema_cases.h"

using namespace ratchet;

namespace {

struct Case {
  std::string_view format;
  std::vector<std::string_view> good;
  std::vector<std::string_view> bad;
};

// From the grammars that the formats name: RFC 3339, 5321, 1123, 2673, 4291, 3986, 3987, 6570,
// 4122, 6901, and ECMA-262. NOLINTNEXTLINE(cert-err58-cpp): a table
const std::vector<Case> kCases = {
    {"date",
     {"2024-02-29", "2000-02-29", "1963-06-19"},
     {"2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "2024-4-01", "24-01-01",
      "2024-01-01T", "06/19/1963", "2024-01-0১", ""}},
    {"date-time",
     {"1963-06-19T08:30:06.283185Z", "1990-12-31T15:59:60-08:00", "1985-04-12t23:20:50.52z",
      "1998-12-31T23:59:60Z", "2024-01-01T00:00:00+23:59"},
     {"1990-02-31T15:59:59Z", "1998-12-31T22:59:60Z", "2024-01-01 00:00:00Z", "2024-01-01T00:00:00",
      "2024-01-01T00:00:00+24:00", "1998-12-31T23:58:60Z", "1963-06-19T08:30:06.28123+01:00Z",
      "1963-06-19T08:30:06.Z", ""}},
    {"duration",
     {"P1Y2M3DT4H5M6S", "P4W", "PT0S", "P1M", "PT36H", "PT1M", "P0D", "P1DT12H"},
     {"", "P", "PT", "P1", "1D", "P1D2H", "P2S", "P1YT", "PT1D", "P1Y2W", "P1M1Y", "P1Y2D",
      "PT1H5S", "P1.5D", "P1WT1H", "T1H"}},
    {"email",
     {"joe.bloggs@example.com", "te~st@example.com", "\"joe bloggs\"@example.com",
      "\"joe@bloggs\"@example.com", "joe@[127.0.0.1]", "joe@[IPv6:::1]", "a+b@x"},
     {"2962", ".test@example.com", "test.@example.com", "te..st@example.com", "joe@", "@x",
      "joe@a b", "joe@[127.0.0.300]", "joe@-a", "\"a\"b\"@x", "a@[1.2.3.4", "é@x"}},
    {"hostname",
     {"www.example.com", "xn--4gbwdl.xn--wgbh1c", "a", "1host", "a-b.c-d",
      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.com"},
     {"", "-a", "a-", "a_b", "a..b", "a.", ".a",
      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.com", "é.com", "a b",
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.abcd"}},
    {"ipv4",
     {"192.168.0.1", "0.0.0.0", "255.255.255.255"},
     {"127.0.0.0.1", "256.1.1.1", "127.0", "0x7f000001", "087.10.0.1", "1.2.3.", "1.2.3.4 ",
      "1..2.3", "১.2.3.4", ""}},
    {"ipv6",
     {"::1", "::", "::abef", "1::", "1:2:3:4:5:6:7:8", "::ffff:192.168.0.1", "1:2::192.168.0.1",
      "1::2:3:4:5:6:7", "ABCD::"},
     {"", "12345::", "::abcef", "1:1:1:1:1:1:1:1:1", "1::2::3", "1:2:3:4:5:6:7", ":2:3:4:5:6:7:8",
      "1:2:3:4:5:6:7:", "::1%eth0", "1:2:3:4:1.2.3", "1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "::1 ",
      "1:2:3:4:5:6:7:8::", "::-1", ":::1"}},
    {"iri",
     {"http://ƒøø.ßår/?∂éœ=πîx#πîüx"},
     {"http://2001:0db8:85a3:0000:0000:8a2e:0370:7334", "/é", "http://a/<é>"}},
    {"iri-reference", {"âππ", "#ƒ", "//ƒ"}, {"\\\\é", "#ƒräg\\mênt"}},
    {"json-pointer",
     {"", "/foo/bar~0/baz~1/%a", "/", "//", "/0", ""},
     {"/foo/bar~", "/~2", "a", "#/a", "~0"}},
    {"regex",
     {"^a+$", "\\d{2,}", "(?<year>\\d)\\k<year>", "[^]"},
     {"^(abc]", "a++", "\\a", "[", "(?i)a"}},
    {"relative-json-pointer",
     {"1", "0/foo/bar", "0#", "120/a~1b", "2/0"},
     {"/foo", "-1/a", "0##", "01/a", "", "+1", "1a", "1~0"}},
    {"time",
     {"08:30:06Z", "23:59:60Z", "01:29:60+01:30", "15:59:60-08:00", "12:00:00.000001-00:00"},
     {"08:30:06", "24:00:00Z", "08:60:06Z", "08:30:61Z", "08:30:06+1:00", "8:30:06Z", "22:59:60Z",
      "08:30:06 PST", "01:01:01,1111Z", "12:00:00+00:60", "12:00Z"}},
    {"uri",
     {"http://foo.bar/?baz=qux#quux", "ftp://ftp.is.co.za/rfc/rfc1808.txt",
      "ldap://[2001:db8::7]/c=GB?objectClass?one", "mailto:John.Doe@example.com", "news:comp",
      "tel:+1-816-555-1212", "urn:oasis:names:a:b", "http://u:p@h:80/", "http://[v1.fe:d]/",
      "file:///x", "a:"},
     {"//foo.bar", "/abc", "\\\\WINDOWS\\share", "abc", "http:// x", "http://a/{b}", "http://a/%zz",
      "http://a/%4", "http://[::1", "http://a:b/", "http://é/", "http://a/<b>", "bar,\\baz", "1a:b",
      "http://[v1]/"}},
    {"uri-reference",
     {"//foo.bar/?x=y", "/abc", "", "#frag", "a/b:c", "?q"},
     {"\\\\a", "#frag\\ment", "a b", "é", "1a:b", "%"}},
    {"uri-template",
     {"http://example.com/dictionary/{term:1}/{term}", "{+path}/here", "{?x,y*}", "no/variables",
      "{#frag.part}", ""},
     {"http://example.com/{term:1}/{term", "{", "}", "{}", "{a,}", "{a:0}", "{a:12345}", "{a b}",
      "<a>", "%zz", "{.}", "{a..b}", "{é}"}},
    {"uuid",
     {"2EB8AA08-AA98-11EA-B4AA-73B441D16380", "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
      "00000000-0000-0000-0000-000000000000"},
     {"2eb8aa08-aa98-11ea-b4aa-73b441d1638", "2eb8aa08aa9811eab4aa73b441d16380",
      "2eb8aa08-aa98-11ea-b4aa73b441d16380----", "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}",
      "2eb8aa08-aa98-11ea-b4ga-73b441d16380", ""}},
};

Schema asserting(std::string_view format) {
  SchemaOptions options;
  options.assert_formats = true;
  return Schema::compile(json::object{{"format", format}}, Limits{}, options);
}

}  // namespace

TEST_CASE("schema formats: texts of a format fit it, and no others") {
  for (const Case& row : kCases) {
    CAPTURE(row.format);
    const Schema schema = asserting(row.format);
    for (const std::string_view text : row.good)
      CHECK_MESSAGE(schema.validate(json::value(text)).valid(), text);
    for (const std::string_view text : row.bad)
      CHECK_MESSAGE(!schema.validate(json::value(text)).valid(), text);
    CHECK(schema.validate(1).valid());
  }
}

TEST_CASE("schema formats: every format of the table is tried") {
  REQUIRE(schema::format_rows().size() == kCases.size());
  for (std::size_t i = 0; i < kCases.size(); ++i)
    CHECK(schema::format_rows()[i].name == kCases[i].format);
}

TEST_CASE("schema formats: they only describe, unless they are to be asserted") {
  CHECK(test::judge(R"({"format": "date"})", R"("x")").valid());
  const SchemaResult result = asserting("date").validate("x");
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].code.name() == "schema.format");
  CHECK(result.findings[0].message ==
        R"(the document must be a date as in 2024-02-29 (RFC 3339), but is "x")");
}

TEST_CASE("schema formats: one that nobody knows says nothing, nor one of a later draft") {
  CHECK(asserting("colour").validate("x").valid());
  CHECK(asserting("idn-email").validate("x").valid());
  SchemaOptions draft7;
  draft7.assert_formats = true;
  draft7.draft = SchemaDraft::draft7;
  CHECK(Schema::compile(json::object{{"format", "uuid"}}, Limits{}, draft7).validate("x").valid());
  CHECK_FALSE(
      Schema::compile(json::object{{"format", "date"}}, Limits{}, draft7).validate("x").valid());
}
