#include "core/excerpt.h"

#include <doctest/doctest.h>

using namespace ratchet;

namespace {

Finding finding_at(std::int64_t line, std::optional<std::int64_t> column) {
  Finding finding = make_finding("syntax.error", Severity::error, "wrong", "test");
  finding.line = line;
  finding.column = column;
  return finding;
}

Finding with_excerpt(std::string_view text, std::int64_t line, std::optional<std::int64_t> column) {
  std::vector<Finding> findings{finding_at(line, column)};
  add_excerpts(findings, text);
  return findings.front();
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i)
    all += text;
  return all;
}

}  // namespace

TEST_CASE("an excerpt is the finding's line, with a caret under its column") {
  struct Case {
    std::string_view what;
    std::string_view text;
    std::int64_t line;
    std::int64_t column;
    std::string_view excerpt;
    std::int64_t caret;
  };
  const std::vector<Case> cases{
      {"the first line", "x = = 7\ny\n", 1, 5, "x = = 7", 4},
      {"a line in between", "a\nbc\nd", 2, 2, "bc", 1},
      {"the last line without an end", "a\nbc", 2, 1, "bc", 0},
      {"CRLF", "ab\r\ncd\r\n", 1, 2, "ab", 1},
      {"CR alone", "ab\rcd", 2, 2, "cd", 1},
      {"a tab is one blank", "\ta\tb", 1, 4, " a b", 3},
      {"control characters are blanks", "a\x1b[31m\x07z", 1, 7, "a [31m z", 6},
      {"marks that turn the writing are blanks", "a\u202eb", 1, 3, "a b", 2},
      {"a byte order mark takes no column", "\xEF\xBB\xBFxy", 1, 2, "xy", 1},
      {"wide characters take two cells", "日本 x", 1, 4, "日本 x", 5},
      {"under a wide character", "日本", 1, 2, "日本", 2},
      {"combining marks take none", "e\u0301e\u0301x", 1, 5, "e\u0301e\u0301x", 2},
      {"on a combining mark it stands under its base", "xe\u0301y", 1, 3, "xe\u0301y", 1},
      {"a mark with nothing to stand on", "\u0301x", 1, 2, "\u0301x", 0},
      {"past the end is behind the last character", "abc\n", 1, 99, "abc", 3},
      {"right behind the last character", "日本\n", 1, 3, "日本", 4},
      {"column zero is the beginning", "abc", 1, 0, "abc", 0},
      {"malformed bytes", "a\xC3(\xFF)b", 1, 5, "a\uFFFD(\uFFFD)b", 4},
      {"UTF-16", std::string_view("\xFF\xFE<\0\n\0\xE4\0x\0", 10), 2, 2, "äx", 1},
  };
  for (const Case& each : cases) {
    CAPTURE(each.what);
    const Finding finding = with_excerpt(each.text, each.line, each.column);
    CHECK(finding.excerpt == each.excerpt);
    CHECK(finding.excerpt_caret == each.caret);
  }
}

TEST_CASE("what has no line to show gets no excerpt") {
  CHECK_FALSE(with_excerpt("a\n", 3, 1).excerpt.has_value());
  CHECK_FALSE(with_excerpt("a\n", 2, 1).excerpt.has_value());
  CHECK_FALSE(with_excerpt("a\n \t\n", 2, 2).excerpt.has_value());
  CHECK_FALSE(with_excerpt("", 1, 1).excerpt.has_value());
  CHECK_FALSE(with_excerpt("a", 0, 1).excerpt.has_value());
  CHECK_FALSE(with_excerpt("\xFF\xFE"
                           "a",
                           1, 1)
                  .excerpt.has_value());

  std::vector<Finding> findings{make_finding("syntax.error", Severity::error, "wrong", "test")};
  add_excerpts(findings, "a");
  CHECK_FALSE(findings.front().excerpt.has_value());
}

