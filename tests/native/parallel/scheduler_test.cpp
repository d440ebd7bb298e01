#include "parallel/scheduler.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <latch>
#include <thread>

#include "parallel/scripted_run.h"

using namespace std::chrono_literals;
using namespace ratchet;        // NOLINT: a test of this namespace
using namespace ratchet::test;  // NOLINT

namespace {

using Lines = std::vector<std::string>;

std::size_t place_of(const Lines& lines, const std::string& line) {
  const auto found = std::find(lines.begin(), lines.end(), line);
  REQUIRE_MESSAGE(found != lines.end(), line);
  return static_cast<std::size_t>(std::distance(lines.begin(), found));
}

/// Only those lines that begin with the word.
Lines only(const Lines& lines, const std::string& word) {
  Lines some;
  for (const std::string& line : lines) {
    if (line.starts_with(word + " ")) some.push_back(line);
  }
  return some;
}

TaskResult done(json::value value) {
  TaskResult result;
  result.passed = true;
  result.value = std::move(value);
  return result;
}

}  // namespace

TEST_CASE("no action is a run that is done at once") {
  ScriptedRun run;
  CHECK(run.run().empty());
}

TEST_CASE("a result stands where its action stood, whatever ended first") {
  ScriptedRun run;
  run.options.at_once = 3;
  run.add("slowest", {"sleep", "30"});
  run.add("wrong", {"false"});
  run.add("fast", {"sleep", "1"});
  CHECK(run.states() == "passed failed passed");
  CHECK(only(run.listener.told, "ended") ==
        Lines{"ended wrong failed", "ended fast passed", "ended slowest passed"});
}

TEST_CASE("never more run at once than asked for") {
  ScriptedRun run;
  run.options.at_once = 2;
  for (int i = 0; i < 5; ++i)
    run.add(std::to_string(i), {"sleep", "10"});
  CHECK(run.states() == "passed passed passed passed passed");
  CHECK(run.launcher.most_at_once() == 2);
  CHECK(run.launcher.clock().elapsed() == 30ms);
}

TEST_CASE("a pool has its own limit, and does not hold up what is outside of it") {
  ScriptedRun run;
  run.options.at_once = 3;
  run.options.pools = {{"git", 1}};
  run.add("a", {"sleep", "10"}).pool = "git";
  run.add("b", {"sleep", "10"}).pool = "git";
  run.add("c", {"sleep", "10"});
  run.run();
  CHECK(run.listener.told == Lines{"began a 1", "began c 1", "ended a passed", "began b 1",
                                   "ended c passed", "ended b passed"});
  CHECK(run.launcher.clock().elapsed() == 20ms);
}

TEST_CASE("what is needed has passed before its dependants begin") {
  ScriptedRun run;
  run.options.at_once = 4;
  run.add("link", {"true"}, {"compile", "fetch"});
  run.add("compile", {"sleep", "5"}, {"fetch", "fetch"});
  run.add("fetch", {"sleep", "5"});
  CHECK(run.states() == "passed passed passed");
  const Lines& told = run.listener.told;
  CHECK(place_of(told, "ended fetch passed") < place_of(told, "began compile 1"));
  CHECK(place_of(told, "ended compile passed") < place_of(told, "began link 1"));
}

TEST_CASE("the longest way to the end goes first") {
  ScriptedRun run;
  run.options.at_once = 1;
  run.add("short", {"true"});
  run.add("head of a chain", {"true"});
  run.add("tail", {"true"}, {"head of a chain"});
  run.add("long", {"true"}).expected = 10s;
  run.run();
  CHECK(only(run.listener.told, "began") ==
        Lines{"began long 1", "began head of a chain 1", "began short 1", "began tail 1"});
}

TEST_CASE("what depends on a failure is skipped, with its cause; all else goes on") {
  ScriptedRun run;
  run.add("broken", {"false"});
  run.add("child", {"true"}, {"broken"});
  run.add("grandchild", {"true"}, {"child"});
  run.add("other", {"true"});
  const auto results = run.run();
  CHECK(results[1].state == ActionState::skipped);
  CHECK(results[1].reason == "needs \"broken\", which did not pass");
  CHECK(results[1].attempts == 0);
  CHECK(results[2].state == ActionState::skipped);
  CHECK(results[2].reason == "needs \"child\", which did not pass");
  CHECK(results[3].state == ActionState::passed);
}

