#include "process/launcher.h"

#include <doctest/doctest.h>
#include <windows.h>

#include <filesystem>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/handle_win32.h"
#include "core/utf16_win32.h"
#include "fs/scratch_folder.h"
#include "process/child_probe.h"
#include "process/child_probe_win32.h"
#include "process/shell.h"

using namespace std::chrono_literals;
using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

constexpr const char* kHostCase = "the host that another test kills";

Command shell(std::string text) {
  Command command;
  command.arguments = shell_arguments(std::move(text));
  return command;
}

/// Cancels a program, that makes the file `ready` first, politely.
ProcessResult ask_to_end(const std::vector<std::string>& steps, std::chrono::milliseconds grace) {
  const test::ScratchFolder scratch;
  const auto ready = scratch.path() / "ready";
  std::vector<std::string> all = steps;
  all.insert(all.end(), {"here", ready.string(), "rest"});
  Command command = doing(all);
  command.grace = grace;
  CancelSource source;
  auto result = std::async(std::launch::async,
                           [&] { return run_to_end(system_launcher(), command, source.token()); });
  CHECK(appears(ready));
  source.cancel(false);
  return result.get();
}

bool can_ask() {
  if (is_wine()) {
    test::say_skipped("asking a program to end", "wine sends no Ctrl+Break to a process group");
  } else if (!has_console()) {
    test::say_skipped("asking a program to end", "this process has no console");
  } else {
    return true;
  }
  return false;
}

/// This program, running one case that is skipped otherwise.
Handle start_host(const std::filesystem::path& ready) {
  std::wstring self(MAX_PATH * 4, L'\0');
  self.resize(GetModuleFileNameW(nullptr, self.data(), static_cast<DWORD>(self.size())));
  std::wstring line = L'"' + self + L"\" --no-skip --test-case=\"" +
                      to_utf16(kHostCase).value_or(std::wstring()) + L'"';
  SetEnvironmentVariableW(L"RATCHET_TEST_READY", std::filesystem::path(ready).c_str());
  STARTUPINFOW startup{};
  startup.cb = sizeof(startup);
  PROCESS_INFORMATION started{};
  CreateProcessW(self.c_str(), line.data(), nullptr, nullptr, FALSE, CREATE_NO_WINDOW, nullptr,
                 nullptr, &startup, &started);
  SetEnvironmentVariableW(L"RATCHET_TEST_READY", nullptr);
  CloseHandle(started.hThread);
  return Handle(started.hProcess);
}

}  // namespace

TEST_CASE("a crash is an exit code") {
  const ProcessResult result = run(doing({"crash"}));
  CHECK(to_string(result.state) == "failed");
  CHECK(static_cast<DWORD>(result.exit_code) == EXCEPTION_ACCESS_VIOLATION);
  CHECK(result.signal == 0);
}

TEST_CASE("an exit code may have all of its 32 bits") {
  const ProcessResult result = run(doing({"exit", "4294967295"}));
  CHECK(to_string(result.state) == "failed");
  CHECK(result.exit_code == -1);
}

TEST_CASE("variables are set and removed whatever the case of their names") {
  Command command = doing({"variable", "RATCHET_TEST_NEW", "variable", "PATH"});
  command.environment = {{"ratchet_test_new", "new"}, {"path", std::nullopt}};
  CHECK(run(command).out.bytes == "new\nunset\n");
}

