// The real compilers, where this machine has them.
// Not on Windows: no compiler runs under wine; syntax_runs_test.cpp tries the table that starts
// them.
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "fs/scratch_folder.h"
#include "process/system_launcher.h"
#include "validation/syntax/compiler.h"
#include "validation/syntax/syntax_checker.h"

using namespace ratchet;  // NOLINT: a test of this namespace
using namespace std::string_literals;

namespace {

bool is_missing(std::string_view language) {
  for (const std::string_view program : programs_of(*find_compiler(*find_language(language)))) {
    if (system_launcher().find_program(program)) continue;
    std::printf("SKIPPED: %s's own compiler (no %s on PATH)\n", std::string(language).c_str(),
                std::string(program).c_str());
    return true;
  }
  return false;
}

std::vector<SyntaxVerdict> check(const std::vector<SourceText>& sources) {
  SyntaxChecker checker({system_files(), system_launcher(), system_clock(), system_random()}, {},
                        {2});
  return checker.check(sources, {});
}

struct Case {
  std::string path;
  std::string content;
  std::int64_t line = 0;  ///< of the first error; 0: valid
  std::int64_t column = 0;
};

void check_cases(std::string_view language, std::string_view judge,
                 const std::vector<Case>& cases) {
  if (is_missing(language)) return;
  std::vector<SourceText> sources;
  sources.reserve(cases.size());
  for (const Case& row : cases)
    sources.push_back({row.path, "", row.content});
  const std::vector<SyntaxVerdict> verdicts = check(sources);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const SyntaxVerdict& verdict = verdicts[i];
    CAPTURE(cases[i].path);
    CAPTURE(cases[i].content);
    CHECK(verdict.language == language);
    CHECK(verdict.checked_by == judge);
    CHECK(verdict.valid == (cases[i].line == 0));
    CHECK(verdict.findings.empty() == (cases[i].line == 0));
    if (cases[i].line == 0 || verdict.findings.empty()) continue;
    const Finding& finding = verdict.findings.front();
    CHECK(finding.code == "syntax.error");
    CHECK(finding.source == judge);
    CHECK(finding.line == cases[i].line);
    CHECK(finding.column.value_or(0) == cases[i].column);
    CHECK_FALSE(finding.message.empty());
    CHECK(finding.message.find('\n') == std::string::npos);
  }
}

}  // namespace

TEST_CASE("node judges JavaScript, modules and scripts told apart") {
  check_cases("javascript", "node",
              {{"a.js", "foo(1);\n"},
               {"a.js", ""},
               {"a.js", "#!/usr/bin/env node\nreturn 1;\n"},
               {"a.js", "import x from './nowhere.js';\nexport const y = await x();\n"},
               {"a.cjs", "const x = require('nowhere'); return x;\n"},
               {"a.cjs", "import x from 'y';\n", 1, 1},
               {"a.mjs", "return 1;\n", 1, 1},
               {"a.mjs", "let x = 1;\nwith (x) {}\n", 2, 1},
               {"a.js", "with (x) {}\n"},
               {"a.js", "for await (const x of y()) {}\n"},
               {"a.js", "let a = 1;\nlet a = 2;\n", 2, 5},
               {"a.js", "import x from 'y';\nlet b = ;\n", 2, 9},
               {"a.js", "\tlet s = 'é𝄞'; foo(1 2);\n", 1, 20},
               {"a.js",
                "\xef\xbb\xbf"
                "foo(1 2);\n",
                1, 5},
               {"a.js", "let a = 1;\r\nlet b = `x\r\n", 3, 1},
               {"a.js", "}); globalThis.x = 1; (function () {\n", 1, 1},
               {"a.js",
                "\xff\xfe"
                "a\0;\0"s}});
}

TEST_CASE("gofmt judges Go, names and imports aside") {
  check_cases("go", "gofmt",
              {{"a.go", "package a\n\nimport \"nowhere/x\"\n\nfunc f() int { return y }\n"},
               {"a.go", "package a\nfunc  f( ) {x:=1}\n"},
               {"a.go", "package a\nfunc f( {\n}\n", 2, 9},
               {"a.go", "package a\nvar é = \"𝄞\" )\n", 2, 13},
               {"a.go", "\xef\xbb\xbfpackage a )\n", 1, 11},
               {"a.go", "", 1, 1},
               {"a.go", "func f() {}\n", 1, 1}});
}

TEST_CASE("bash judges shell scripts by line") {
  check_cases("bash", "bash",
              {{"a.sh", "if true; then\n  nowhere <(ls)\nfi\n"},
               {"tool", "#!/bin/sh\n. /nowhere\n"},
               {"a.sh", ""},
               {"a.sh", "shopt -s extglob\ncase $x in\n+([0-9])) echo a;;\nesac\n"},
               {"a.sh", "if true; then\n  echo\n", 3},
               {"a.sh", "echo a\necho )\n", 2},
               {"a.sh", "echo \"open\n", 1}});
}

