#include "validation/syntax/syntax_checker.h"
#include "validation/system_programs.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <fstream>

#include "core/error.h"
#include "fs/scratch_folder.h"
#include "process/scripted_launcher.h"
#include "process/system_launcher.h"

using namespace ratchet;  // NOLINT: a test of this namespace
using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

std::string word(const std::optional<bool>& valid) {
  if (!valid) return "null";
  return *valid ? "true" : "false";
}

SyntaxChecker checker_of(Launcher& launcher, const Limits& limits = {}) {
  return {{system_files(), launcher, system_clock(), system_random()}, limits, {2}};
}

std::vector<SyntaxVerdict> check(Launcher& launcher, const std::vector<SourceText>& sources,
                                 const Limits& limits = {}) {
  return checker_of(launcher, limits).check(sources, {});
}

SyntaxVerdict check_one(Launcher& launcher, SourceText source, const Limits& limits = {}) {
  std::vector<SyntaxVerdict> verdicts = check(launcher, {std::move(source)}, limits);
  REQUIRE(verdicts.size() == 1);
  return verdicts.front();
}

/// The judge without any program on the machine.
SyntaxVerdict check_alone(SourceText source, const Limits& limits = {}) {
  ScriptedLauncher nothing;
  return check_one(nothing, std::move(source), limits);
}

bool python_is_missing() {
  if (system_launcher().find_program(python_program())) return false;

  std::puts("SKIPPED: python's own compiler (no Python 3 on PATH)");
  return true;
}

}  // namespace

TEST_CASE("python's compiler says true or false, with the place in code points") {
  if (python_is_missing()) return;
  struct Case {
    std::string content;
    std::string valid;
    std::int64_t line;
    std::int64_t column;
    std::int64_t byte_offset;
  };
  const std::vector<Case> cases{
      {"x = 1\n", "true", 0, 0, 0},
      {"", "true", 0, 0, 0},
      {"x = 'no newline'", "true", 0, 0, 0},
      {"\xef\xbb\xbfx = 1\r\ny = 2\r\n", "true", 0, 0, 0},
      {"# coding: latin-1\nx = '\xe9'\n", "true", 0, 0, 0},
      {"x = = 7\n", "false", 1, 5, 4},
      {"a = 1\r\nb = )\r\n", "false", 2, 5, 11},
      {"s = '\xc3\xa9\xf0\x9d\x84\x9e'; y = )\n", "false", 1, 15, 18},
      {"\xef\xbb\xbfx = )\n", "false", 1, 5, 7},
      {"return 1\n", "false", 1, 1, 0},
      {"def f():\n    nonlocal x\n", "false", 2, 5, 13},
  };
  std::vector<SourceText> sources;
  for (const Case& row : cases)
    sources.push_back({"a.py", "", row.content});
  const std::vector<SyntaxVerdict> verdicts = check(system_launcher(), sources);
  REQUIRE(verdicts.size() == cases.size());
  for (std::size_t index = 0; index < cases.size(); ++index) {
    const Case& row = cases[index];
    const SyntaxVerdict& verdict = verdicts[index];
    CAPTURE(row.content);
    CHECK(verdict.language == "python");
    CHECK(verdict.checked_by == "python");
    CHECK(word(verdict.valid) == row.valid);
    if (row.line == 0) {
      CHECK(verdict.findings.empty());
      continue;
    }
    REQUIRE(verdict.findings.size() == 1);
    const Finding& finding = verdict.findings.front();
    CHECK(finding.code == "syntax.error");
    CHECK(finding.severity == Severity::error);
    CHECK(finding.path == "a.py");
    CHECK(finding.line == row.line);
    CHECK(finding.column == row.column);
    CHECK(finding.byte_offset == row.byte_offset);
    CHECK_FALSE(finding.message.empty());
  }
}

TEST_CASE("python texts that no compiler can place are refused without a place") {
  if (python_is_missing()) return;
  for (const std::string& content : {"x = 1\0\n"s, "# coding: no-such-coding\nx = 1\n"s}) {
    const SyntaxVerdict verdict = check_one(system_launcher(), {"a.py", "", content});
    CHECK(word(verdict.valid) == "false");
    REQUIRE(verdict.findings.size() == 1);
    CHECK_FALSE(verdict.findings.front().line.has_value());
  }
}