TEST_CASE("a failure that blocks nothing lets its dependants run") {
  ScriptedRun run;
  run.add("warning", {"false"}).blocks = false;
  run.add("next", {"true"}, {"warning"});
  CHECK(run.states() == "failed passed");
}

TEST_CASE("fail-fast ends what runs and what waits, and names the cause") {
  ScriptedRun run;
  run.options.at_once = 2;
  run.options.fail_fast = true;
  run.add("long", {"sleep", "60000"});
  run.add("broken", {"false"});
  run.add("waits", {"true"});
  run.add("needs", {"true"}, {"long"});
  const auto results = run.run();
  CHECK(results[0].state == ActionState::cancelled);
  CHECK(results[1].state == ActionState::failed);
  CHECK(results[2].state == ActionState::cancelled);
  CHECK(results[3].state == ActionState::cancelled);
  for (const std::size_t i : {0, 2, 3})
    CHECK(results[i].reason == "\"broken\" did not pass");
  CHECK(results[1].reason.empty());
  CHECK(only(run.listener.told, "terminating") == Lines{"terminating long"});
  CHECK(run.launcher.clock().elapsed() == 0ms);
}

TEST_CASE("fail-fast waits for the last try") {
  ScriptedRun run;
  run.options.fail_fast = true;
  int tries = 0;
  run.launcher.program(
      "flaky", [&](const Command&) { return ScriptedLauncher::exited(++tries < 3 ? 1 : 0, {}); });
  run.add("flaky", {"flaky"}).retries = 2;
  run.add("other", {"true"});
  CHECK(run.states() == "passed passed");
}

TEST_CASE("a failure that blocks nothing is no reason for fail-fast") {
  ScriptedRun run;
  run.options.fail_fast = true;
  run.add("warning", {"false"}).blocks = false;
  run.add("other", {"true"});
  CHECK(run.states() == "failed passed");
}

TEST_CASE("what waited for another try stays cancelled when its time comes") {
  ScriptedRun run;
  run.options.at_once = 2;
  run.options.fail_fast = true;
  run.options.backoff = {.exponential = false, .base = 20ms};
  run.launcher.stubborn("sleep");
  run.add("flaky", {"false"}).retries = 3;
  run.add("stubborn", {"sleep", "60000"});
  std::get<Command>(run.actions[1].work).grace = 500ms;
  run.launcher.program("late",
                       [](const Command&) { return ScriptedLauncher::exited_after(10ms, 1); });
  run.add("late", {"late"});
  CHECK(run.states() == "cancelled cancelled failed");
  CHECK(run.launcher.clock().elapsed() == 510ms);
}

TEST_CASE("a retry waits, frees its room meanwhile, and keeps what went before") {
  ScriptedRun run;
  run.options.at_once = 1;
  run.options.backoff = {.exponential = false, .base = 500ms};
  int tries = 0;
  run.launcher.program(
      "flaky", [&](const Command&) { return ScriptedLauncher::exited(++tries < 3 ? 7 : 0, {}); });
  run.add("flaky", {"flaky"}).retries = 5;
  run.add("other", {"sleep", "100"});
  const auto results = run.run();
  CHECK(results[0].state == ActionState::passed);
  CHECK(results[0].attempts == 3);
  CHECK(results[0].earlier == std::vector{ActionState::failed, ActionState::failed});
  CHECK(results[0].duration == 1000ms);
  CHECK(run.listener.told ==
        Lines{"began flaky 1", "retry flaky after failed", "began other 1", "ended other passed",
              "began flaky 2", "retry flaky after failed", "began flaky 3", "ended flaky passed"});
}

TEST_CASE("the last try decides; a cancelled one is not tried again") {
  ScriptedRun run;
  run.options.backoff.exponential = false;
  run.add("broken", {"false"}).retries = 2;
  CHECK(run.run()[0].earlier.size() == 2);
  ScriptedRun cancelled;
  cancelled.listener.on_began = [&](std::size_t, std::int64_t) { cancelled.cancel.cancel(false); };
  cancelled.add("long", {"sleep", "1000"}).retries = 9;
  CHECK(cancelled.states() == "cancelled");
  CHECK(cancelled.launcher.commands().size() == 1);
}

