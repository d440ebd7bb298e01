#include "core/regex.h"

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/ecma_pattern.h"
#include "core/error.h"

namespace {

using ratchet::Error;
using ratchet::Regex;
using ratchet::RegexWorkspace;
using Outcome = ratchet::Regex::Outcome;

Regex ecma(std::string_view pattern) {
  return Regex::compile(pattern, Regex::Dialect::ecma262);
}

struct Case {
  std::string_view pattern;
  std::string_view text;
  bool matches;
};

void check_all(const std::vector<Case>& cases) {
  for (const Case& row : cases) {
    CAPTURE(row.pattern);
    CAPTURE(row.text);
    CHECK(ecma(row.pattern).search(row.text) ==
          (row.matches ? Outcome::matched : Outcome::not_matched));
  }
}

std::string fault_of(std::string_view pattern) {
  try {
    (void)ecma(pattern);
  } catch (const Error& error) {
    CHECK(error.code().name() == "regex.invalid");
    return error.message();
  }
  return "compiled";
}

}  // namespace

TEST_CASE("regex: a match anywhere in the text counts, and anchors hold at its very ends") {
  check_all({
      {"b", "abc", true},
      {"^b", "abc", false},
      {"c$", "abc", true},
      {"^abc$", "abc\n", false},
      {"^$", "", true},
      {"b$", "b\na", false},
  });
}

TEST_CASE("regex: texts are matched by code points, not by bytes") {
  check_all({
      {"^.$", "é", true},
      {"^.$", "🐲", true},
      {"^..$", "🐲", false},
      {"^[é-ë]$", "ê", true},
      {"^🐲*$", "🐲🐲", true},
      {"^[🐲]$", "🐲", true},
  });
}

TEST_CASE("regex: \\d, \\w and \\b are ASCII, \\s and . are ECMAScript's sets") {
  check_all({
      {R"(^\d$)", "7", true},
      {R"(^\d$)", "٧", false},
      {R"(^\D$)", "٧", true},
      {R"(^\w$)", "é", false},
      {R"(^[\W]$)", "é", true},
      {R"(\bb)", "éb", true},
      {R"(^\s$)", "\u00a0", true},
      {R"(^\s$)", "\ufeff", true},
      {R"(^\s$)", "\u2029", true},
      {R"(^\s$)", "\u180e", false},
      {R"(^\S$)", "\u3000", false},
      {R"(^[\s\S]$)", "\u2028", true},
      {R"(^[^\S]$)", "\t", true},
      {R"(^.$)", "\u2028", false},
      {R"(^.$)", "\r", false},
      {R"(^.$)", "\u0085", true},
  });
}

TEST_CASE("regex: escapes name code points") {
  check_all({
      {R"(^\u00e9$)", "é", true},
      {R"(^\ud83d\udc32$)", "🐲", true},
      {R"(^[\ud83d\udc32]$)", "🐲", true},
      {R"(^\u{1F432}$)", "🐲", true},
      {R"(^\x41$)", "A", true},
      {R"(^\cA$)", "\x01", true},
      {R"(^\t\n\v\f\r$)", "\t\n\v\f\r", true},
      {R"(^[\b]$)", "\b", true},
      {R"(^\/\-\_\"$)", "/-_\"", true},
      {R"(^\u0041{2}$)", "AA", true},
      {R"(\ud800)", "\ufffd", false},
      {R"(^[^\ud800-\udfff]$)", "a", true},
      {R"(^[\u0041-\ud800]$)", "B", true},
  });
  CHECK(ecma(R"(^\0$)").search(std::string_view("\0", 1)) == Outcome::matched);
}

