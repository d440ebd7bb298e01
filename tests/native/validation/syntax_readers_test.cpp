#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "validation/syntax/text_fault.h"

using namespace ratchet;  // NOLINT: a test of this namespace

TEST_CASE("an XML text is right, or says where it is not") {
  struct Case {
    std::string text;
    std::int64_t line;  // 0: right
    std::int64_t column;
    std::int64_t byte_offset;
  };
  const std::vector<Case> cases{
      {"<a b='1'><!-- c --><?d e?><![CDATA[<]]></a>", 0, 0, 0},
      {"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>", 0, 0, 0},
      {"\xef\xbb\xbf<a/>", 0, 0, 0},
      {"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a>&nbsp;</a>", 0, 0, 0},
      {"<p:a/>", 0, 0, 0},
      {"", 1, 1, 0},
      {"<a>\n<b>\n</a>", 3, 3, 10},
      {"<é>𝄞</x></é>", 1, 7, 10},
      {"<a/><b/>", 1, 5, 4},
      {"<a>\xff</a>", 1, 4, 3},
      {"<a>&nbsp;</a>", 1, 4, 3},
  };
  for (const Case& row : cases) {
    CAPTURE(row.text);
    const auto fault = find_xml_fault(row.text);
    REQUIRE(fault.has_value() == (row.line != 0));
    if (!fault) continue;
    CHECK(fault->is_verdict);
    CHECK_FALSE(fault->message.empty());
    CHECK(fault->position.line == row.line);
    CHECK(fault->position.column == row.column);
    CHECK(fault->position.byte_offset == row.byte_offset);
  }
}

TEST_CASE("deep and growing documents end without a verdict or with one, and in bounds") {
  std::string deep;
  constexpr int kDepth = 100000;
  for (int i = 0; i < kDepth; ++i)
    deep += "<a>";
  CHECK(find_xml_fault(deep).has_value());

  std::string laughs = "<!DOCTYPE a [<!ENTITY e0 'ha'>";
  constexpr int kEntities = 30;
  for (int i = 1; i < kEntities; ++i) {
    const std::string before = "&e" + std::to_string(i - 1) + ";";
    laughs.append("<!ENTITY e").append(std::to_string(i)).append(" '");
    for (int times = 0; times < 10; ++times)
      laughs += before;
    laughs += "'>";
  }
  laughs += "]><a>&e29;</a>";
  const auto fault = find_xml_fault(laughs);
  REQUIRE(fault.has_value());
  CHECK_FALSE(fault->is_verdict);
}
