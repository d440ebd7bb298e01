// Work that is no process: on threads of its own, or done by the engine's caller.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/cancel.h"
#include "core/clock.h"
#include "parallel/action.h"
#include "parallel/inbox.h"
#include "process/kill_ladder.h"

namespace ratchet {

/// Runs tasks and waits for the host's work with the limits of a process: past its limit, or
/// cancelled, a task sees its cancellation, after `grace` the immediate one. It is never
/// abandoned: what does not look at its cancellation is waited for.
///
/// One thread owns it; answers come in from others through the inbox.
class TaskRunner {
 public:
  struct Ended {
    std::size_t action = 0;
    ActionState state = ActionState::passed;
    TaskResult result;
  };
  /// Tells the host to end its work on an action.
  using StopHost = std::function<void(std::size_t action, bool at_once)>;

  /// At most `threads` tasks run at once; none is started before there is a task. `inbox` is the
  /// one that is also given to the host.
  TaskRunner(std::size_t threads, Clock& clock, std::shared_ptr<Inbox> inbox, StopHost stop_host);
  /// Cancels at once and waits for the tasks.
  ~TaskRunner();
  TaskRunner(const TaskRunner&) = delete;
  TaskRunner& operator=(const TaskRunner&) = delete;

  void start(std::size_t id, const Action& action, std::int64_t attempt,
             std::optional<std::chrono::milliseconds> time_limit, std::chrono::milliseconds grace);
  void cancel(std::size_t id, bool at_once);

  /// When tick() is next needed, if ever.
  [[nodiscard]] std::optional<SteadyTime> next() const;
  /// Takes the steps that are due; gives the actions that have run past their limits just now.
  [[nodiscard]] std::vector<std::size_t> tick();
  [[nodiscard]] std::vector<Ended> take_ended();

 private:
  struct Running {
    bool is_host = false;
    CancelSource cancel;
    std::optional<SteadyTime> limit;
    KillLadder ladder;
    std::optional<ActionState> ended_by_us;
  };
  class Threads;

  void take_step(std::size_t id, Running& running);
  [[nodiscard]] static ActionState state_of(const Running& running, const TaskResult& result);

  std::size_t thread_count_;
  Clock& clock_;
  std::shared_ptr<Inbox> inbox_;
  StopHost stop_host_;
  std::map<std::size_t, Running> running_;
  std::unique_ptr<Threads> threads_;
};

}  // namespace ratchet