TEST_CASE("checking python runs, imports and writes nothing") {
  if (python_is_missing()) return;
  const test::ScratchFolder scratch;
  const auto marker = scratch.path() / "marker";
  const std::string touch = "open('" + marker.string() + "', 'w').close()\n";
  for (const char* module :
       {"_json.py", "json.py", "warnings.py", "encodings.py", "sitecustomize.py"}) {
    std::ofstream(scratch.path() / module) << touch;
  }
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(scratch.path());
  const SyntaxVerdict verdict =
      check_one(system_launcher(), {"json.py", "", "import json\n" + touch});
  std::filesystem::current_path(before);
  CHECK(word(verdict.valid) == "true");
  CHECK_FALSE(std::filesystem::exists(marker));
  CHECK(std::distance(std::filesystem::directory_iterator(scratch.path()), {}) == 5);
}

TEST_CASE("all python texts go to one child, which is asked for a limited time") {
  ScriptedLauncher launcher;
  launcher.program(std::string(python_program()), [](const Command&) {
    return ScriptedLauncher::exited(0, "true\n[[\"bad\",2,1,0,0]]\ntrue\n");
  });
  const std::vector<SyntaxVerdict> verdicts =
      check(launcher, {{"a.py", "", "1\n"}, {"b.py", "", "2\n)\n"}, {"c.py", "", ""}});
  CHECK(word(verdicts[0].valid) == "true");
  CHECK(word(verdicts[1].valid) == "false");
  CHECK(word(verdicts[2].valid) == "true");
  CHECK(verdicts[1].findings.at(0).message == "bad");
  CHECK(verdicts[1].findings.at(0).byte_offset == 2);
  const std::vector<Command> commands = launcher.commands();
  REQUIRE(commands.size() == 1);
  CHECK(commands[0].input == "2 python\n1\n4 python\n2\n)\n0 python\n");
  CHECK(commands[0].time_limit == std::chrono::milliseconds(Limits{}.syntax_timeout_ms));
}

TEST_CASE("a python that gives no answer leaves texts to the grammar, never valid") {
  const auto ended = [](ProcessState state, std::string out) {
    ProcessResult result = ScriptedLauncher::exited(0, std::move(out));
    result.state = state;
    return result;
  };
  struct Case {
    std::string what;
    ProcessResult result;
    std::string first;
    std::string second;
  };
  const std::vector<Case> cases{
      {"died before", ended(ProcessState::signalled, ""), "null", "null"},
      {"died between", ended(ProcessState::signalled, "true\n"), "true", "null"},
      {"died within a line", ended(ProcessState::signalled, "true\ntru"), "true", "null"},
      {"timed out", ended(ProcessState::timed_out, "true\n"), "true", "null"},
      {"not started", ended(ProcessState::spawn_failed, ""), "null", "null"},
      {"failed", ScriptedLauncher::exited(1, "", "no module named x"), "null", "null"},
      {"silent", ScriptedLauncher::exited(0, ""), "null", "null"},
      {"a banner", ScriptedLauncher::exited(0, "Welcome\ntrue\ntrue\n"), "null", "null"},
      {"garbage after", ScriptedLauncher::exited(0, "true\n\x01\xff\n"), "true", "null"},
      {"other JSON", ScriptedLauncher::exited(0, "true\n{}\n"), "true", "null"},
      {"false", ScriptedLauncher::exited(0, "false\ntrue\n"), "null", "null"},
      {"short fault", ScriptedLauncher::exited(0, "true\n[[\"x\",1]]\n"), "true", "null"},
      {"texts as numbers", ScriptedLauncher::exited(0, "true\n[[\"x\",\"1\",1,1,1]]\n"), "true",
       "null"},
      {"too much", ScriptedLauncher::exited(0, "true\ntrue\ntrue\n"), "null", "null"},
      {"a fault without its list", ScriptedLauncher::exited(0, "true\n[\"x\",1,1,1,1]\n"), "true",
       "null"},
      {"no fault", ScriptedLauncher::exited(0, "true\n[]\n"), "true", "null"},
      {"gave up on one", ScriptedLauncher::exited(0, "\"MemoryError\"\ntrue\n"), "null", "true"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.what);
    ScriptedLauncher launcher;
    launcher.program(std::string(python_program()), [&](const Command&) { return row.result; });
    const auto verdicts = check(launcher, {{"a.py", "", "x"}, {"b.py", "", "y"}});
    CHECK(word(verdicts[0].valid) == row.first);
    CHECK(word(verdicts[1].valid) == row.second);
    for (const SyntaxVerdict& verdict : verdicts) {
      if (verdict.valid) continue;
      CHECK(verdict.checked_by == "grammar");
      REQUIRE(verdict.findings.size() == 1);
      CHECK(verdict.findings[0].code == "check.unavailable");
      CHECK(verdict.findings[0].severity == Severity::warning);
    }
  }
}