TEST_CASE("a program inherits its three streams and nothing else") {
  SECURITY_ATTRIBUTES inheritable{sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
  const test::ScratchFolder scratch;
  const std::string before = run(doing({"streams"})).out.bytes;
  const Handle open(CreateFileW((scratch.path() / "open").c_str(), GENERIC_WRITE, 0, &inheritable,
                                CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr));
  REQUIRE(open.is_open());
  CHECK(run(doing({"streams"})).out.bytes == before);
}

TEST_CASE("a shell command is cmd's, with its quotes, operators and exit code") {
  const ProcessResult result = run(shell("echo \"a b\"& echo c>&2& exit 7"));
  CHECK(to_string(result.state) == "failed");
  CHECK(result.exit_code == 7);
  CHECK(result.out.bytes == "\"a b\"\r\n");
  CHECK(first_line(result.error.bytes).starts_with("c"));
}

TEST_CASE("a batch file's exit code is its own") {
  const test::ScratchFolder scratch;
  scratch.put("five.cmd", "@exit /b 5\r\n");
  Command command;
  command.arguments = {(scratch.path() / "five.cmd").string()};
  CHECK(run(command).exit_code == 5);
}

TEST_CASE("a file that is no program is a result that says why") {
  const test::ScratchFolder scratch;
  scratch.put("garbage.exe", "\x01\x02 no program");
  Command command;
  command.arguments = {(scratch.path() / "garbage.exe").string()};
  const ProcessResult result = run(command);
  CHECK(to_string(result.state) == "spawn_failed");
  CHECK(result.spawn_error.find("garbage.exe") != std::string::npos);
  CHECK(result.spawn_error.find(": ") != std::string::npos);
}

TEST_CASE("a missing program names the PATH that was searched") {
  Command command;
  command.arguments = {"ratchet-no-such-program"};
  command.environment = {{"PATH", "C:\\nowhere;C:\\else where"}};
  try {
    system_launcher().check(command);
    FAIL("it was let pass");
  } catch (const Error& error) {
    CHECK(error.code().name() == "process.not_found");
    CHECK(error.message().find("ratchet-no-such-program") != std::string::npos);
    CHECK(error.message().find("C:\\\\nowhere;C:\\\\else where") != std::string::npos);
  }
}

TEST_CASE("a command that cannot be started as given is refused") {
  using namespace std::string_literals;
  const auto changed = [](auto change) {
    Command command = doing({"exit", "0"});
    change(command);
    return command;
  };
  const std::string long_name(120, 'x');
  const test::ScratchFolder scratch;
  scratch.put(long_name + "/" + long_name + "/file", "");
  const auto deep = scratch.path() / long_name / long_name;
  const std::vector<std::pair<std::string, Command>> cases{
      {"no arguments", Command{}},
      {"empty program", changed([](Command& c) { c.arguments = {""}; })},
      {"NUL in an argument", changed([](Command& c) { c.arguments.back() = "a\0b"s; })},
      {"malformed argument", changed([](Command& c) { c.arguments.back() = "\xc3"; })},
      {"malformed program", changed([](Command& c) { c.arguments = {"\xc3"}; })},
      {"relative folder", changed([](Command& c) { c.working_directory = "tmp"; })},
      {"folder without a drive", changed([](Command& c) { c.working_directory = "\\tmp"; })},
      {"missing folder", changed([](Command& c) { c.working_directory = "C:\\nowhere"; })},
      {"too long a folder", changed([&](Command& c) { c.working_directory = deep; })},
      {"zero limit", changed([](Command& c) { c.time_limit = 0ms; })},
      {"negative grace", changed([](Command& c) { c.grace = -1ms; })},
      {"variable with =", changed([](Command& c) {
         c.environment = {{"A=B", "x"}};
       })},
      {"a drive's variable", changed([](Command& c) {
         c.environment = {{"=C:", "x"}};
       })},
      {"NUL in a value", changed([](Command& c) {
         c.environment = {{"A", "a\0b"s}};
       })},
      {"too long a line",
       changed([](Command& c) { c.arguments.back() = std::string(32767, 'x'); })},
  };
  for (const auto& [what, command] : cases) {
    CAPTURE(what);
    CHECK(error_code(command) == "process.invalid_command");
  }
}

TEST_CASE("a program that is asked may end by itself within its grace") {
  if (!can_ask()) return;
  const ProcessResult result = ask_to_end({"farewell", "bye", "7"}, 1h);
  CHECK(to_string(result.state) == "cancelled");
  CHECK(result.exit_code == 7);
  CHECK(result.out.bytes == "bye\n");
}

TEST_CASE("a program that says nothing to being asked ends by that") {
  if (!can_ask()) return;
  const ProcessResult result = ask_to_end({}, 1h);
  CHECK(to_string(result.state) == "cancelled");
  CHECK(result.exit_code == -1);
}

TEST_CASE("a program that lets a request pass is killed after the grace") {
  if (!can_ask()) return;
  const ProcessResult result = ask_to_end({"ignore"}, 30ms);
  CHECK(to_string(result.state) == "cancelled");
  CHECK(result.exit_code == -1);
}

TEST_CASE("where nobody can be asked, a program is killed without waiting") {
  if (!is_wine() && has_console()) {
    return test::say_skipped("ending a program that cannot be asked", "it can be asked here");
  }
  const ProcessResult result = ask_to_end({}, 1h);
  CHECK(to_string(result.state) == "cancelled");
  CHECK(result.exit_code == -1);
}

TEST_CASE("the children of a host that is killed die with it") {
  const test::ScratchFolder scratch;
  const auto ready = scratch.path() / "ready";
  const Handle host = start_host(ready);
  REQUIRE(host.is_open());
  REQUIRE(appears(ready));
  const std::string child = scratch.get("ready.id");
  CHECK(is_alive(child));
  TerminateProcess(host.get(), 1);
  CHECK(comes_true([&child] { return !is_alive(child); }));
}

TEST_CASE("the host that another test kills" * doctest::skip()) {
  std::wstring ready(MAX_PATH * 4, L'\0');
  ready.resize(GetEnvironmentVariableW(L"RATCHET_TEST_READY", ready.data(),
                                       static_cast<DWORD>(ready.size())));
  if (ready.empty()) return;  // run by hand
  const std::string name = to_utf8(ready).value_or("");
  (void)run(doing({"id", name + ".id", "here", name, "rest"}));
}
