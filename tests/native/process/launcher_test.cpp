#include "process/launcher.h"

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/error.h"
#include "fs/scratch_folder.h"
#include "process/child_probe.h"

using namespace std::chrono_literals;
using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace

TEST_CASE("an exit code says whether a program passed") {
  struct Case {
    std::string code;
    ProcessState state;
    int exit_code;
  };
  const std::vector<Case> cases{{"0", ProcessState::passed, 0},
                                {"1", ProcessState::failed, 1},
                                {"3", ProcessState::failed, 3},
                                {"255", ProcessState::failed, 255}};
  for (const Case& row : cases) {
    CAPTURE(row.code);
    const ProcessResult result = run(doing({"exit", row.code}));
    CHECK(to_string(result.state) == to_string(row.state));
    CHECK(result.exit_code == row.exit_code);
    CHECK(result.signal == 0);
    CHECK(result.spawn_error.empty());
    CHECK(result.survivors.empty());
  }
}

TEST_CASE("the streams are kept apart, byte for byte") {
  const ProcessResult result = run(doing({"bytes", "6100ff800d0a1a62", "complain", "no"}));
  CHECK(result.out.bytes == std::string("a\0\377\200\r\n\x1a"
                                        "b",
                                        8));
  CHECK(result.error.bytes == "no\n");
  CHECK(result.out.dropped_bytes == 0);
}

TEST_CASE("arguments reach a program as they stand") {
  const std::vector<std::string> arguments{"a b",
                                           "",
                                           "$HOME",
                                           "%PATH%",
                                           "'",
                                           "\"",
                                           "a\"b",
                                           "\\",
                                           "a\\",
                                           "a b\\",
                                           "\\\"",
                                           "a\\\\\"b\\\\",
                                           "\\\\share\\x",
                                           "*",
                                           "?",
                                           "^&|<>()",
                                           "!x!",
                                           "--a=b c",
                                           "\t",
                                           "\xc3\xa9",
                                           "\xf0\x9f\x8e\x89",
                                           "a\"\"b c",
                                           "\"a b\"",
                                           "\\ \\\"",
                                           "trailing   ",
                                           ";,=",
                                           "@file",
                                           "-"};
  std::vector<std::string> steps{"arguments"};
  steps.insert(steps.end(), arguments.begin(), arguments.end());
  CHECK(lines_of(run(doing(steps)).out.bytes) == arguments);
}

TEST_CASE("variables are set, changed and removed on top of the host's") {
  Command outer = doing({"variable", "RATCHET_TEST_NEW", "variable", "PATH"});
  outer.environment = {{"RATCHET_TEST_NEW", "a=b c \xc3\xa9"}, {"PATH", std::nullopt}};
  CHECK(run(outer).out.bytes == "a=b c \xc3\xa9\nunset\n");
  outer.environment = {{"PATH", "first"}, {"PATH", "last"}};
  CHECK(run(outer).out.bytes == "unset\nlast\n");
  CHECK(run(doing({"variable", "PATH"})).out.bytes != "unset\n");
}

TEST_CASE("a program runs in its working directory") {
  const test::ScratchFolder scratch;
  scratch.put("caf\xc3\xa9/file", "");
  Command command = doing({"folder"});
  command.working_directory = scratch.path() / "caf\xc3\xa9";
  const ProcessResult result = run(command);
  CAPTURE(result.spawn_error);
  const std::string folder = first_line(result.out.bytes);
  CAPTURE(folder);
  CHECK(folder.ends_with("caf\xc3\xa9"));
}

TEST_CASE("standard input is empty, or the given bytes to the last one") {
  Command command = doing({"echo"});
  CHECK(run(command).out.bytes.empty());

  command.input.resize(10 * kMiB);
  for (std::size_t at = 0; at < command.input.size(); ++at) {
    command.input[at] = static_cast<char>((at * 31 + at / 251) & 0xff);
  }
  command.output_limit = 32 * kMiB;
  const ProcessResult result = run(command);
  CHECK(to_string(result.state) == "passed");
  CHECK_MESSAGE(result.out.bytes == command.input, "the echo differs");
}

TEST_CASE("a program that reads nothing of its input ends as it likes") {
  Command command = doing({"exit", "4"});
  command.input.assign(10 * kMiB, 'x');
  const ProcessResult result = run(command);
  CHECK(to_string(result.state) == "failed");
  CHECK(result.exit_code == 4);
}

TEST_CASE("of much output the first and the last half of the limit are kept") {
  Command command = doing({"say", "begin", "zeros", "50000000", "say", "end"});
  command.output_limit = kMiB;
  const ProcessResult result = run(command);
  CHECK(to_string(result.state) == "passed");
  CHECK(result.out.bytes.size() == kMiB);
  CHECK(result.out.dropped_bytes == 50000000 + 6 + 4 - kMiB);
  CHECK(result.out.bytes.starts_with("begin\n"));
  CHECK(result.out.bytes.ends_with("end\n"));
}

