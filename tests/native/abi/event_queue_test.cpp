#include "abi/event_queue.h"

#include <doctest/doctest.h>

namespace ratchet {
namespace {

class HandClock final : public Clock {
 public:
  UtcTime utc() override { return {}; }
  SteadyTime steady() override { return now; }
  bool wait_for(std::chrono::milliseconds /*duration*/, std::stop_token /*stop*/) override {
    return true;
  }
  SteadyTime now{};
};

std::vector<std::string> drain(EventQueue& queue) {
  std::vector<std::string> all;
  while (auto text = queue.take())
    all.push_back(*text);
  return all;
}

}  // namespace

TEST_CASE("event queue: output that finds no room is dropped and counted before the next event") {
  HandClock clock;
  EventQueue queue(2, clock, [] {});
  for (int i = 0; i < 5; ++i)
    queue.emit(EventKind::output, {{"n", i}});
  queue.emit(EventKind::lifecycle, {{"event", "step.finished"}});
  CHECK(drain(queue) == std::vector<std::string>{R"({"n":0})", R"({"n":1})",
                                                 R"({"event":"events.dropped","count":3})",
                                                 R"({"event":"step.finished"})"});
}

TEST_CASE("event queue: lifecycle events always get in") {
  HandClock clock;
  EventQueue queue(1, clock, [] {});
  for (int i = 0; i < 100; ++i)
    queue.emit(EventKind::lifecycle, {{"n", i}});
  CHECK(drain(queue).size() == 100);
}

TEST_CASE("event queue: progress is at most five a second, and the last one always passes") {
  HandClock clock;
  EventQueue queue(100, clock, [] {});
  for (int i = 1; i <= 10; ++i)
    queue.progress(i, 10, "x");
  const auto texts = drain(queue);
  REQUIRE(texts.size() == 2);
  CHECK(texts[0].find(R"("done":1,)") != std::string::npos);
  CHECK(texts[1].find(R"("done":10,)") != std::string::npos);
  clock.now += std::chrono::milliseconds(200);
  queue.progress(3, 10, "y");
  CHECK(drain(queue).size() == 1);
}

TEST_CASE("event queue: what the throttle held back is told at the end, unless it is outdated") {
  HandClock clock;
  EventQueue queue(100, clock, [] {});
  queue.progress(1, 10, "x");
  queue.progress(2, 10, "x");
  queue.finish();
  CHECK(drain(queue).size() == 2);
  queue.progress(3, 10, "x");
  queue.emit(EventKind::lifecycle, {{"event", "run.finished"}});
  queue.finish();
  CHECK(drain(queue) == std::vector<std::string>{R"({"event":"run.finished"})"});
}

TEST_CASE("event queue: dropped output at the very end is still counted") {
  HandClock clock;
  EventQueue queue(1, clock, [] {});
  queue.emit(EventKind::output, {{"n", 0}});
  queue.emit(EventKind::output, {{"n", 1}});
  queue.finish();
  CHECK(drain(queue).back() == R"({"event":"events.dropped","count":1})");
}

TEST_CASE("event queue: a reader is behind once sixteen megabytes wait, until he has read some") {
  HandClock clock;
  EventQueue queue(10, clock, [] {});
  const std::string text(std::size_t{5} << 20, 'x');
  for (int i = 0; i < 3; ++i)
    queue.emit(EventKind::lifecycle, {{"text", text}});
  CHECK_FALSE(queue.is_behind());
  queue.emit(EventKind::lifecycle, {{"text", text}});
  CHECK(queue.is_behind());
  CHECK(queue.take().has_value());
  CHECK_FALSE(queue.is_behind());
}

}  // namespace ratchet
