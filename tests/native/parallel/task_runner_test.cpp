#include "parallel/task_runner.h"

#include <doctest/doctest.h>

#include <latch>

#include "process/virtual_clock.h"

using namespace std::chrono_literals;
using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

/// Ends when its cancellation says so, and tells which of the two it was.
Task waits_for(std::stop_token Cancellation::*token) {
  return [token](const Cancellation& cancellation) {
    std::latch asked(1);
    const std::stop_callback on_stop(cancellation.*token, [&asked] { asked.count_down(); });
    asked.wait();
    TaskResult result;
    result.value = cancellation.immediate.stop_requested() ? "at once" : "asked";
    return result;
  };
}

struct Bench {
  explicit Bench(Task task) {
    action.name = "it";
    action.work = std::move(task);
  }

  /// When the task has answered.
  TaskRunner::Ended ended() {
    answered.wait();
    auto all = tasks.take_ended();
    REQUIRE(all.size() == 1);
    return std::move(all.front());
  }

  VirtualClock clock;
  std::latch answered{1};
  Action action;
  std::shared_ptr<Inbox> inbox = std::make_shared<Inbox>([this] { answered.count_down(); });
  TaskRunner tasks{1, clock, inbox, [](std::size_t, bool) {}};
};

}  // namespace

TEST_CASE("a cancel at once reaches a task without any grace") {
  Bench bench(waits_for(&Cancellation::immediate));
  bench.tasks.start(0, bench.action, 1, std::nullopt, 1h);
  bench.tasks.cancel(0, true);
  CHECK(bench.ended().state == ActionState::cancelled);
  CHECK(bench.clock.elapsed() == 0ms);
}

TEST_CASE("a cancel asks, and only after the grace cuts short") {
  Bench asked(waits_for(&Cancellation::graceful));
  asked.tasks.start(0, asked.action, 1, std::nullopt, 100ms);
  asked.tasks.cancel(0, false);
  CHECK(asked.ended().result.value == json::value("asked"));

  Bench cut(waits_for(&Cancellation::immediate));
  cut.tasks.start(0, cut.action, 1, std::nullopt, 100ms);
  cut.tasks.cancel(0, false);
  const auto next = cut.tasks.next();
  REQUIRE(next.has_value());
  CHECK(*next - SteadyTime() == 100ms);
  cut.clock.move_to(*next);
  CHECK(cut.tasks.tick().empty());
  CHECK(cut.ended().state == ActionState::cancelled);
}

TEST_CASE("a runner that goes ends its tasks and waits for them") {
  bool is_done = false;
  {
    Bench bench([&is_done](const Cancellation& cancellation) {
      TaskResult result = waits_for(&Cancellation::immediate)(cancellation);
      is_done = true;
      return result;
    });
    bench.tasks.start(0, bench.action, 1, std::nullopt, 1h);
  }
  CHECK(is_done);
}