TEST_CASE("a time limit of its own goes before the run's, attempt by attempt") {
  ScriptedRun run;
  run.options.at_once = 3;
  run.options.time_limit = 50ms;
  run.options.backoff = {.exponential = false, .base = 1ms};
  run.add("too long", {"sleep", "60"}).retries = 1;
  run.add("longer allowed", {"sleep", "60"}).time_limit = 100ms;
  run.add("short", {"sleep", "40"});
  CHECK(run.states() == "timed_out passed passed");
  CHECK(only(run.listener.told, "terminating") ==
        Lines{"terminating too long", "terminating too long"});
}

TEST_CASE("the limit of all together ends what runs and cancels what waits") {
  ScriptedRun run;
  run.options.total_limit = 100ms;
  run.add("long", {"sleep", "500"});
  run.add("waits", {"true"});
  const auto results = run.run();
  CHECK(results[0].state == ActionState::timed_out);
  CHECK(results[1].state == ActionState::cancelled);
  CHECK(results[1].reason == "the limit of all together passed: 100 ms");
  CHECK(run.launcher.clock().elapsed() == 100ms);
}

TEST_CASE("what runs long is called slow once, and may still pass") {
  ScriptedRun run;
  run.options.at_once = 2;
  run.options.slow_after = 100ms;
  run.add("long", {"sleep", "350"});
  run.add("short", {"sleep", "50"});
  const auto results = run.run();
  CHECK(results[0].was_slow);
  CHECK(results[0].state == ActionState::passed);
  CHECK_FALSE(results[1].was_slow);
  CHECK(only(run.listener.told, "slow") == Lines{"slow long"});
}

TEST_CASE("a cancel gives what runs its grace; the second one kills") {
  for (const bool second : {false, true}) {
    CAPTURE(second);
    ScriptedRun run;
    run.launcher.stubborn("sleep");
    run.add("stubborn", {"sleep", "60000"});
    std::get<Command>(run.actions[0].work).grace = 300ms;
    run.add("waits", {"true"});
    run.listener.on_began = [&](std::size_t, std::int64_t) {
      run.cancel.cancel(false);
      if (second) run.cancel.cancel(false);
    };
    const auto results = run.run();
    CHECK(results[0].state == ActionState::cancelled);
    CHECK(results[1].state == ActionState::cancelled);
    CHECK(results[1].reason == "the caller cancelled");
    CHECK(run.launcher.clock().elapsed() == (second ? 0ms : 300ms));
  }
}

TEST_CASE("nothing starts where it was cancelled before") {
  ScriptedRun run;
  run.cancel.cancel(false);
  run.add("a", {"true"});
  CHECK(run.states() == "cancelled");
  CHECK(run.launcher.commands().empty());
}

TEST_CASE("each way a process can end is a state of its own") {
  const std::vector<std::pair<ProcessState, ActionState>> pairs{
      {ProcessState::passed, ActionState::passed},
      {ProcessState::failed, ActionState::failed},
      {ProcessState::signalled, ActionState::signalled},
      {ProcessState::spawn_failed, ActionState::spawn_failed},
      {ProcessState::leaked, ActionState::leaked},
      {ProcessState::status_unknown, ActionState::status_unknown},
  };
  for (const auto& [process, action] : pairs) {
    CAPTURE(to_string(process));
    ScriptedRun run;
    run.launcher.program("it", [state = process](const Command&) {
      ProcessResult result;
      result.state = state;
      return result;
    });
    run.add("it", {"it"});
    CHECK(run.run()[0].state == action);
  }
}

TEST_CASE(
    "where the system has no room, an action waits for another's end and keeps its own room") {
  ScriptedRun run;
  run.options.at_once = 2;
  run.launcher.starve(1);
  for (const std::string name : {"a", "b", "c", "d"})
    run.add(name, {"sleep", "10"});
  CHECK(run.states() == "passed passed passed passed");
  CHECK(run.launcher.commands().size() == 4);
  CHECK(run.listener.told.at(1) == "ended a passed");
  CHECK(run.launcher.clock().elapsed() == 30ms);
}

TEST_CASE("nothing new begins while the reader of events is behind") {
  ScriptedRun run;
  run.listener.behind_looks = 5;
  run.add("a", {"true"});
  CHECK(run.states() == "passed");
  CHECK(run.listener.behind_looks == 0);
  CHECK(run.launcher.clock().elapsed() > 0ms);
}

TEST_CASE("output is handed on as it comes") {
  ScriptedRun run;
  run.streams = true;
  run.launcher.program("echo", [](const Command&) { return ScriptedLauncher::exited(0, "hello"); });
  run.add("echo", {"echo"});
  run.run();
  CHECK(run.listener.told == Lines{"began echo 1", "output echo hello", "ended echo passed"});
}

