// Not on Windows: signals, scripts and modes of POSIX (launcher_win32_test.cpp has its own).
#include "process/launcher.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <future>
#include <iterator>
#include <sstream>
#include <thread>

#include "core/error.h"
#include "fs/scratch_folder.h"
#include "process/child_probe_posix.h"
#include "process/program_search.h"

using namespace std::chrono_literals;
using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;

std::string code_of_run(const Command& command) {
  return test::thrown_code([&command] { (void)run(command); });
}

/// Runs a script that makes the file `$READY` when it is set up, and cancels it then.
ProcessResult run_and_cancel(const std::string& script, std::chrono::milliseconds grace,
                             bool at_once) {
  const test::ScratchFolder scratch;
  const auto ready = scratch.path() / "ready";
  Command command = shell(script);
  command.environment = {{"READY", ready.string()}};
  command.grace = grace;
  CancelSource source;
  auto result = std::async(std::launch::async,
                           [&] { return run_to_end(system_launcher(), command, source.token()); });
  CHECK(appears(ready));
  source.cancel(at_once);
  return result.get();
}

/// An executable file that is no program.
Command garbage_in(const test::ScratchFolder& scratch) {
  const auto program = scratch.path() / "garbage";
  std::ofstream(program) << "\x01\x02 no program";
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  Command command;
  command.arguments = {program.string()};
  return command;
}

/// The way in which the host treats a signal, put back at the end.
class SignalAction {
 public:
  SignalAction(int signal, void (*handler)(int)) : signal_(signal) {
    struct sigaction action {};
    action.sa_handler = handler;
    ::sigaction(signal, &action, &before_);
  }
  SignalAction(const SignalAction&) = delete;
  SignalAction& operator=(const SignalAction&) = delete;
  ~SignalAction() { ::sigaction(signal_, &before_, nullptr); }

 private:
  int signal_;
  struct sigaction before_ {};
};

}  // namespace

TEST_CASE("a program ends in the state that says how") {
  struct Case {
    std::string script;
    ProcessState state;
    int exit_code;
    int signal;
  };
  const std::vector<Case> cases{
      {"exit 0", ProcessState::passed, 0, 0},
      {"exit 3", ProcessState::failed, 3, 0},
      {"exit 255", ProcessState::failed, 255, 0},
      {"kill -KILL $$", ProcessState::signalled, -1, SIGKILL},
      {"kill -USR1 $$", ProcessState::signalled, -1, SIGUSR1},
  };
  for (const Case& row : cases) {
    CAPTURE(row.script);
    const ProcessResult result = run(shell(row.script));
    CHECK(to_string(result.state) == to_string(row.state));
    CHECK(result.exit_code == row.exit_code);
    CHECK(result.signal == row.signal);
    CHECK(result.spawn_error.empty());
  }
}

TEST_CASE("arguments reach the program as they stand") {
  Command command;
  command.arguments = {"printf", "%s|", "a b", "", "$HOME", "'\"", ";ls", "\n", "\xff"};
  CHECK(run(command).out.bytes == "a b||$HOME|'\"|;ls|\n|\xff|");
}

TEST_CASE("a relative program is taken from the working directory") {
  const test::ScratchFolder scratch;
  const auto script = scratch.path() / "here";
  std::ofstream(script) << "#!/bin/sh\npwd\n";
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  Command command;
  command.arguments = {"./here"};
  command.working_directory = scratch.path();
  CHECK(run(command).out.bytes == std::filesystem::canonical(scratch.path()).string() + "\n");
}

TEST_CASE("a program is found on the PATH that the child gets, in absolute folders only") {
  const test::ScratchFolder scratch;
  const auto script = scratch.path() / "ratchet-test-program";
  std::ofstream(script) << "#!/bin/sh\necho found\n";
  Command command;
  command.arguments = {"ratchet-test-program"};
  command.working_directory = scratch.path();
  command.environment = {{"PATH", ":.:/nowhere:" + scratch.path().string()}};
  CHECK_MESSAGE(code_of_run(command) == "process.not_found", "it is not executable yet");
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  CHECK(run(command).out.bytes == "found\n");
  command.environment = {{"PATH", ":.:"}};
  CHECK(code_of_run(command) == "process.not_found");
}

