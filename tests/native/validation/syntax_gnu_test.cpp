#include <doctest/doctest.h>

#include "process/scripted_launcher.h"
#include "validation/syntax/c_surroundings.h"
#include "validation/syntax/gnu_messages.h"

using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

std::vector<CompilerAnswer> read(const std::string& text, const std::string& said,
                                 std::string_view kind = "unit", int code = 1) {
  const std::vector<CompilerText> texts{{0, text, kind}};
  return read_gnu_compiler(ScriptedLauncher::exited(code, "", said), texts);
}

/// v, i, u (unchecked), d (undecided), or nothing.
std::string letter_of(const std::vector<CompilerAnswer>& answers) {
  if (answers.empty()) return "";
  return std::string(1, "viud"[static_cast<std::size_t>(answers.front().kind)]);
}

}  // namespace

TEST_CASE("of what gcc says a first fault of syntax counts where no name can be its cause") {
  struct Row {
    std::string text;
    std::string said;  ///< `F` stands for "./0.c", `@f` for the line that names a function
    std::string answer;
    std::string_view kind = "unit";
  };
  const std::vector<Row> rows{
      {"int f(void) { return 1 }", "@fF:1:23: error: expected ';' before '}' token\n", "i"},
      {"int f(void) { return 1 }", "F:1:23: error: expected ';' before '}' token\n", "d", "header"},
      {"int f(void) { return 1 }", "@fF:1:23: error: expected ';' before '}' token\n", "i",
       "header"},
      {"int x; }", "F:1:8: error: expected identifier or '(' before '}' token\n", "i"},
      {"int x; }", "F:1:8: error: expected identifier or '(' before '}' token\n", "d", "header"},
      {"int x; foo }", "F:1:12: error: expected ';' before '}' token\n", "d"},
      // the word at the place
      {"f(y); y y", "@fF:1:8: error: expected ';' before 'y'\n", "i"},
      {"/* y */ x y", "@fF:1:10: error: expected ';' before 'y'\n", "d"},
      {"f(\"y\"); x y", "@fF:1:10: error: expected ';' before 'y'\n", "d"},
      {"#define y\nx y", "@fF:2:2: error: expected ';' before 'y'\n", "d"},
      {"f(Y); x Y", "@fF:1:8: error: expected ';' before 'Y'\n", "d"},
      {"{ CALL(x) return", "@fF:1:10: error: expected ';' before 'return'\n", "d", "header"},
      {"{ CALL(x); x return", "@fF:1:13: error: expected ';' before 'return'\n", "i", "header"},
      {"{ CALL(x) return", "@fF:1:10: error: expected ';' before 'return'\n", "i"},
      {"x int", "@fF:1:2: error: expected ';' before 'int'\n", "i"},
      {"asm {", "@fF:1:5: error: expected '(' before '{' token\n", "d"},
      {"(1, ^{", "@fF:1:5: error: expected expression before '^' token\n", "d"},
      {"x (a) {", "@fF:1:6: error: expected ';' before '{' token\n", "d"},
      {"int X y;", "@fF:1:7: error: expected '=', ',', ';', 'asm' or '__attribute__' before 'y'\n",
       "d"},
      // what else was said
      {"x 1",
       "@fF:1:1: error: 'x' undeclared\nF:1:2: error: expected ';' before numeric constant\n", "d"},
      {"x(int) 1",
       "@fF:1:3: error: expected expression before 'int'\nF:1:1: error: 'x' was not declared in "
       "this scope\n",
       "d"},
      {"int f;\nint g;",
       "@fF:1:3: error: expected ';' before '}' token\nF:2:1: error: 'g' undeclared\n", "i"},
      {"x", "In file included from F:1:\nb.h:2:3: error: expected ';' before 'int'\n", "d"},
      {"x", "F:1:1: warning: x\nF:1:1: error: unknown type name 'x'\n", "v"},
      {"x", "F:1:1: error: size of array is negative\n", "d"},
      {"f 1",
       "@fF:1:2: error: expected ';' before numeric constant\nF:1:1: error: invalid use of f\n",
       "i"},
      {"f 1",
       "@fF:1:2: error: expected ';' before numeric constant\nF:1:1: error: 'f' does not name a "
       "type\n",
       "d"},
      {"f", "F:1:1: error: ISO C++17 does not allow dynamic exception specifications\n", "v"},
      {"x", "F:1:9: fatal error: a.h: No such file or directory\ncompilation terminated.\n", "d"},
      {"x", "In file included from F:1:\nb.h:1:9: fatal error: a.h: No such file\n", "d"},
      // conditions and literals
      {"#if 1", "F:1:2: error: unterminated #if\n", "i", "header"},
      {"#else", "F:1:2: error: #else without #if\n", "i", "header"},
      {"X(", "F:1:1: error: unterminated argument list invoking macro \"X\"\n", "i", "header"},
      {"x '", "F:1:3: error: missing terminating ' character\n", "i"},
      {"#define a (1 }", "@fF:1:14: error: expected ')' before '}' token\n", "d"},
      // no word of a compiler at work
      {"x", "gcc: error: unrecognized command-line option '-std=gnu2x'\n", ""},
      {"x", "cc1: out of memory allocating 65536 bytes\n", ""}};
  for (const Row& row : rows) {
    std::string said;
    for (std::size_t i = 0; i < row.said.size(); ++i) {
      const bool begins =
          i == 0 || row.said[i - 1] == '\n' || row.said[i - 1] == 'f' || row.said[i - 1] == ' ';
      if (row.said.compare(i, 2, "@f") == 0) {
        said += "./0.c: In function 'f':\n";
        ++i;
      } else if (row.said.compare(i, 2, "F:") == 0 && begins) {
        said += "./0.c";
      } else {
        said += row.said[i];
      }
    }
    CAPTURE(row.text);
    CAPTURE(said);
    CHECK(letter_of(read(row.text, said, row.kind)) == row.answer);
  }
}