TEST_CASE("gcc judges C, names aside") {
  check_cases(
      "c", "gcc",
      {{"a.c", "int f(void) { return nowhere + g(1); }\n"},
       {"a.c", "Foo f(Bar b) { return b.x; }\n"},
       {"a.c", "int f(a) int a; { return a; }\n"},
       {"a.c", "int x = 1'000;\n"},
       {"a.c", ""},
       {"a.h", "#pragma once\nint f(void);\n"},
       {"a.c", "#include <stdio.h>\nint main(void) {\n  printf(\"x\")\n  return 0;\n}\n", 3, 14},
       {"a.c", "int f(int x) {\n  if (x {\n    x = 1;\n  }\n  return x;\n}\n", 2, 8},
       {"a.c", "int f(int x) {\n  x = 1\n  x = 2;\n  return x;\n}\n", 2, 8},
       {"a.c", "int x;\n}\n", 2, 1},
       {"a.c", "#if 1\nint x;\n", 1},
       {"a.c", "int f(void) {\r\n  char *s = \"é𝄞\"; s = 1 }\r\n", 2, 24},
       {"a.h", "static int f(void) { return 1 }\n", 1, 30}});
}

TEST_CASE("g++ judges C++, names aside") {
  check_cases(
      "cpp", "g++",
      {{"a.cpp", "#include <vector>\nint main() { std::vector<int> v{1}; return nowhere; }\n"},
       {"a.cc", "template <class T> concept C = requires(T t) { t.f(); };\n"},
       {"a.cpp", "int f(register int x) throw(int) { return x; }\n"},
       {"a.hpp", "#pragma once\nnamespace a { struct B { int c; }; }\n"},
       {"a.cpp", "int f(int x) {\n  x = 1\n  return x;\n}\n", 2, 8},
       {"a.cpp", "int f(int x) {\n  return (x + 1;\n}\n", 2, 16},
       {"a.cpp", "#else\nint x;\n", 1, 2}});
}

TEST_CASE("what unknown headers, macros and types may be the cause of is no error of C") {
  if (is_missing("c") || is_missing("cpp")) return;
  const std::vector<SourceText> sources{
      {"a.c", "", "#include \"nowhere.h\"\nint f(void) { return 1 }\n"},
      {"a.c", "", "int f(void) SOME_ATTRIBUTE;\n"},
      {"a.c", "", "typedef Code (*callback)(void *context);\n"},
      {"a.c", "", "EXPORT(int) f(void) { return 1; }\n"},
      {"a.c", "", "int f(int *l) { for_each(l) { return 1; } }\n"},
      {"a.c", "", "int f(char *s) { return g(s, \"a\" FORMAT \"b\"); }\n"},
      {"a.c", "", "struct s { list_link(x) y; };\n"},
      {"a.h", "", "struct s { int x; };\n}\n"},
      {"a.h", "", "@interface A\n@end\n"},
      {"a.cpp", "", "BEGIN_SPACE(a)\nint x;\nEND_SPACE\n"},
      {"a.cpp", "", "class EXPORT A { int x; };\n"},
      {"a.cpp", "", "void f() { EACH(int x, y) { x(); } }\n"},
      {"a.cpp", "", "template <class T> void f(T t) { each(t) { t(); } }\n"},
      {"a.cpp", "", "export module a;\nimport b;\n"},
      {"a.cpp", "", "#error not here\n"}};
  const std::vector<SyntaxVerdict> verdicts = check(sources);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    CAPTURE(sources[i].content);
    CHECK_FALSE(verdicts[i].valid.has_value());
    CHECK(verdicts[i].checked_by == "grammar");
    CHECK_FALSE(has_errors(verdicts[i].findings));
    REQUIRE_FALSE(verdicts[i].findings.empty());
    CHECK(verdicts[i].findings.back().code == "check.unavailable");
  }
  CHECK(verdicts[0].findings.back().message.find("nowhere.h") != std::string::npos);
}

TEST_CASE("C reads the headers beside it, in the project's text and not precompiled") {
  if (is_missing("c")) return;
  const test::ScratchFolder scratch;
  const std::string path = (scratch.path() / "a.c").string();
  // What is precompiled says something else than the text.
  scratch.put("a.h", "#define BEGIN ;\n");
  Command precompile;
  precompile.arguments = {"gcc", "-std=gnu17", "-x", "c-header", "a.h", "-o", "a.h.gch"};
  precompile.working_directory = scratch.path();
  REQUIRE(run_to_end(system_launcher(), precompile, {}).state == ProcessState::passed);
  scratch.put("a.h", "#define BEGIN {\n");
  const auto verdicts = check({{path, "", "#include \"a.h\"\nint f(void) BEGIN return 1; }\n"},
                               {path, "", "#include \"a.h\"\nint f(void) BEGIN return 1 }\n"}});
  CHECK(verdicts[0].valid == true);
  CHECK(verdicts[1].valid == false);
  CHECK(verdicts[0].findings.empty());
}

