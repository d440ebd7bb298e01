#include <doctest/doctest.h>

#include "core/text.h"
#include "validation/syntax/grammar.h"
#include "validation/syntax/language.h"

using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

GrammarFaults faults_of(const std::string& language, std::string_view text,
                        std::size_t most = 1000) {
  auto faults =
      find_grammar_faults(find_language(language)->grammar(), text, most, [] { return false; });
  REQUIRE(faults.has_value());
  return *std::move(faults);
}

}  // namespace

TEST_CASE("well-formed texts have no faults") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"python", "def f(x: int) -> int:\n    return x + 1\n"},
      {"python", ""},
      {"python", "\xef\xbb\xbfx = 'é'\r\n"},
      {"javascript", "export const f = async (x) => <b>{x?.y ?? 1}</b>;\n"},
      {"typescript", "interface A<T> { readonly x: T; f?(): void }\n"},
      {"tsx", "const a = <A b={1}>text</A>;\n"},
      {"go", "package a\n\nfunc f[T any](x T) T { return x }\n"},
      {"java", "record A(int x) { int f() { return switch (x) { case 1 -> 2; default -> 3; }; } }"},
      {"csharp",
       "namespace A; public record B(int X) { public int Y => X switch { 1 => 2, _ => 3 }; }"},
      {"powershell",
       "function Get-It { \n  param([string]$Name)\n  if ($Name) { \"x $Name\" } }\n"},
      {"bash", "for f in *; do [[ -f $f ]] && echo \"${f%.*}\" <<< x; done\n"},
  };
  for (const auto& [language, text] : cases) {
    CAPTURE(language);
    CAPTURE(text);
    CHECK(faults_of(language, text).faults.empty());
  }
}

TEST_CASE("a fault says what does not fit, and where") {
  struct Case {
    std::string language;
    std::string text;
    std::int64_t line;
    std::int64_t column;
    std::string message;
  };
  const std::vector<Case> cases{
      {"python", "def f(:\n    return 1\n", 1, 7, "missing `)`"},
      {"python", "x = 1\n)\n", 2, 1, "unexpected `)`"},
      {"python", "def f():\n    return 1 +\n", 2, 15, "incomplete after `+`"},
      {"javascript", "foo(1 2);\n", 1, 7, "unexpected `2`"},
      {"javascript", "const x = ;\n", 1, 11, "unexpected `;`"},
      {"javascript", "let a = [1, 2;\n", 1, 14, "missing `]`"},
      {"javascript", "/* é𝄞 */ foo(1 2);\n", 1, 16, "unexpected `2`"},
      {"typescript", "interface A { x: ; y: number }\n", 1, 18, "unexpected `;`"},
      {"go", "package a\nfunc f() {\n  x := 1\n", 4, 1, "missing `}`"},
      {"go", "package a\nfunc f() {\n  x := \n}\n", 3, 7, "missing identifier"},
      {"java", "class A { void f() { int x = 1 } }", 1, 31, "missing `;`"},
      {"java", "class A { void f() { foo(1,; } }", 1, 28, "unexpected `;`"},
      {"csharp", "class A { int F() { return 1 } }", 1, 29, "missing `;`"},
      {"powershell", "function f { if ($true) { 1 }\n", 1, 30, "missing `}`"},
      {"bash", "if true; then\n echo hi\n", 3, 1, "missing `fi`"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.language);
    CAPTURE(row.text);
    const GrammarFaults faults = faults_of(row.language, row.text);
    REQUIRE_FALSE(faults.faults.empty());
    const Position place = LineIndex(row.text).position(faults.faults.front().begin);
    CHECK(faults.faults.front().message == row.message);
    CHECK(place.line == row.line);
    CHECK(place.column == row.column);
  }
}

TEST_CASE("faults come in the order of the text, and those past the limit are counted") {
  std::string text;
  constexpr std::size_t kFaulty = 50;
  for (std::size_t line = 0; line < kFaulty; ++line)
    text += "foo(1 2);\nfoo(1);\n";
  const GrammarFaults all = faults_of("javascript", text);
  REQUIRE(all.faults.size() == kFaulty);
  CHECK(all.left_out == 0);
  const LineIndex lines(text);
  for (std::size_t index = 0; index < kFaulty; ++index) {
    CHECK(lines.position(all.faults[index].begin).line == static_cast<std::int64_t>(2 * index + 1));
  }
  const GrammarFaults some = faults_of("javascript", text, 8);
  CHECK(some.faults.size() == 8);
  CHECK(some.left_out == kFaulty - 8);
}

TEST_CASE("faults lie inside the text, and messages are one line of UTF-8, for any bytes") {
  const std::string seed =
      "(]{\"'`\xff\xc3\xa9\x01\n\r$<>=/*+,;:@#\\ if def x 1 \xef\xbb\xbf\xf0\x9d";
  for (const Language& language : languages()) {
    if (language.grammar == nullptr) continue;
    for (std::size_t round = 0; round < 60; ++round) {
      std::string text;
      for (std::size_t at = 0; at < 40; ++at) {
        text += seed[(at * at * (round + 3) + round * 7 + at) % seed.size()];
      }
      CAPTURE(language.name);
      CAPTURE(round);
      for (const GrammarFault& fault : faults_of(std::string(language.name), text).faults) {
        CHECK(fault.begin <= fault.end);
        CHECK(fault.end <= text.size());
        CHECK_FALSE(fault.message.empty());
        CHECK(fault.message.find_first_of("\r\n") == std::string::npos);
        CHECK_FALSE(first_invalid_utf8(fault.message).has_value());
      }
    }
  }
}

TEST_CASE("deep nesting is parsed") {
  const std::string open(20000, '(');
  CHECK_FALSE(faults_of("javascript", "x = " + open).faults.empty());
  CHECK(
      faults_of("javascript", "x = " + open + "1" + std::string(20000, ')') + ";").faults.empty());
}

TEST_CASE("parsing ends when it is told to stop") {
  std::string text;
  for (int line = 0; line < 2000; ++line)
    text += "foo(1);\n";
  const auto faults =
      find_grammar_faults(find_language("javascript")->grammar(), text, 10, [] { return true; });
  CHECK_FALSE(faults.has_value());
}
