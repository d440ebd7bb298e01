#include <doctest/doctest.h>

#include "process/scripted_launcher.h"
#include "validation/syntax/framed_answers.h"
#include "validation/syntax/message_lines.h"

using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

using Kind = CompilerAnswer::Kind;

ProcessResult said(int code, std::string error) {
  return ScriptedLauncher::exited(code, "", std::move(error));
}

}  // namespace

TEST_CASE("gofmt's messages are sorted by file, and a file without any is valid") {
  const auto answers = read_gofmt(said(2,
                                       "./0.go:3:5: expected ';', found x\n"
                                       "2.go:1:1: first\n2.go:2:7: second: with a colon\n"
                                       "not a message\n./9.go:1:1: of nobody\n"),
                                  3);
  REQUIRE(answers.size() == 3);
  CHECK(answers[0].kind == Kind::invalid);
  CHECK(answers[1].kind == Kind::valid);
  REQUIRE(answers[2].faults.size() == 2);
  CHECK(answers[0].faults.at(0).message == "expected ';', found x");
  CHECK(answers[0].faults.at(0).line == 3);
  CHECK(answers[0].faults.at(0).column == 5);
  CHECK(answers[2].faults[1].message == "second: with a colon");
}

TEST_CASE("a gofmt that contradicts itself has said nothing") {
  CHECK(read_gofmt(said(0, ""), 2).size() == 2);
  CHECK(read_gofmt(said(0, "0.go:1:1: x\n"), 2).empty());
  CHECK(read_gofmt(said(2, "open 0.go: no such file\n"), 2).empty());
  CHECK(read_gofmt(said(1, "0.go:1:1: x\n"), 2).empty());
  CHECK(read_gofmt(said(2, "0.go:1: x\n-1.go:1:1: y\n"), 2).empty());
  ProcessResult cut = said(2, "0.go:1:1: x\n");
  cut.error.dropped_bytes = 1;
  CHECK(read_gofmt(cut, 2).empty());
  ProcessResult killed = said(0, "");
  killed.state = ProcessState::signalled;
  CHECK(read_gofmt(killed, 2).empty());
}

TEST_CASE("bash's first message is the fault; its warnings are warnings") {
  const auto refused = read_bash(
      said(2, "./0.sh: line 3: syntax error near unexpected token `)'\n./0.sh: line 3: `a )'\n"),
      1);
  REQUIRE(refused.size() == 1);
  CHECK(refused[0].kind == Kind::invalid);
  REQUIRE(refused[0].faults.size() == 1);
  CHECK(refused[0].faults[0].message == "syntax error near unexpected token `)'");
  CHECK(refused[0].faults[0].line == 3);
  CHECK(refused[0].faults[0].column == 0);

  const auto warned = read_bash(
      said(0, "./0.sh: line 9: warning: here-document at line 2 delimited by end-of-file\n"), 1);
  REQUIRE(warned.size() == 1);
  CHECK(warned[0].kind == Kind::valid);
  REQUIRE(warned[0].faults.size() == 1);
  CHECK(warned[0].faults[0].severity == Severity::warning);

  CHECK(read_bash(said(0, ""), 1).at(0).kind == Kind::valid);
  CHECK(read_bash(said(126, "./0.sh: cannot execute binary file\n"), 1).empty());
  CHECK(read_bash(said(2, "x: line 3: warning: only this\n"), 1).empty());
  ProcessResult timed_out = said(0, "");
  timed_out.state = ProcessState::timed_out;
  CHECK(read_bash(timed_out, 1).empty());
}

TEST_CASE("messages come out as one line of UTF-8") {
  const auto bash = read_bash(said(2, "x: line 1: near \x1b\xff\n"), 1);
  CHECK(bash.at(0).faults.at(0).message == "near  \xef\xbf\xbd");
  const auto framed = read_framed_answers(
      ScriptedLauncher::exited(0, "[[\"a\\nb\\u0007\",1,1,1,1]]\n\"why\\tnot\"\n"), 2);
  CHECK(framed.at(0).faults.at(0).message == "a b ");
  CHECK(framed.at(1).why == "why not");
}

TEST_CASE("answers that were cut in the middle are none") {
  ProcessResult result = ScriptedLauncher::exited(0, "true\ntrue\n");
  CHECK(read_framed_answers(result, 2).size() == 2);
  result.out.dropped_bytes = 5;
  CHECK(read_framed_answers(result, 2).empty());
}