TEST_CASE("C that asks for endless text, memory or depth is not judged, and ends") {
  if (is_missing("c") || is_missing("cpp")) return;
  Limits limits;
  limits.syntax_timeout_ms = 5000;
  SyntaxChecker checker({system_files(), system_launcher(), system_clock(), system_random()},
                        limits, {2});
  const std::vector<SourceText> sources{
      {"a.c", "", "#include \"/dev/zero\"\n"},
      {"a.c", "", "#include __FILE__\n#include __FILE__\n"},
      {"a.cpp", "", "template <int N> struct A { A<N + 1> a; };\nA<0> a;\n"},
      {"a.cpp", "",
       "template <int N, int M> struct A { static const int x = A<N - 1, M>::x + A<N - 1, M + "
       "N>::x; };\n"
       "int x = A<800, 1>::x;\n"}};
  for (const SyntaxVerdict& verdict : checker.check(sources, {})) {
    CHECK_FALSE(verdict.valid.has_value());
    REQUIRE_FALSE(verdict.findings.empty());
    CHECK(verdict.findings.back().code == "check.unavailable");
  }
  CHECK(check({{"a.c", "", "#include \"/dev/stdin\"\n"}}).front().valid == true);
}

TEST_CASE("a here-document that does not end is a warning of bash's") {
  if (is_missing("bash")) return;
  const auto verdicts = check({{"a.sh", "", "cat <<EOF\na\n"}});
  CHECK(verdicts[0].valid == true);
  REQUIRE(verdicts[0].findings.size() == 1);
  CHECK(verdicts[0].findings[0].severity == Severity::warning);
}

TEST_CASE("javac's parser judges Java, names and imports aside") {
  check_cases(
      "java", "javac",
      {{"A.java", "package p; import no.Where; class X extends Nope { int f() { return g(); } }"},
       {"A.java", "public class B {}\n"},
       {"module-info.java", "module a.b { requires c; }\n"},
       {"package-info.java", "@Deprecated package p;\n"},
       {"A.java", "class A { int x = ; }\n", 1, 19},
       {"A.java", "class A {\r\n\tString s = \"é𝄞\"; int y = 1 }\r\n", 2, 28},
       {"A.java", "class A { void f() {\n", 1, 21}});
}

TEST_CASE("the PowerShell parser judges PowerShell, names and imports aside") {
  check_cases("powershell", "pwsh",
              {{"a.ps1", "function f { param([string] $Name) \"x $Name\" }\n"},
               {"a.psd1", "@{ ModuleVersion = '1.0' }\n"},
               {"a.psm1",
                "using module Nowhere\nusing assembly ./nowhere.dll\n"
                "class A : Nope { [Foo] $X }\n"},
               {"a.ps1", "#Requires -Modules Nowhere\n[Nope()] class B {}\n"},
               {"a.ps1",
                "\xff\xfe"
                "'\0a\0'\0"s},
               {"a.ps1", "if ($x {\n", 1, 8},
               {"a.ps1", "'𝄞'\r\n'é𝄞' )\r\n", 2, 6}});
}

TEST_CASE("Roslyn's parser judges C#, names and #error aside") {
  check_cases("csharp", "roslyn",
              {{"A.cs", "using No.Where;\nclass A(int x) : Nope { Foo Y => x; }\n"},
               {"A.cs", "#error not here\nclass A {}\n"},
               {"a.csx", "#r \"nowhere.dll\"\nint x = 1;\nreturn x;\n"},
               {"A.cs", "class A { int x = ; }\n", 1, 19},
               {"A.cs", "class A {\r\n\tstring s = \"é𝄞\"; int y = 1 }\r\n", 2, 29}});
}