TEST_CASE("a program that runs past its limit is timed out with its descendants") {
  Command command = doing({"child", "rest", ";", "rest"});
  command.time_limit = 700ms;
  command.grace = 100ms;
  const ProcessResult result = run(command);
  CHECK(to_string(result.state) == "timed_out");
  CHECK(result.exit_code == -1);
  CHECK(result.duration >= 700ms);
  CHECK(result.survivors.empty());
  REQUIRE_FALSE(result.out.bytes.empty());
  CHECK_FALSE(is_alive(first_line(result.out.bytes)));
}

TEST_CASE("a very long time limit is none") {
  Command command = doing({});
  command.time_limit = std::chrono::milliseconds::max();
  CHECK(to_string(run(command).state) == "passed");
}

TEST_CASE("the immediate token skips the grace") {
  const test::ScratchFolder scratch;
  const auto ready = scratch.path() / "ready";
  Command command = doing({"ignore", "here", ready.string(), "rest"});
  command.grace = 1h;
  CancelSource source;
  auto result = std::async(std::launch::async,
                           [&] { return run_to_end(system_launcher(), command, source.token()); });
  CHECK(appears(ready));
  source.cancel(true);
  const ProcessResult ended = result.get();
  CHECK(to_string(ended.state) == "cancelled");
  CHECK(ended.exit_code == -1);
}

TEST_CASE("a run that was cancelled before starts nothing") {
  const test::ScratchFolder scratch;
  CancelSource source;
  source.cancel(false);
  const auto trace = scratch.path() / "trace";
  const ProcessResult result =
      run_to_end(system_launcher(), doing({"here", trace.string()}), source.token());
  CHECK(to_string(result.state) == "cancelled");
  CHECK_FALSE(std::filesystem::exists(trace));
}

TEST_CASE("a descendant that holds the streams is reported as a leak and ended") {
  const ProcessResult result = run(doing({"child", "rest", ";", "exit", "5"}));
  CHECK(to_string(result.state) == "leaked");
  CHECK(result.exit_code == 5);
  CHECK(result.survivors.empty());
  REQUIRE_FALSE(result.out.bytes.empty());
  CHECK_FALSE(is_alive(first_line(result.out.bytes)));
}

TEST_CASE("what descendants write shortly after the exit is still captured") {
  const test::ScratchFolder scratch;
  const std::string up = (scratch.path() / "up").string();
  // The child is up before its parent ends, so that loading it does not count.
  const ProcessResult result =
      run(doing({"child", "here", up, "rest", "10", "say", "late", ";", "await", up}));
  CHECK(to_string(result.state) == "passed");
  CHECK(result.out.bytes.ends_with("late\n"));
}

TEST_CASE("a silent descendant of the group is gone on return") {
  const ProcessResult result = run(doing({"quiet", "rest", ";"}));
  CHECK(to_string(result.state) == "passed");
  REQUIRE_FALSE(result.out.bytes.empty());
  CHECK_FALSE(is_alive(first_line(result.out.bytes)));
}

TEST_CASE("threads run programs at the same time without seeing each other's streams") {
  constexpr int kThreads = 8;
  constexpr int kRuns = 12;
  std::atomic<int> right{0};
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&right, thread] {
        for (int round = 0; round < kRuns; ++round) {
          Command command = doing({"echo", "complain", "error"});
          command.input = std::to_string(thread) + ":" + std::to_string(round);
          const ProcessResult result = run(command);
          if (result.exit_code == 0 && result.out.bytes == command.input) ++right;
        }
      });
    }
  }
  CHECK(right == kThreads * kRuns);
}

TEST_CASE("no way to end leaves a descriptor open") {
  const auto all_ways = [] {
    Command limited = doing({"rest"});
    limited.time_limit = 20ms;
    limited.grace = 0ms;
    (void)run(limited);
    Command fed = doing({"exit", "0"});
    fed.input = "not read";
    (void)run(fed);
    (void)run(doing({"child", "rest", ";"}));
    CHECK_THROWS_AS((void)run(Command{}), Error);
  };
  all_ways();  // whatever the C library opens once
  const std::size_t before = open_descriptors();
  all_ways();
  CHECK(open_descriptors() == before);
}

TEST_CASE("why a program gave no answer is said where it ended badly by itself") {
  using State = ProcessState;
  const std::vector<std::pair<State, std::string>> rows{
      {State::spawn_failed, "no such program"},
      {State::timed_out, "gcc ran longer than its limit"},
      {State::signalled, "gcc was ended by signal 9"},
      {State::failed, "gcc ended with exit code 3"},
      {State::status_unknown, "how gcc ended is not known"},
      {State::passed, "-"},
      {State::cancelled, "-"},
      {State::leaked, "-"}};
  for (const auto& [state, why] : rows) {
    ProcessResult result;
    result.state = state;
    result.exit_code = 3;
    result.signal = 9;
    result.spawn_error = "no such program";
    CHECK(why_no_answer("gcc", result).value_or("-") == why);
  }
}
