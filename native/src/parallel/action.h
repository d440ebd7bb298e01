// What a scheduler runs, and what became of it.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/cancel.h"
#include "core/error.h"
#include "core/json.h"
#include "process/launcher.h"

namespace ratchet {

/// Every state that an action passes through or ends in; none stands for another.
enum class ActionState {
  queued,             ///< may start as soon as there is room
  blocked,            ///< waits for what it needs
  running,            ///<
  slow,               ///< runs, and longer than `slow_after`
  terminating,        ///< is being ended
  waiting_for_retry,  ///< failed, and will be tried again
  passed,             ///< from here on: how it ended
  failed,             ///< exit code other than 0, an error, or a verdict that says no
  signalled,          ///< ended by a signal that we did not send
  timed_out,          ///< ran past a limit and was ended
  spawn_failed,       ///< the system refused to start it
  cancelled,          ///< ended, or never started, on the caller's wish or by fail-fast
  skipped,            ///< never started: what it needs did not pass
  leaked,             ///< exited with 0, but a descendant held its streams open
  status_unknown,     ///< exited, but its host collected the status
};

/// How a state is shown.
struct ActionStateRow {
  ActionState state;
  std::string_view name;
  std::string_view sentence;
};

/// In the order of the enumeration.
inline constexpr auto kActionStates = std::to_array<ActionStateRow>({
    {ActionState::queued, "queued", "May start as soon as there is room."},
    {ActionState::blocked, "blocked", "Waits for what it needs."},
    {ActionState::running, "running", "Runs."},
    {ActionState::slow, "slow", "Runs, and for long."},
    {ActionState::terminating, "terminating", "Is being ended."},
    {ActionState::waiting_for_retry, "waiting_for_retry", "Failed, and will be tried again."},
    {ActionState::passed, "passed", "Ended well."},
    {ActionState::failed, "failed", "Ended with a code other than 0, or said no."},
    {ActionState::signalled, "signalled", "Ended by a signal of somebody else's."},
    {ActionState::timed_out, "timed_out", "Ran past a limit and was ended."},
    {ActionState::spawn_failed, "spawn_failed", "The system refused to start it."},
    {ActionState::cancelled, "cancelled", "Ended, or never started, on a wish or by fail-fast."},
    {ActionState::skipped, "skipped", "Never started: what it needs did not pass."},
    {ActionState::leaked, "leaked", "Exited with 0, but left a process behind on its output."},
    {ActionState::status_unknown, "status_unknown", "Exited, but the host took its exit code."},
});

static_assert([] {
  for (std::size_t i = 0; i < kActionStates.size(); ++i) {
    if (kActionStates[i].state != static_cast<ActionState>(i)) return false;
  }
  return kActionStates.back().state == ActionState::status_unknown;
}());

[[nodiscard]] constexpr std::string_view to_string(ActionState state) {
  return kActionStates[static_cast<std::size_t>(state)].name;
}
[[nodiscard]] constexpr bool is_final(ActionState state) {
  return state >= ActionState::passed;
}

/// What an action that is no process came to.
struct TaskResult {
  bool passed = false;
  int exit_code = 0;
  json::value value;           ///< what it returned
  std::optional<Error> error;  ///< why it could not be done
};

/// Work of this process, done on a thread of the scheduler's. What it throws is its error.
using Task = std::function<TaskResult(const Cancellation&)>;

/// Work that the caller of the engine does himself: he is told to begin and to end through the
/// observer, and answers through a HostDesk.
struct HostWork {};

struct Action {
  std::string name;  ///< unique among those of one run
  std::variant<Command, Task, HostWork> work;
  /// Names of those that must have passed before it starts.
  std::vector<std::string> needs{};
  /// The pool that it takes a place of; empty for none.
  std::string pool{};
  /// Of each attempt, a Command's too; nothing means the run's own.
  std::optional<std::chrono::milliseconds> time_limit{};
  /// How often it is tried again after it did not pass (cancelled ones are not).
  std::int64_t retries = 0;
  /// How long it is thought to take, for the order: the longest way to the end goes first.
  std::chrono::milliseconds expected{1000};
  /// False lets those that need it run although it failed.
  bool blocks = true;
};

struct ActionResult {
  ActionState state = ActionState::queued;
  /// Of the last attempt of a command that was begun.
  std::optional<ProcessResult> process;
  std::optional<TaskResult> task;
  /// Of the attempts before the last one.
  std::vector<ActionState> earlier;
  std::int64_t attempts = 0;
  bool was_slow = false;
  /// For skipped and cancelled: one line with the action or the wish that caused it.
  std::string reason;
  /// From the begin of the first attempt to the end of the last, waits between them included.
  std::chrono::milliseconds duration{0};

  [[nodiscard]] bool passed() const { return state == ActionState::passed; }
};

}  // namespace ratchet