TEST_CASE("progress counts, names what runs, and says how long the rest may take") {
  ScriptedRun run;
  for (int i = 0; i < 4; ++i)
    run.add(std::to_string(i), {"sleep", "300"});
  run.add("wrong", {"false"});
  std::vector<ActionProgress> seen;
  run.listener.on_ended = [&](std::size_t) { seen.push_back(run.listener.last_progress); };
  run.run();
  REQUIRE(seen.size() == 5);
  CHECK(seen[0].done == 0);
  CHECK(seen[0].running == std::vector<std::size_t>{0});
  CHECK_FALSE(seen[0].left.has_value());
  CHECK(seen[1].done == 1);
  CHECK(seen[1].left == 1200ms);
  CHECK(run.listener.last_progress.done == 5);
  CHECK(run.listener.last_progress.not_passed == 1);
  CHECK(run.listener.last_progress.running.empty());
}

TEST_CASE("ten thousand actions, and a chain of ten thousand, run to their end") {
  ScriptedRun many;
  many.options.at_once = 8;
  ScriptedRun chain;
  ScriptedRun broken;
  for (int i = 0; i < 10000; ++i) {
    const std::string name = std::to_string(i);
    const std::vector<std::string> needs =
        i == 0 ? std::vector<std::string>{} : std::vector{std::to_string(i - 1)};
    many.add(name, {"true"});
    chain.add(name, {"true"}, needs);
    broken.add(name, {"false"}, needs);
  }
  const auto passed = [](const ActionResult& result) { return result.passed(); };
  CHECK(std::ranges::all_of(many.run(), passed));
  CHECK(std::ranges::all_of(chain.run(), passed));
  CHECK(broken.run().back().state == ActionState::skipped);
}