TEST_CASE("regex: Unicode properties go by their long and short names") {
  check_all({
      {R"(^\p{Letter}+$)", "πß", true},
      {R"(^\p{Letter}+$)", "1", false},
      {R"(^\p{L}$)", "π", true},
      {R"(^\P{Letter}$)", "1", true},
      {R"(^\p{gc=Uppercase_Letter}$)", "Π", true},
      {R"(^\p{General_Category=Lu}$)", "π", false},
      {R"(^\p{digit}$)", "٧", true},
      {R"(^\p{Script=Greek}$)", "π", true},
      {R"(^\p{Script=Greek}$)", "p", false},
      {R"(^\p{sc=Cyrillic}$)", "ж", true},
      {R"(^[\p{Script=Greek}\d]+$)", "π7", true},
      {R"(^\p{Alphabetic}$)", "π", true},
      {R"(^\p{Assigned}$)", "a", true},
  });
}

TEST_CASE("regex: what ECMAScript reads as itself is not read as PCRE2's own syntax") {
  check_all({
      {"^[[:alpha:]]$", ":]", true},
      {"^[[:alpha:]]$", "a", false},
      {"^[^]$", "\n", true},
      {"[]", "a", false},
      {"^a{,2}$", "a{,2}", true},
      {"^{}$", "{}", true},
      {"^x]$", "x]", true},
      {R"(^[\w-.]+$)", "a-.", true},
      {"^[a-]+$", "a-", true},
      {R"(^(?:(a)|b)\1$)", "b", true},
      {R"(^\1(a)$)", "a", true},
      {R"(^(?<year>\d)\k<year>$)", "77", true},
      {R"((?<=\$)\d)", "$7", true},
      {R"((?<!\$)\d)", "$7", false},
  });
}

TEST_CASE("regex: what ECMA-262 does not know is refused with the place") {
  const std::vector<std::pair<std::string_view, std::string_view>> cases = {
      {R"(é\a)", "an escape that ECMA-262 does not know at character 2"},
      {R"(\Z)", "an escape that ECMA-262 does not know at character 1"},
      {"a++", "nothing to repeat at character 3"},
      {"a{2}{3}", "nothing to repeat at character 5"},
      {"(*UTF)a", "nothing to repeat before \"*\" at character 2"},
      {"(?i)a", "a kind of group that ECMA-262 does not know at character 1"},
      {"(?>a)", "a kind of group that ECMA-262 does not know at character 1"},
      {"[b-a]", "a range out of order at character 2"},
      {"[a", "a class that is not closed at character 1"},
      {"a\\", "a lone backslash at character 2"},
      {R"(\u12)", "an escape with too few hexadecimal digits at character 1"},
      {R"(\u{110000})", "a code point above 10FFFF at character 1"},
      {R"(\01)", "an octal escape at character 1"},
      {R"(\p{L&})", "a property name that ECMA-262 does not know at character 1"},
  };
  for (const auto& [pattern, fault] : cases) {
    CAPTURE(pattern);
    const std::string message = fault_of(pattern);
    CHECK(message.find(" is no regular expression: ") != std::string::npos);
    CHECK(message.ends_with(fault));
  }
  CHECK(fault_of("(").find("no regular expression") != std::string::npos);
  CHECK(fault_of("*a").find("no regular expression") != std::string::npos);
  CHECK(fault_of(R"(\p{Nonsense})").find("no regular expression") != std::string::npos);
  CHECK(fault_of("\xff").ends_with("is not UTF-8"));
  CHECK(
      fault_of(std::string(Regex::kLongestPattern + 1, 'a')).ends_with("longer than 65536 bytes"));
}

TEST_CASE("regex: a search that runs away is undecided and not a mismatch") {
  const std::string run_of_a(200, 'a');
  CHECK(ecma("^(a+)+$").search(run_of_a + "b") == Outcome::undecided);
  CHECK(ecma("^(a|a)*$").search(run_of_a + "b") == Outcome::undecided);
  CHECK(ecma("^(a+)+$").search(run_of_a) == Outcome::matched);
}

