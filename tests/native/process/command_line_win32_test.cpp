#include "process/command_line_win32.h"

#include <doctest/doctest.h>
#include <windows.h>

#include <shellapi.h>  // after what it needs

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/utf16_win32.h"
#include "fs/scratch_folder.h"
#include "process/child_probe.h"
#include "process/child_probe_win32.h"
#include "process/system_folder_win32.h"

using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

using Words = std::vector<std::string>;

std::string line_of(const std::string& program, const Words& arguments) {
  return to_utf8(start_line(program, arguments).text).value_or("");
}

/// What the system's own function makes of a line.
Words taken_apart(const std::wstring& line) {
  int count = 0;
  const std::unique_ptr<wchar_t*, decltype(&LocalFree)> words(
      CommandLineToArgvW(line.c_str(), &count), LocalFree);
  Words result;
  for (int index = 0; index < count; ++index)
    result.push_back(to_utf8(words.get()[index]).value_or("malformed"));
  return result;
}

/// All texts of these characters up to that many.
Words all_texts(const std::string& characters, std::size_t longest) {
  Words texts{""};
  for (std::size_t from = 0, length = 1; length <= longest; ++length) {
    const std::size_t to = texts.size();
    for (; from < to; ++from) {
      for (const char c : characters)
        texts.push_back(texts[from] + c);
    }
  }
  return texts;
}

std::string refusal(const std::string& program, const Words& arguments) {
  try {
    static_cast<void>(start_line(program, arguments));
    return "";
  } catch (const Error& error) {
    CHECK(error.code().name() == "process.invalid_command");
    return error.message() + " (" + error.hint() + ")";
  }
}

/// A batch file that hands its arguments on to the child program.
std::string handing_on(const test::ScratchFolder& scratch, const std::string& name) {
  const std::string child = doing({}).arguments.front();
  scratch.put(name, "@\"" + child + "\" arguments %*\r\n");
  return (scratch.path() / name).string();
}

std::string said_by(Command command) {
  const ProcessResult result = run(command);
  CHECK(to_string(result.state) == "passed");
  return result.out.bytes + result.error.bytes;
}

}  // namespace

TEST_CASE("an argument is quoted by the rules of the C runtime") {
  // The right-hand sides are those of Microsoft's page "Parsing C command-line arguments".
  const std::vector<std::pair<std::string, std::string>> rows{
      {"abc", "abc"},
      {"", "\"\""},
      {"a b c", "\"a b c\""},
      {"a\tb", "\"a\tb\""},
      {"ab\"c", "\"ab\\\"c\""},
      {"\\", "\\"},
      {"a\\\\\\b", "a\\\\\\b"},
      {"a\\\"b", "\"a\\\\\\\"b\""},
      {"a\\\\b c", "\"a\\\\b c\""},
      {"a b\\", "\"a b\\\\\""},
      {"%PATH%", "%PATH%"},
      {"a&b", "a&b"},
  };
  for (const auto& [argument, quoted] : rows)
    CHECK(quoted_argument(argument) == quoted);
}

TEST_CASE("the system's own function takes every line apart as it was") {
  for (const std::string& text : all_texts("\\\" a", 5)) {
    const Words arguments{"C:\\some where\\tool.exe", text, "last", text};
    REQUIRE(taken_apart(start_line("C:\\tool.exe", arguments).text) == arguments);
  }
}

TEST_CASE("the C runtime of a program takes every argument as it was") {
  Words texts = all_texts("\\\" a", 4);
  Words steps{"arguments"};
  steps.insert(steps.end(), texts.begin(), texts.end());
  std::string expected;
  for (const std::string& text : texts)
    expected += text + "\n";
  CHECK(said_by(doing(steps)) == expected);
}

TEST_CASE("a batch file is run by the system's cmd, its arguments in quotes") {
  const StartLine start = start_line("C:\\some where\\tool.CMD", Words{"tool", "plain", "a b"});
  CHECK(start.application == command_interpreter());
  CHECK(to_utf8(start.text) ==
        "cmd.exe /e:on /v:off /d /s /c \"\"C:\\some where\\tool.CMD\" plain \"a b\"\"");
  const std::vector<std::pair<std::string, std::string>> rows{
      {"", "\"\""},
      {"plain-1.2_x", "plain-1.2_x"},
      {"a&b", "\"a&b\""},
      {"^", "\"^\""},
      {"a,b", "\"a,b\""},
      {"a=b", "\"a=b\""},
      {"(x)", "\"(x)\""},
      {"say \"hi\"", "\"say \"\"hi\"\"\""},
      {"end\\", "\"end\\\\\""},
      {"\\\"", "\"\\\\\"\"\""},
      {"50%", "\"50%%cd:~,%\""},
      {"%PATH%", "\"%%cd:~,%PATH%%cd:~,%\""},
      {"caf\xc3\xa9", "\"caf\xc3\xa9\""},
  };
  for (const auto& [argument, quoted] : rows)
    CHECK(quoted_batch_argument(argument) == quoted);
}