TEST_CASE("places beyond the text that a compiler names stay inside it") {
  ScriptedLauncher launcher;
  launcher.program(std::string(python_program()), [](const Command&) {
    return ScriptedLauncher::exited(0, "[[\"x\",99,99,0,0]]\n[[\"x\",1,99,0,0]]\n");
  });
  const auto verdicts = check(launcher, {{"a.py", "", "ab\ncd\n"}, {"b.py", "", "ab\ncd\n"}});
  CHECK(verdicts[0].findings.at(0).byte_offset == 6);
  CHECK(verdicts[1].findings.at(0).byte_offset == 2);
}

TEST_CASE("without python3 the grammar looks at python, and a clean look proves nothing") {
  const SyntaxVerdict clean = check_alone({"a.py", "", "return 1\n"});
  CHECK(clean.checked_by == "grammar");
  CHECK(word(clean.valid) == "null");
  REQUIRE(clean.findings.size() == 1);
  CHECK(clean.findings[0].code == "check.unavailable");
  CHECK(clean.findings[0].message ==
        std::string(python_program()) +
            " is not on PATH; only the grammar looked, which accepts more than python does");
  CHECK(clean.findings[0].hint == "install Python 3");

  const SyntaxVerdict faulty = check_alone({"a.py", "", "x = 1\n)\n"});
  CHECK(faulty.checked_by == "grammar");
  CHECK(word(faulty.valid) == "false");
}

TEST_CASE("a grammar's error is an error only where its word is certain") {
  struct Case {
    std::string path;
    std::string content;
    std::string valid;
    Severity severity;
  };
  const std::vector<Case> cases{
      {"a.js", "foo(1 2);\n", "false", Severity::error},
      {"a.go", "package a\nfunc f( {\n", "false", Severity::error},
      {"A.java", "class A { int x = ; }", "false", Severity::error},
      {"a.ts", "let x: = 1;\n", "null", Severity::warning},
      {"a.tsx", "let x = <a>;\n", "null", Severity::warning},
      {"A.cs", "class A { int x = ; }", "null", Severity::warning},
      {"a.ps1", "if ($x {\n", "null", Severity::warning},
      {"a.sh", "if true; then\n", "null", Severity::warning},
  };
  for (const Case& row : cases) {
    CAPTURE(row.path);
    const SyntaxVerdict verdict = check_alone({row.path, "", row.content});
    CHECK(verdict.checked_by == "grammar");
    CHECK(word(verdict.valid) == row.valid);
    REQUIRE_FALSE(verdict.findings.empty());
    const Finding& finding = verdict.findings.front();
    CHECK(finding.code == "syntax.error");
    CHECK(finding.severity == row.severity);
    CHECK(finding.path == row.path);
    CHECK(finding.source == "grammar");
    CHECK(finding.line.has_value());
  }
}

TEST_CASE("a clean look of a grammar is no proof; what would be one is named, if there is any") {
  struct Case {
    std::string path;
    std::string content;
    std::string hint;
  };
  const std::vector<Case> cases{
      {"a.js", "foo(1);\n", "install node"},
      {"a.go", "package a\n", "install Go, which has gofmt"},
      {"A.java", "class A {}", "install a JDK (java and javac)"},
      {"a.sh", "echo a\n", "install bash"},
      {"a.ps1", "'a'\n", "install PowerShell 7"},
      {"A.cs", "class A {}", "install PowerShell 7, whose C# compiler judges"},
      {"a.ts", "let x: number = 1;\n", ""},
  };
  for (const Case& row : cases) {
    CAPTURE(row.path);
    const SyntaxVerdict verdict = check_alone({row.path, "", row.content});
    CHECK(verdict.checked_by == "grammar");
    CHECK(word(verdict.valid) == "null");
    if (row.hint.empty()) {
      CHECK(verdict.findings.empty());
      continue;
    }
    REQUIRE(verdict.findings.size() == 1);
    CHECK(verdict.findings[0].code == "check.unavailable");
    CHECK(verdict.findings[0].severity == Severity::warning);
    CHECK(verdict.findings[0].hint == row.hint);
  }
}

TEST_CASE("findings of one text are capped with a count") {
  std::string content;
  for (int line = 0; line < 30; ++line)
    content += "foo(1 2);\n";
  Limits limits;
  limits.findings_per_file = 5;
  const SyntaxVerdict verdict = check_alone({"a.js", "", content}, limits);
  REQUIRE(verdict.findings.size() == 5);
  CHECK(verdict.findings.back().code == "findings.truncated");
  CHECK(verdict.findings.back().message == "26 more findings are not listed");
}