TEST_CASE("no code of a text runs, nothing that it names is loaded, nothing is left") {
  const test::ScratchFolder scratch;
  const std::string marker = (scratch.path() / "marker").string();
  const auto temporary = scratch.path() / "temporary";
  std::filesystem::create_directory(temporary);
  const auto module = scratch.path() / "evil.psm1";
  std::ofstream(module) << "New-Item '" << marker << "'\n";
  std::ofstream(scratch.path() / "evil.js")
      << "require('fs').writeFileSync('" << marker << "', '')\n";
  std::ofstream(scratch.path() / "evil.sh") << ": > '" << marker << "'\n";
  // gcc would start a cc1 that stands there.
  std::ofstream(scratch.path() / "cc1") << "#!/bin/sh\n: > '" << marker << "'\n";
  std::filesystem::permissions(scratch.path() / "cc1", std::filesystem::perms::owner_all);
  const std::string folder = scratch.path().string() + "/";
  const std::vector<std::pair<const char*, std::string>> settings{
      {"TMPDIR", temporary.string()},
      {"NODE_OPTIONS", "--require=" + (scratch.path() / "evil.js").string()},
      {"BASH_ENV", (scratch.path() / "evil.sh").string()},
      {"PSModulePath", scratch.path().string()},
      {"COMPILER_PATH", folder},
      {"GCC_EXEC_PREFIX", folder},
      {"SUNPRO_DEPENDENCIES", marker},
      {"DEPENDENCIES_OUTPUT", marker}};
  for (const auto& [name, value] : settings)
    ::setenv(name, value.c_str(), 1);
  const std::vector<std::string> contents{
      "open('" + marker + "', 'w')\n",
      "require('fs').writeFileSync('" + marker + "', '');\n",
      "import '" + (scratch.path() / "evil.js").string() + "';\n",
      ": > '" + marker + "'\nshopt -s extglob; x=+(a))\n",
      "using module " + module.string() + "\nNew-Item '" + marker + "'\n",
      "class A { static { new java.io.FileWriter(\"" + marker + "\"); } }\n",
      "package main\nfunc main() { os.Create(\"" + marker + "\") }\n",
      "using System.IO; class A { static A() => File.Create(\"" + marker + "\"); }\n",
      "#include <stdio.h>\nint main(void) { fopen(\"" + marker + "\", \"w\"); }\n"};
  const std::vector<SyntaxVerdict> verdicts = check({{"a.py", "", contents[0]},
                                                     {"a.js", "", contents[1]},
                                                     {"a.mjs", "", contents[2]},
                                                     {"a.sh", "", contents[3]},
                                                     {"a.ps1", "", contents[4]},
                                                     {"A.java", "", contents[5]},
                                                     {"a.go", "", contents[6]},
                                                     {"A.cs", "", contents[7]},
                                                     {"a.c", "", contents[8]}});
  for (const auto& [name, value] : settings)
    ::unsetenv(name);
  CHECK(verdicts.size() == contents.size());
  CHECK_FALSE(std::filesystem::exists(marker));
  std::size_t left = 0;
  for (const auto& entry : std::filesystem::directory_iterator(temporary)) {
    // .NET keeps sockets of its debugger's there while it runs.
    left += entry.path().filename().string().starts_with("ratchet-") ? 1 : 0;
  }
  CHECK(left == 0);
}

TEST_CASE("quotes, semicolons and line breaks in a path run nothing") {
  const test::ScratchFolder scratch;
  const std::string marker = (scratch.path() / "marker").string();
  const std::vector<std::string> names{"'; touch " + marker + "; '",
                                       "\"; touch " + marker + "; \"",
                                       "$(touch " + marker + ")",
                                       "`touch " + marker + "`",
                                       "a\n; touch " + marker + "\n",
                                       "-c touch " + marker,
                                       "'+__import__('os').system('touch " + marker + "')+'",
                                       "'); require('fs').writeFileSync('" + marker + "', ''); ('"};
  std::vector<SourceText> sources;
  for (const std::string& name : names) {
    for (const char* extension : {".py", ".js", ".sh", ".go", ".java", ".ps1", ".cs", ".c", ".cpp"})
      sources.push_back({name + extension, "", ""});
  }
  const std::vector<SyntaxVerdict> verdicts = check(sources);
  for (std::size_t i = 0; i < sources.size(); ++i)
    CHECK(verdicts[i].path == sources[i].path);
  CHECK_FALSE(std::filesystem::exists(marker));
}

TEST_CASE("nothing is written beside a file that is checked") {
  const test::ScratchFolder scratch;
  std::vector<std::string> paths;
  for (const char* name :
       {"a.py", "a.js", "a.sh", "a.go", "A.java", "a.ps1", "A.cs", "a.c", "a.cpp"}) {
    paths.push_back((scratch.path() / name).string());
    std::ofstream(paths.back()) << "\n";
  }
  std::vector<SourceText> sources;
  sources.reserve(paths.size());
  for (const std::string& path : paths)
    sources.push_back({path, "", "\n"});
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(scratch.path());
  CHECK(check(sources).size() == paths.size());
  std::filesystem::current_path(before);
  const std::filesystem::directory_iterator left(scratch.path());
  CHECK(static_cast<std::size_t>(std::distance(left, {})) == paths.size());
}