TEST_CASE("a finding without a column has a line and no caret") {
  const Finding finding = with_excerpt("if true; then\nfi fi\n", 2, std::nullopt);
  CHECK(finding.excerpt == "fi fi");
  CHECK_FALSE(finding.excerpt_caret.has_value());
}

TEST_CASE("a line of 160 cells is whole, and a longer one is cut") {
  CHECK(with_excerpt(std::string(160, 'a'), 1, 100).excerpt == std::string(160, 'a'));
  CHECK(with_excerpt(repeated("日", 80), 1, 40).excerpt == repeated("日", 80));

  const Finding right = with_excerpt(std::string(161, 'a'), 1, 1);
  CHECK(right.excerpt == std::string(158, 'a') + "…");
  CHECK(right.excerpt_caret == 0);

  const Finding left = with_excerpt(std::string(300, 'a') + "!", 1, 301);
  CHECK(left.excerpt == "…" + std::string(157, 'a') + "!");
  CHECK(left.excerpt_caret == 158);

  const Finding both = with_excerpt(std::string(300, 'a') + "!" + std::string(300, 'b'), 1, 301);
  CHECK(both.excerpt == "…" + std::string(79, 'a') + "!" + std::string(78, 'b') + "…");
  CHECK(both.excerpt_caret == 80);

  const Finding without_column = with_excerpt(std::string(300, 'a'), 1, std::nullopt);
  CHECK(without_column.excerpt == std::string(158, 'a') + "…");
}

TEST_CASE("a cut leaves wide characters and their marks whole") {
  const std::string glyph = "日\u0301";
  const Finding finding = with_excerpt(repeated(glyph, 200) + "!" + repeated(glyph, 200), 1, 401);
  CHECK(finding.excerpt == "…" + repeated(glyph, 39) + "!" + repeated(glyph, 39) + "…");
  CHECK(finding.excerpt_caret == 1 + 39 * 2);
}

TEST_CASE("marks without end make an excerpt no larger than its bound") {
  const std::string text = "a" + repeated("\u0301", 200'000) + "b";
  const Finding finding = with_excerpt(text, 1, 200'002);
  REQUIRE(finding.excerpt.has_value());
  CHECK(finding.excerpt->size() < 10'000);
  CHECK(finding.excerpt->ends_with("b"));
}

TEST_CASE("findings get their own lines, in whatever order they stand") {
  std::vector<Finding> findings{finding_at(3, 4), finding_at(9, 1), finding_at(1, 2),
                                finding_at(3, 1), finding_at(2, 1)};
  add_excerpts(findings, "one\ntwo\nthree\n");
  CHECK(findings[0].excerpt == "three");
  CHECK(findings[0].excerpt_caret == 3);
  CHECK_FALSE(findings[1].excerpt.has_value());
  CHECK(findings[2].excerpt == "one");
  CHECK(findings[2].excerpt_caret == 1);
  CHECK(findings[3].excerpt == "three");
  CHECK(findings[3].excerpt_caret == 0);
  CHECK(findings[4].excerpt == "two");
}

TEST_CASE("one line of 64 MiB with 1,000 findings is walked once") {
  constexpr std::size_t kSize = std::size_t{64} << 20U;
  constexpr std::string_view kCut = "…";
  std::string text(kSize, '.');
  std::vector<Finding> findings;
  const auto letter = [](std::size_t i) { return static_cast<char>('a' + i % 26); };
  for (std::size_t i = 0; i < 1'000; ++i) {
    const std::size_t at = kSize - 1 - i * 60'000;
    text[at] = letter(i);
    findings.push_back(finding_at(1, static_cast<std::int64_t>(at + 1)));
  }
  add_excerpts(findings, text);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    REQUIRE(findings[i].excerpt.has_value());
    const auto caret = static_cast<std::size_t>(findings[i].excerpt_caret.value_or(0));
    REQUIRE(findings[i].excerpt->at(caret + kCut.size() - 1) == letter(i));
  }
}