TEST_CASE("gcc's fault has its message and place, and is told alone") {
  const auto answers = read("int f(void) { return 1 }\n",
                            "./0.c: In function 'f':\n"
                            "./0.c:1:23: error: expected ';' before '}' token\n"
                            "./0.c:2: error: expected ';' at end of input\n");
  REQUIRE(answers.size() == 1);
  REQUIRE(answers[0].faults.size() == 1);
  CHECK(answers[0].faults[0].message == "expected ';' before '}' token");
  CHECK(answers[0].faults[0].line == 1);
  CHECK(answers[0].faults[0].column == 23);
}

TEST_CASE("a gcc that ends in an unusual way has said nothing") {
  const std::string said = "./0.c:1:2: error: unterminated #if\n";
  CHECK(letter_of(read("#if 1", said)) == "i");
  CHECK(letter_of(read("#if 1", "", "unit", 0)) == "v");
  CHECK(letter_of(read("#if 1", said, "unit", 4)).empty());
  CHECK(letter_of(read("#if 1", "", "unit", 1)).empty());
  const std::vector<CompilerText> texts{{0, "#if 1", "unit"}};
  ProcessResult cut = ScriptedLauncher::exited(1, "", said);
  cut.error.dropped_bytes = 1;
  CHECK(read_gnu_compiler(cut, texts).empty());
  ProcessResult killed = ScriptedLauncher::exited(0, "");
  killed.state = ProcessState::timed_out;
  CHECK(read_gnu_compiler(killed, texts).empty());
}

TEST_CASE("where nobody knows a name, gcc's many complaints of them are no yes") {
  std::string said;
  for (int i = 0; i < kMostGnuErrors; ++i)
    said += "./0.c:1:1: error: unknown type name 'x'\n";
  CHECK(letter_of(read("x", said)) == "d");
}

TEST_CASE("the surroundings of a place are told past comments, literals and directives") {
  struct Row {
    std::string text;  ///< `^` is the place
    std::string_view word;
    std::string_view told;  ///< n: a name before, w: the word seen, d: in a directive
  };
  const std::vector<Row> rows{{"int x^", "x", "nw"},
                              {"int x; ^", "x", "w"},
                              {"{ x } return ^", "y", ""},
                              {"x { ^", "y", ""},
                              {"// x\n^", "x", ""},
                              {"/* x\n x */ ^", "x", ""},
                              {"/* x ^", "x", ""},
                              {"\"x\\\" x\" ^", "x", ""},
                              {"'x' '\\'' ^", "x", ""},
                              {"\"x\n^", "x", ""},
                              {"1'000'x ^", "x", ""},
                              {"u8R\"a(x)\" x)a\" ^", "x", ""},
                              {"LR\"(x)\" y ^", "x", "n"},
                              {"FOOR\"(\" x; ^", "x", "w"},
                              {"R\"abcdefghijklmnopq(\" x ^", "x", "nw"},
                              {"#define x \\\n x\n^", "x", ""},
                              {"#define x \\\r\n x ^", "x", "d"},
                              {"a # x ^", "x", "nw"},
                              {"#if x^", "x", "d"},
                              {"xy ^", "x", "n"},
                              {"x^y", "x", ""},
                              {"é ^", "é", "nw"},
                              {"^", "", ""}};
  for (const Row& row : rows) {
    const std::size_t place = row.text.find('^');
    std::string text = row.text;
    const CSurroundings around = c_surroundings(text.erase(place, 1), place, row.word);
    CAPTURE(row.text);
    std::string told = around.follows_a_name ? "n" : "";
    if (around.word_seen) told += "w";
    if (around.in_directive) told += "d";
    CHECK(told == row.told);
  }
  CHECK(c_surroundings("int x", 99, "x").word_seen);
}

TEST_CASE("keywords of C and C++ are no names") {
  for (const char* word : {"int", "return", "co_await", "_Static_assert", "__attribute__", "5", ""})
    CHECK_FALSE(is_c_name(word));
  for (const char* word : {"x", "_x", "Int", "é", "$a", "x5"})
    CHECK(is_c_name(word));
}
