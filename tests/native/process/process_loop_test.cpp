#include "process/process_loop.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include "process/child_probe.h"

using namespace std::chrono_literals;
using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

Command sleeper() {
  return doing({"rest"});
}

}  // namespace

TEST_CASE("each child's end is told once, under its own id") {
  const auto loop = make_loop();
  for (const std::size_t id : {7U, 3U, 5U})
    REQUIRE(loop->start(id, doing({"exit", std::to_string(id)})));
  std::map<std::size_t, int> codes;
  while (codes.size() < 3) {
    const ProcessEnded ended = next_end(*loop);
    CHECK(codes.emplace(ended.id, ended.result.exit_code).second);
  }
  CHECK(codes == std::map<std::size_t, int>{{3, 3}, {5, 5}, {7, 7}});
  CHECK_FALSE(loop->next(std::chrono::steady_clock::now()).has_value());
}

TEST_CASE("an id may be used again once its end was told") {
  const auto loop = make_loop();
  for (int round = 0; round < 3; ++round) {
    REQUIRE(loop->start(1, doing({"exit", std::to_string(round)})));
    CHECK(next_end(*loop).result.exit_code == round);
  }
}

TEST_CASE("a streamed child's pieces come numbered, before its end, and are captured too") {
  const auto loop = make_loop();
  std::vector<std::string> steps;
  for (const char* each : {"1", "2", "3", "4", "5"})
    steps.insert(steps.end(), {"say", each, "complain", std::string("e") + each, "rest", "5"});
  Command command = doing(steps);
  command.streams = true;
  REQUIRE(loop->start(4, command));
  std::map<StreamName, std::string> said;
  std::uint64_t expected = 0;
  std::optional<ProcessResult> result;
  while (!result) {
    std::optional<ProcessEvent> event = loop->next(std::nullopt);
    REQUIRE(event.has_value());
    if (auto* ended = std::get_if<ProcessEnded>(&*event)) {
      result = std::move(ended->result);
      continue;
    }
    const auto& piece = std::get<ProcessOutput>(*event);
    CHECK(piece.id == 4);
    CHECK(piece.sequence == expected++);
    CHECK_FALSE(piece.bytes.empty());
    said[piece.stream] += piece.bytes;
  }
  CHECK(said[StreamName::output] == "1\n2\n3\n4\n5\n");
  CHECK(said[StreamName::error] == "e1\ne2\ne3\ne4\ne5\n");
  CHECK(result->out.bytes == said[StreamName::output]);
  CHECK(result->error.bytes == said[StreamName::error]);
}

TEST_CASE("an endless writer keeps nobody else waiting") {
  const auto loop = make_loop();
  Command endless = doing({"endless"});
  endless.output_limit = 1000;
  REQUIRE(loop->start(0, endless));
  REQUIRE(loop->start(1, doing({"say", "through"})));
  Command limited = sleeper();
  limited.time_limit = 20ms;
  REQUIRE(loop->start(2, limited));
  for (int other = 0; other < 2; ++other) {
    const ProcessEnded ended = next_end(*loop);
    CHECK(ended.id != 0);
    const char* const state = ended.id == 1 ? "passed" : "timed_out";
    CHECK(to_string(ended.result.state) == state);
  }
  loop->cancel(0, false);
  const ProcessEnded ended = next_end(*loop);
  CHECK(to_string(ended.result.state) == "cancelled");
  CHECK(ended.result.out.bytes.size() == 1000);
  CHECK(ended.result.out.dropped_bytes > 0);
}

TEST_CASE("next() returns nothing once its deadline has passed, and goes on later") {
  const auto loop = make_loop();
  REQUIRE(loop->start(1, doing({"echo", "exit", "2"})));
  REQUIRE(loop->start(2, sleeper()));
  CHECK(next_end(*loop).id == 1);
  const auto deadline = std::chrono::steady_clock::now() + 20ms;
  CHECK_FALSE(loop->next(deadline).has_value());
  CHECK(std::chrono::steady_clock::now() >= deadline);
  CHECK_FALSE(loop->next(SteadyTime::min()).has_value());
  loop->cancel(2, true);
  CHECK(next_end(*loop).id == 2);
}

TEST_CASE("a deadline in the past still serves what is ready") {
  const auto loop = make_loop();
  REQUIRE(loop->start(1, doing({})));
  CHECK(comes_true([&] { return loop->next(SteadyTime::min()).has_value(); }));
}

TEST_CASE("wake() ends the wait, from any thread, and is not lost before it") {
  const auto loop = make_loop();
  REQUIRE(loop->start(1, sleeper()));
  loop->wake();
  CHECK_FALSE(loop->next(std::nullopt).has_value());
  for (int round = 0; round < 50; ++round) {
    std::vector<std::jthread> wakers;
    for (int waker = 0; waker < 4; ++waker)
      wakers.emplace_back([&loop] { loop->wake(); });
    CHECK_FALSE(loop->next(std::nullopt).has_value());
  }
}

TEST_CASE("time limits come due in the order of their times") {
  const auto loop = make_loop();
  const std::vector<std::chrono::milliseconds> limits{120ms, 40ms, 80ms};
  for (std::size_t id = 0; id < limits.size(); ++id) {
    Command command = sleeper();
    command.time_limit = limits[id];
    REQUIRE(loop->start(id, command));
  }
  std::vector<std::size_t> overdue;
  std::vector<std::size_t> ended;
  while (ended.size() < limits.size()) {
    const std::optional<ProcessEvent> event = loop->next(std::nullopt);
    REQUIRE(event.has_value());
    if (const auto* late = std::get_if<ProcessOverdue>(&*event)) overdue.push_back(late->id);
    const auto* end = std::get_if<ProcessEnded>(&*event);
    if (end == nullptr) continue;
    ended.push_back(end->id);
    CHECK_MESSAGE(std::count(overdue.begin(), overdue.end(), end->id) == 1, "overdue comes first");
    CHECK(to_string(end->result.state) == "timed_out");
    CHECK(end->result.duration >= limits[end->id]);
  }
  CHECK(overdue == std::vector<std::size_t>{1, 2, 0});
}

TEST_CASE("discarded output is neither kept nor waited for") {
  Command command = doing({"zeros", "1000000", "child", "rest", ";"});
  command.output = OutputMode::discard;
  const ProcessResult result = run(command);
  CHECK(to_string(result.state) == "passed");
  CHECK(result.out.bytes.empty());
  CHECK(result.out.dropped_bytes == 0);
}

TEST_CASE("programs are cancelled from several threads while others start") {
  constexpr int kThreads = 6;
  std::vector<std::jthread> threads;
  std::atomic<int> cancelled{0};
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&cancelled] {
      for (int round = 0; round < 5; ++round) {
        CancelSource source;
        const std::jthread first([&source] { source.cancel(false); });
        const std::jthread second([&source] { source.cancel(true); });
        const ProcessResult result = run_to_end(system_launcher(), sleeper(), source.token());
        if (result.state == ProcessState::cancelled) ++cancelled;
      }
    });
  }
  threads.clear();
  CHECK(cancelled == kThreads * 5);
}