TEST_CASE("what a name means does not depend on the host's current folder") {
  const test::ScratchFolder scratch;
  const auto script = scratch.path() / "ratchet-test-program";
  std::ofstream(script) << "#!/bin/sh\n";
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(scratch.path());
  for (const char* path : {"", ":", ".", "./", ":.:..", "/nowhere:.", "/nowhere:"}) {
    CAPTURE(path);
    CHECK_FALSE(find_on_path("ratchet-test-program", {path, {}}).has_value());
  }
  CHECK(find_on_path("ratchet-test-program", {scratch.path().native(), {}}) == script);
  std::filesystem::current_path(before);
}

TEST_CASE("a missing program names the PATH that was searched") {
  Command command;
  command.arguments = {"ratchet-no-such-program"};
  command.environment = {{"PATH", "/nowhere/bin:/nowhere/sbin"}};
  try {
    (void)run(command);
    FAIL("it was started");
  } catch (const Error& error) {
    CHECK(error.code().name() == "process.not_found");
    CHECK(error.message().find("ratchet-no-such-program") != std::string::npos);
    CHECK(error.message().find("/nowhere/bin:/nowhere/sbin") != std::string::npos);
  }
  command.arguments = {"/nowhere/program"};
  CHECK(code_of_run(command) == "process.not_found");
}

TEST_CASE("find_program gives an absolute path or nothing") {
  const auto found = system_launcher().find_program("sh");
  REQUIRE(found.has_value());
  CHECK(std::filesystem::path(*found).is_absolute());
  CHECK(system_launcher().find_program(*found) == found);
  CHECK_FALSE(system_launcher().find_program("ratchet-no-such-program").has_value());
  CHECK_FALSE(system_launcher().find_program("/etc/passwd").has_value());
  CHECK_FALSE(system_launcher().find_program("").has_value());
}

TEST_CASE("a command that cannot be started as given is refused") {
  const auto changed = [](auto change) {
    Command command = shell("exit 0");
    change(command);
    return command;
  };
  using namespace std::string_literals;
  const std::vector<std::pair<std::string, Command>> cases{
      {"no arguments", Command{}},
      {"empty program", changed([](Command& c) { c.arguments = {""}; })},
      {"a folder as program", changed([](Command& c) { c.arguments = {"/tmp"}; })},
      {"no execute bit", changed([](Command& c) { c.arguments = {"/etc/passwd"}; })},
      {"NUL in an argument", changed([](Command& c) { c.arguments.back() = "a\0b"s; })},
      {"relative folder", changed([](Command& c) { c.working_directory = "tmp"; })},
      {"missing folder", changed([](Command& c) { c.working_directory = "/nowhere"; })},
      {"a file as folder", changed([](Command& c) { c.working_directory = "/etc/passwd"; })},
      {"zero limit", changed([](Command& c) { c.time_limit = 0ms; })},
      {"negative limit", changed([](Command& c) { c.time_limit = -1ms; })},
      {"negative grace", changed([](Command& c) { c.grace = -1ms; })},
      {"empty variable", changed([](Command& c) {
         c.environment = {{"", "x"}};
       })},
      {"variable with =", changed([](Command& c) {
         c.environment = {{"A=B", "x"}};
       })},
      {"NUL in a value", changed([](Command& c) {
         c.environment = {{"A", "a\0b"s}};
       })},
  };
  for (const auto& [what, command] : cases) {
    CAPTURE(what);
    CHECK(code_of_run(command) == "process.invalid_command");
  }
}

TEST_CASE("a program that the system cannot start is a result that says why") {
  const test::ScratchFolder scratch;
  const ProcessResult result = run(garbage_in(scratch));
  CHECK(to_string(result.state) == "spawn_failed");
  CHECK(result.spawn_error.find("garbage") != std::string::npos);
  CHECK(result.spawn_error.find("Exec format error") != std::string::npos);
}

TEST_CASE("a child that reads nothing does not hurt the host with SIGPIPE") {
  const SignalAction deadly(SIGPIPE, SIG_DFL);
  sigset_t before;
  pthread_sigmask(SIG_SETMASK, nullptr, &before);
  Command command = shell("exec 0<&-; exit 4");
  command.input.assign(10 * kMiB, 'x');
  const ProcessResult result = run(command);
  CHECK(to_string(result.state) == "failed");
  CHECK(result.exit_code == 4);
  sigset_t after;
  sigset_t pending;
  pthread_sigmask(SIG_SETMASK, nullptr, &after);
  sigpending(&pending);
  CHECK(sigismember(&before, SIGPIPE) == sigismember(&after, SIGPIPE));
  CHECK(sigismember(&pending, SIGPIPE) == 0);
}