TEST_CASE("what cannot run is refused before anything starts") {
  struct Row {
    std::function<void(ScriptedRun&)> prepare;
    std::string code;
    std::string message;
  };
  const std::vector<Row> rows{
      {[](ScriptedRun& run) { run.add("build", {"true"}, {"fetsch"}); }, "parallel.unknown_need",
       "action \"build\" needs \"fetsch\", which is no action of this run; did you mean "
       "\"fetch\"?"},
      {[](ScriptedRun& run) { run.add("fetch", {"true"}); }, "parallel.duplicate_name",
       "two actions have the name \"fetch\""},
      {[](ScriptedRun& run) { run.add("me", {"true"}, {"me"}); }, "parallel.circular_needs",
       "actions wait for each other: \"me\" needs \"me\""},
      {[](ScriptedRun& run) {
         run.add("leads there", {"true"}, {"a"});
         run.add("a", {"true"}, {"fetch", "c"});
         run.add("b", {"true"}, {"a"});
         run.add("c", {"true"}, {"b"});
       },
       "parallel.circular_needs",
       "actions wait for each other: \"a\" needs \"c\" needs \"b\" needs \"a\""},
      {[](ScriptedRun& run) {
         run.options.pools = {{"git", 1}};
         run.add("x", {"true"}).pool = "gti";
       },
       "parallel.unknown_pool",
       "action \"x\" belongs to the pool \"gti\", which has no size; did you mean \"git\"?"},
      {[](ScriptedRun& run) { run.add("x", {"nothing-of-this-name"}); }, "process.not_found",
       "action \"x\": no answer for nothing-of-this-name"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    ScriptedRun run;
    run.add("fetch", {"true"});
    row.prepare(run);
    const auto [code, message] = run.refusal();
    CHECK(code == row.code);
    CHECK(message == row.message);
    CHECK(run.launcher.commands().empty());
  }
}

TEST_CASE("tasks run at the same time, on threads that are not the caller's") {
  ScriptedRun run;
  run.options.at_once = 3;
  std::latch all_there(3);
  const auto caller = std::this_thread::get_id();
  for (const std::string name : {"a", "b", "c"}) {
    run.add_work(name, Task([&all_there, caller](const Cancellation&) {
                   all_there.arrive_and_wait();
                   return done(std::this_thread::get_id() != caller);
                 }));
  }
  const auto results = run.run();
  for (const ActionResult& result : results) {
    CHECK(result.state == ActionState::passed);
    CHECK(result.task->value == json::value(true));
  }
}

TEST_CASE("what a task throws is its error, and it is tried again like a command") {
  ScriptedRun run;
  run.options.backoff.exponential = false;
  int tries = 0;
  run.add_work("flaky", Task([&tries](const Cancellation&) -> TaskResult {
                 if (++tries == 1) throw Error("io.no_space", "the disk is full");
                 return done(tries);
               }))
      .retries = 1;
  run.add_work("broken", Task([](const Cancellation&) -> TaskResult {
                 throw std::runtime_error("a fault");
               }));
  const auto results = run.run();
  CHECK(results[0].state == ActionState::passed);
  CHECK(results[0].earlier == std::vector{ActionState::failed});
  CHECK(results[1].state == ActionState::failed);
  CHECK(results[1].task->error->message() == "a fault");
  CHECK(results[1].task->exit_code == 3);
}

TEST_CASE("a task past its limit is asked to end, and is timed out when it has") {
  ScriptedRun run;
  run.options.time_limit = 50ms;
  run.add_work("obedient", Task([](const Cancellation& cancellation) -> TaskResult {
                 std::latch asked(1);
                 const std::stop_callback on_stop(cancellation.graceful,
                                                  [&asked] { asked.count_down(); });
                 asked.wait();
                 cancellation.check();
                 return {};
               }));
  const auto results = run.run();
  CHECK(results[0].state == ActionState::timed_out);
  CHECK(results[0].task->error->code().name() == "job.cancelled");
  CHECK(only(run.listener.told, "terminating") == Lines{"terminating obedient"});
}

TEST_CASE("a task that ends its work past its limit is timed out, and what it gave is kept") {
  ScriptedRun run;
  run.options.time_limit = 50ms;
  run.add_work("late", Task([](const Cancellation& cancellation) {
                 std::latch asked(1);
                 const std::stop_callback on_stop(cancellation.graceful,
                                                  [&asked] { asked.count_down(); });
                 asked.wait();
                 return done("all the same");
               }));
  const auto results = run.run();
  CHECK(results[0].state == ActionState::timed_out);
  CHECK(results[0].task->value == json::value("all the same"));
}

TEST_CASE("what runs past its limit already is told to end once, whatever else happens") {
  ScriptedRun run;
  run.options.at_once = 2;
  run.options.fail_fast = true;
  run.launcher.stubborn("sleep");
  run.add("overdue", {"sleep", "60000"}).time_limit = 10ms;
  std::get<Command>(run.actions[0].work).grace = 500ms;
  run.launcher.program("late",
                       [](const Command&) { return ScriptedLauncher::exited_after(20ms, 1); });
  run.add("late", {"late"});
  CHECK(run.states() == "timed_out failed");
  CHECK(only(run.listener.told, "terminating") == Lines{"terminating overdue"});
}

TEST_CASE("a task that was asked to end and had done its work has passed") {
  ScriptedRun run;
  run.add_work("finishes", Task([&run](const Cancellation&) {
                 run.cancel.cancel(false);
                 return done(1);
               }));
  CHECK(run.states() == "passed");
}

TEST_CASE("a host is told to begin, and his answer ends the action") {
  ScriptedRun run;
  run.options.at_once = 2;
  run.add_work("mine", HostWork{});
  run.add_work("fails", HostWork{}, {"mine"});
  run.listener.on_began = [&](std::size_t action, std::int64_t attempt) {
    TaskResult result = done("value");
    result.passed = action == 0;
    CHECK_FALSE(run.inbox->answer("mine", attempt + 1, result));
    CHECK(run.inbox->answer(run.actions[action].name, attempt, result));
    CHECK_FALSE(run.inbox->answer(run.actions[action].name, attempt, result));
  };
  const auto results = run.run();
  CHECK(results[0].state == ActionState::passed);
  CHECK(results[0].task->value == json::value("value"));
  CHECK(results[1].state == ActionState::failed);
  CHECK_FALSE(run.inbox->answer("mine", 1, {}));
}

TEST_CASE("a host's work past its limit is to be stopped, at once after the grace") {
  ScriptedRun run;
  run.options.time_limit = 50ms;
  run.options.grace = 200ms;
  run.add_work("mine", HostWork{});
  run.listener.on_stop = [&](std::size_t, bool at_once) {
    if (at_once) CHECK(run.inbox->answer("mine", 1, {}));
  };
  CHECK(run.states() == "timed_out");
  CHECK(run.launcher.clock().elapsed() == 250ms);
  CHECK(run.listener.told == Lines{"began mine 1", "stop mine", "terminating mine",
                                   "stop at once mine", "ended mine timed_out"});
}