TEST_CASE("JSON, YAML, TOML and XML are read by the engine's own readers") {
  struct Case {
    std::string path;
    std::string content;
    std::string valid;
    std::string checked_by;
    std::string code;
  };
  const std::vector<Case> cases{
      {"a.json", R"({"a": [1, 2.5, null]})", "true", "reader", ""},
      {"a.json", R"({"a": 1,})", "false", "reader", "json.invalid"},
      {"a.json", "{\"a\": \"\xff\"}", "false", "reader", "text.invalid_utf8"},
      {"a.json", R"({"a": 1, "a": 2})", "true", "reader", "json.duplicate_key"},
      {"a.json", std::string(5000, '['), "null", "none", "check.unavailable"},
      {"a.yaml", "a: [1, no]\nb:\n  - c\n", "true", "reader", ""},
      {"a.yaml", "a: [1\nb: 2\n", "false", "reader", "yaml.invalid"},
      {"a.yaml", "a: 1\na: 2\n", "false", "reader", "yaml.duplicate_key"},
      {"a.yaml", "a: 1\n---\nb: 2\n", "true", "reader", ""},
      {"a.yaml", "a: 1\n---\nb: [2\n", "false", "reader", "yaml.invalid"},
      {"a.yaml", "a: !Ref b\n", "true", "reader", ""},
      {"a.yaml", "a: !Ref b\nc: {\n", "false", "reader", "yaml.invalid"},
      {"a.yaml", "1: a\n", "true", "reader", ""},
      {"a.jsonc", "{\"a\": [1, 2,], // b\n}", "true", "reader", ""},
      {"a.jsonc", "{\"a\": [1, 2,,]}", "false", "reader", "json.invalid"},
      {"tsconfig.json", "/* a */ {}", "true", "reader", ""},
      {"package.json", "/* a */ {}", "false", "reader", "json.invalid"},
      {"a.toml", "a = 1\n[b]\n", "true", "reader", ""},
      {"a.toml", "a = 1\na = 2\n", "false", "reader", "toml.invalid"},
      {"a.xml", "<a><b/></a>", "true", "reader", ""},
      {"a.xml", "<a><b></a>", "false", "reader", "syntax.error"},
      {"a.xml", "<?xml version='1.0' encoding='x-none'?><a/>", "null", "none", "check.unavailable"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.path);
    CAPTURE(row.content);
    const SyntaxVerdict verdict = check_alone({row.path, "", row.content});
    CHECK(verdict.checked_by == row.checked_by);
    CHECK(word(verdict.valid) == row.valid);
    CHECK((verdict.findings.empty() ? "" : verdict.findings[0].code) == row.code);
    for (const Finding& finding : verdict.findings)
      CHECK(finding.path == row.path);
  }
}

TEST_CASE("a language that its caller judges starts no child") {
  ScriptedLauncher launcher;
  launcher.program("pwsh", [](const Command&) { return ScriptedLauncher::exited(0, "true\n"); });
  const std::vector<SourceText> sources{{"a.ps1", "", "'a'\n"}};
  SyntaxChecker checker({system_files(), launcher, system_clock(), system_random()}, {},
                        {1, {"powershell"}});
  const std::vector<SyntaxVerdict> verdicts = checker.check(sources, {});
  CHECK(launcher.commands().empty());
  CHECK(verdicts[0].checked_by == "grammar");
  CHECK(word(verdicts[0].valid) == "null");
  CHECK(verdicts[0].findings.empty());
  CHECK(word(check(launcher, sources)[0].valid) == "true");
}

TEST_CASE("JavaScript in a dialect that node does not read is undecided") {
  struct Case {
    std::string path;
    std::string content;
    std::string valid;
    std::string checked_by;
  };
  const std::vector<Case> cases{
      {"a.js", "const a = <b>1</b>;\n", "null", "grammar"},
      {"a.js", "// @flow\nconst a: number = 1;\n", "false", "grammar"},
      {"a.js", "// @flow\nconst a = 1;\n", "null", "grammar"},
      {"a.js", "const a = <b>1</b>; )\n", "false", "node"},
      {"a.js", "const a = 1;\n", "false", "node"},
  };
  ScriptedLauncher launcher;
  launcher.program("node", [](const Command&) {
    return ScriptedLauncher::exited(0, "[[\"Unexpected token\",1,1,0,0]]\n");
  });
  for (const Case& row : cases) {
    CAPTURE(row.content);
    const SyntaxVerdict verdict = check_one(launcher, {row.path, "", row.content});
    CHECK(verdict.checked_by == row.checked_by);
    CHECK(word(verdict.valid) == row.valid);
    REQUIRE(verdict.findings.size() == 1);
  }
}