TEST_CASE("arguments reach a program through a batch file as they stand") {
  const test::ScratchFolder scratch;
  Command command;
  command.arguments = {handing_on(scratch, "hand on.cmd"),
                       "a b",
                       "",
                       "plain",
                       "^",
                       "a&b",
                       "x & echo injected",
                       "\" & echo injected & \"",
                       "<in >out |more",
                       "a\"b",
                       "say \"hi there\"",
                       "end\\",
                       "\\\\\"",
                       "!x!",
                       "(a) b",
                       ";,=",
                       "^^^\"&"};
  std::string expected;
  for (std::size_t index = 1; index < command.arguments.size(); ++index)
    expected += command.arguments[index] + "\n";
  CHECK(said_by(command) == expected);
}

TEST_CASE("a percent sign reaches a program through a batch file as it stands") {
  if (is_wine()) {
    return test::say_skipped("percent signs in arguments of batch files",
                             "wine's cmd looks for names behind a doubled percent sign");
  }
  const test::ScratchFolder scratch;
  Command command;
  command.arguments = {handing_on(scratch, "hand_on.bat"), "%PATH%", "50%", "%%", "%1 %*"};
  CHECK(said_by(command) == "%PATH%\n50%\n%%\n%1 %*\n");
}

TEST_CASE("what follows /c of cmd is its own text") {
  const Words arguments{"cmd", "/D", "/s", "/C", "echo \"a b\" & exit 3"};
  CHECK(line_of("C:\\Windows\\cmd.exe", arguments) == "\"cmd\" /D /s /C \"echo \"a b\" & exit 3\"");
  CHECK(line_of("C:\\Windows\\cmd.exe", {"cmd", "/c", "echo", "a  b"}) == "\"cmd\" /c echo a  b");
  CHECK(line_of("C:\\Windows\\cmd.exe", {"cmd", "/?"}) == "\"cmd\" /?");
}

TEST_CASE("a line break, at which cmd would stop, is refused") {
  for (const char* text : {"a\nb", "a\rb", "\r\n"}) {
    CHECK(refusal("C:\\x.bat", {"x.bat", text}).find("line break") != std::string::npos);
    CHECK(refusal("C:\\cmd.exe", {"cmd", "/c", text}).find("line break") != std::string::npos);
    CHECK(refusal("C:\\x.exe", {"x.exe", text}).empty());
  }
}

TEST_CASE("text that cannot be handed over is refused") {
  CHECK(refusal("C:\\x.exe", {"x", "\xff"}).find("argument 1 of \"x\" is not valid UTF-8") !=
        std::string::npos);
  CHECK(refusal("C:\\x.exe", {"a\"b"}).find("has a quote") != std::string::npos);
}

TEST_CASE("a line of the longest length is let pass, and one more is refused") {
  struct Case {
    std::string program;
    std::size_t longest;
    std::string whose;
  };
  const std::vector<Case> cases{{"C:\\x.exe", 32766, "the system takes 32766"},
                                {"C:\\x.bat", 8191, "cmd takes 8191"},
                                {"C:\\cmd.exe", 8191, "cmd takes 8191"}};
  for (const Case& row : cases) {
    CAPTURE(row.program);
    const std::size_t rest = start_line(row.program, Words{"x", "y"}).text.size() - 1;
    Words arguments{"x", std::string(row.longest - rest, 'y')};
    CHECK(start_line(row.program, arguments).text.size() == row.longest);
    arguments.back() += 'y';
    const std::string reason = refusal(row.program, arguments);
    CHECK(reason.find(row.whose) != std::string::npos);
    CHECK(reason.find(std::to_string(row.longest + 1) + " characters") != std::string::npos);
    CHECK(reason.find("in a file") != std::string::npos);
  }
  // It is UTF-16 that counts, of which a character beyond the first 65,536 has two.
  Words wide{"x", ""};
  for (std::size_t count = 0; count < 16381; ++count)
    wide.back() += "\xf0\x9f\x8e\x89";
  CHECK(start_line("C:\\x.exe", wide).text.size() == 32766);
}

TEST_CASE("the longest line runs") {
  Command command = doing({"arguments", ""});
  const std::size_t rest = start_line(command.arguments.front(), command.arguments).text.size() - 2;
  command.arguments.back() = std::string(kLongestLine - rest, 'y');
  CHECK(said_by(command) == command.arguments.back() + "\n");
}