TEST_CASE("1 GiB of output takes no more memory than the limit") {
  Command command = shell("head -c 1073741824 /dev/zero; echo end");
  command.output_limit = kMiB;
  rusage before{};
  ::getrusage(RUSAGE_SELF, &before);
  const ProcessResult result = run(command);
  rusage after{};
  ::getrusage(RUSAGE_SELF, &after);
  CHECK(to_string(result.state) == "passed");
  CHECK(result.out.bytes.size() == kMiB);
  CHECK(result.out.dropped_bytes == 1023 * kMiB + 4);
  CHECK(result.out.bytes.ends_with("end\n"));
  CHECK(after.ru_maxrss - before.ru_maxrss < 50 * 1024);
}

TEST_CASE("the child inherits no descriptor, no signal mask and no ignored signal") {
  const SignalAction ignored(SIGUSR2, SIG_IGN);
  const int inheritable = ::open("/dev/null", O_RDONLY);  // NOLINT: without O_CLOEXEC on purpose
  sigset_t usr1;
  sigset_t before;
  sigemptyset(&usr1);
  sigaddset(&usr1, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &usr1, &before);
  // Programs alone, because a shell opens files and blocks signals of its own.
  Command list;
  list.arguments = {"ls", "/proc/self/fd"};
  const std::string descriptors = run(list).out.bytes;
  Command status;
  status.arguments = {"grep", "-E", "Sig(Blk|Ign)", "/proc/self/status"};
  const std::string signals = run(status).out.bytes;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  ::close(inheritable);

  CHECK(descriptors == "0\n1\n2\n3\n");  // 3 is the folder that ls reads
  std::istringstream words(signals);
  std::vector<std::string> said{std::istream_iterator<std::string>(words), {}};
  REQUIRE(said.size() == 4);
  CHECK(std::stoull(said[1], nullptr, 16) == 0);
  // 32 and 33 belong to the C library, which leaves them ignored in what it spawns.
  CHECK((std::stoull(said[3], nullptr, 16) & 0x7fffffffU) == 0);
}

TEST_CASE("the child leads a process group of its own") {
  std::istringstream words(run(shell("cut -d' ' -f1,5 /proc/$$/stat")).out.bytes);
  long pid = 0;
  long group = -1;
  words >> pid >> group;
  CHECK(pid == group);
  CHECK(group != ::getpgrp());
}

TEST_CASE("a cancelled program may end by itself within its grace") {
  const ProcessResult result = run_and_cancel(
      R"(trap 'echo bye; exit 7' TERM; : > "$READY"; while :; do sleep 0.02; done)", 1h, false);
  CHECK(to_string(result.state) == "cancelled");
  CHECK(result.exit_code == 7);
  CHECK(result.out.bytes == "bye\n");
}

TEST_CASE("a program that ignores SIGTERM is killed after the grace") {
  const ProcessResult result =
      run_and_cancel(R"(trap '' TERM; sleep 600 & echo $!; : > "$READY"; wait)", 30ms, false);
  CHECK(to_string(result.state) == "cancelled");
  CHECK(result.signal == SIGKILL);
  CHECK_FALSE(is_alive(first_line(result.out.bytes)));
}

TEST_CASE("a host that reaps all children makes the status unknown") {
  const SignalAction reaping(SIGCHLD, SIG_IGN);
  const ProcessResult result = run(shell("echo said; exit 3"));
  CHECK(to_string(result.state) == "status_unknown");
  CHECK(result.out.bytes == "said\n");
  CHECK(result.exit_code == -1);
}

TEST_CASE("no zombie and no descriptor is left by any way to end") {
  const auto all_ways = [] {
    Command limited = shell("sleep 600");
    limited.time_limit = 20ms;
    (void)run(limited);
    Command fed = shell("exit 0");
    fed.input = "not read";
    (void)run(fed);
    (void)run(shell("sleep 600 & exit 0"));
    const test::ScratchFolder scratch;
    CHECK(to_string(run(garbage_in(scratch)).state) == "spawn_failed");
    CHECK(code_of_run(Command{}) == "process.invalid_command");
  };
  all_ways();  // whatever the C library opens once
  const std::size_t before = open_descriptors();
  all_ways();
  CHECK(open_descriptors() == before);
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
  CHECK(errno == ECHILD);
}