TEST_CASE("regex: however the work is spread over places and items, a search comes to an end") {
  // Each is far from its limit at any one place of the text, and hopeless over all of them.
  const std::string long_run(300'000, 'a');
  // The end keeps PCRE2 from seeing at a glance that a letter is missing.
  const std::string text = long_run + "cb@";
  CHECK(ecma("(?:a|a){20}b").search(text) == Outcome::undecided);
  CHECK(ecma("a+a+b").search(text) == Outcome::undecided);
  CHECK(ecma("a[a-z]+[0-9]@").search(text) == Outcome::undecided);
  CHECK(ecma("(?:a{30000}[b]|[a]{60000}[b])").search(text) == Outcome::undecided);
  CHECK(ecma(R"((a*)\1b)").search(text) == Outcome::undecided);
}

TEST_CASE("regex: what one item runs over before it fails is counted too") {
  // A repeat and a back reference that fail at their very end, at each place of the text anew.
  std::string text;
  for (int i = 0; i < 6; ++i)
    text.append(50'000 - (i == 0 ? 0 : 1), 'a').append("b");
  text.append("dc");
  CHECK(ecma("a{50001}").search(text) == Outcome::undecided);
  CHECK(ecma(R"(^(a+)b[ab]*?\1c)").search(text) == Outcome::undecided);
}

TEST_CASE("regex: an honest pattern is decided on a text of many megabytes") {
  const std::string text(8'000'000, 'a');
  CHECK(ecma("^[a-z]*$").search(text) == Outcome::matched);
  CHECK(ecma("^[A-Za-z0-9+/]*={0,2}$").search(text) == Outcome::matched);
  CHECK(ecma("[0-9]{4}-[0-9]{2}").search(text) == Outcome::not_matched);
  CHECK(ecma("b").search(text) == Outcome::not_matched);
  CHECK(ecma("^(?!.*b)").search(text) == Outcome::matched);
}

TEST_CASE("regex: searches with one workspace cost no more than it allows") {
  const std::string text = std::string(300'000, 'a').append("cb");
  const Regex runaway = ecma("a+a+b");
  RegexWorkspace workspace;
  const std::uint64_t steps_each = Regex::kSteps + Regex::kStepsPerByte * text.size();
  for (std::uint64_t used = 0; used <= Regex::kWorkspaceSteps; used += steps_each)
    CHECK(runaway.search(text, workspace) == Outcome::undecided);
  CHECK(ecma("^[a-z]+$").search(text, workspace) == Outcome::undecided);
  CHECK(ecma("^[a-z]+$").search("a", workspace) == Outcome::matched);
}

TEST_CASE("regex: a pattern too large to be counted in is still searched for") {
  std::string pattern = "^(?:";
  for (int i = 0; i < 5000; ++i)
    pattern.append("w").append(std::to_string(i)).append("|");
  const Regex regex = ecma(pattern.append("last)$"));
  const std::string padding(100, 'x');
  CHECK(regex.search("w4999") == Outcome::matched);
  CHECK(regex.search(padding) == Outcome::not_matched);
  CHECK(regex.search(std::string(5000, 'x')) == Outcome::undecided);
}

TEST_CASE("regex: a long text is searched without a deep stack") {
  std::string text;
  for (int i = 0; i < 50'000; ++i)
    text += i % 2 == 0 ? 'a' : 'b';
  CHECK(ecma("^(a|b)*$").search(text) == Outcome::matched);
  CHECK(ecma("^(?:[ab])*c").search(text) == Outcome::not_matched);
}

TEST_CASE("regex: a text that is not UTF-8 is undecided") {
  CHECK(ecma("a").search("a\xff") == Outcome::undecided);
}

TEST_CASE("regex: one expression serves many threads") {
  const Regex regex = ecma(R"(^(\w+)-\1$)");
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 2000; ++i) {
        const std::string word = std::to_string(i);
        if (regex.search(word + '-' + word) != Outcome::matched) ++wrong;
        if (regex.search(word + "-x") != Outcome::not_matched) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  CHECK(wrong == 0);
}

TEST_CASE("regex: the pattern stays as it was written") {
  CHECK(ecma(R"(^\p{Letter}$)").pattern() == R"(^\p{Letter}$)");
}