TEST_CASE("a text that nobody here can judge is neither valid nor invalid") {
  struct Case {
    SourceText source;
    std::string language;
    std::string code;
    Severity severity;
  };
  const std::vector<Case> cases{
      {{"notes.txt", "", "x"}, "", "syntax.unknown_language", Severity::info},
      {{"a.txt", "pyhton", "x"}, "", "syntax.unknown_language", Severity::warning},
      {{"a.rs", "", "fn main() {}"}, "rust", "check.unavailable", Severity::warning},
      {{"a.js", "",
        "\x7f"
        "ELF\0\1"sv},
       "javascript",
       "check.unavailable",
       Severity::warning},
      {{"a.js", "", "too large for the limit"},
       "javascript",
       "check.unavailable",
       Severity::warning},
  };
  Limits limits;
  limits.input_bytes = 20;
  for (const Case& row : cases) {
    CAPTURE(row.source.path);
    const SyntaxVerdict verdict = check_alone(row.source, limits);
    CHECK(word(verdict.valid) == "null");
    CHECK(verdict.checked_by == "none");
    CHECK(verdict.language == row.language);
    REQUIRE(verdict.findings.size() == 1);
    CHECK(verdict.findings[0].code == row.code);
    CHECK(verdict.findings[0].severity == row.severity);
  }
  const SyntaxVerdict misspelt = check_alone({"a.txt", "pyhton", "x"});
  CHECK(misspelt.findings[0].message ==
        "no language is called \"pyhton\"; did you mean \"python\"?");
}

TEST_CASE("a language that is named wins over the path's") {
  CHECK(check_alone({"a.txt", "JS", "foo(1);"}).language == "javascript");
  CHECK(check_alone({"a.py", "go", "package a\n"}).language == "go");
}

TEST_CASE("UTF-16 is read, with places in code points and without byte offsets") {
  std::string content = "\xff\xfe";
  for (const char letter : "foo(1 2);"s)
    content += {letter, '\0'};
  const SyntaxVerdict verdict = check_alone({"a.js", "", content});
  REQUIRE(verdict.findings.size() == 1);
  CHECK(verdict.findings[0].column == 7);
  CHECK_FALSE(verdict.findings[0].byte_offset.has_value());
}

TEST_CASE("verdicts stand in the order of the texts") {
  std::vector<SourceText> sources;
  for (int index = 0; index < 300; ++index) {
    const std::string name = std::to_string(index);
    if (index % 3 == 0) sources.push_back({name + ".py", "", "x = 1\n"});
    if (index % 3 == 1) sources.push_back({name + ".js", "", "foo(1 2);\n"});
    if (index % 3 == 2) sources.push_back({name + ".txt", "", ""});
  }
  ScriptedLauncher launcher;
  launcher.program(std::string(python_program()), [](const Command&) {
    std::string answers;
    for (int index = 0; index < 100; ++index)
      answers += "true\n";
    return ScriptedLauncher::exited(0, answers);
  });
  const std::vector<SyntaxVerdict> verdicts = check(launcher, sources);
  REQUIRE(verdicts.size() == sources.size());
  for (std::size_t index = 0; index < sources.size(); ++index) {
    CHECK(verdicts[index].path == sources[index].path);
    CHECK(word(verdicts[index].valid) ==
          std::vector<std::string>{"true", "false", "null"}[index % 3]);
  }
}

TEST_CASE("a check that is cancelled gives no verdicts") {
  CancelSource source;
  ScriptedLauncher launcher;
  launcher.program(std::string(python_program()), [&](const Command&) {
    source.cancel(false);
    ProcessResult result;
    result.state = ProcessState::cancelled;
    return result;
  });
  const std::vector<SourceText> sources{{"a.py", "", "x"}};
  try {
    (void)checker_of(launcher).check(sources, source.token());
    FAIL("it went on");
  } catch (const Error& error) {
    CHECK(error.code().name() == "job.cancelled");
  }
}

TEST_CASE("no texts, no verdicts, no child") {
  ScriptedLauncher launcher;
  launcher.program(std::string(python_program()),
                   [](const Command&) { return ScriptedLauncher::exited(1, ""); });
  CHECK(check(launcher, {}).empty());
  CHECK(launcher.commands().empty());
}
