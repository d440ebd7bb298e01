// Many actions in the best order that their needs, pools and limits allow.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/cancel.h"
#include "core/clock.h"
#include "core/random.h"
#include "parallel/action.h"
#include "parallel/backoff.h"
#include "parallel/inbox.h"
#include "parallel/ready_queue.h"
#include "process/process_loop.h"

namespace ratchet {

struct SchedulerOptions {
  std::size_t at_once = 1;  ///< actions that run at a time
  PoolSizes pools;          ///< how many of each pool at a time
  bool fail_fast = false;   ///< the first that fails for good ends all others
  /// Of each attempt of an action that has no limit of its own.
  std::optional<std::chrono::milliseconds> time_limit;
  /// Of all together: what runs then is timed_out, what waits is cancelled.
  std::optional<std::chrono::milliseconds> total_limit;
  std::chrono::milliseconds grace{2000};  ///< of tasks and host work; commands have their own
  Backoff backoff;
  std::chrono::milliseconds slow_after{60000};
};

/// How far a run is.
struct ActionProgress {
  std::size_t done = 0;
  std::size_t total = 0;
  std::size_t not_passed = 0;
  std::vector<std::size_t> running;  ///< in the order in which they began
  /// The time that those left will take if they go as fast as those done; absent before the first.
  std::optional<std::chrono::milliseconds> left;
};

/// Is told what happens, in the thread of run(); what it does not override it lets pass. Must not
/// throw.
class ActionObserver {
 public:
  virtual ~ActionObserver() = default;

  virtual void began(std::size_t /*action*/, std::int64_t /*attempt*/) {}
  virtual void output(std::size_t /*action*/, const ProcessOutput& /*output*/) {}
  /// Became slow or terminating.
  virtual void changed(std::size_t /*action*/, ActionState /*state*/) {}
  /// The host is to end its work on the action.
  virtual void stop_host(std::size_t /*action*/, bool /*at_once*/) {}
  virtual void will_retry(std::size_t /*action*/, ActionState /*failed_as*/,
                          std::chrono::milliseconds /*wait*/) {}
  /// May take away what it does not want to be kept in the result.
  virtual void ended(std::size_t /*action*/, ActionResult& /*result*/) {}
  virtual void progress(const ActionProgress& /*progress*/) {}
  /// Nothing new is started while this says yes: whoever reads what comes is too slow for it.
  [[nodiscard]] virtual bool is_behind() { return false; }
};

/// What the scheduler touches of the world.
struct SchedulerSeams {
  Launcher& launcher;
  Clock& clock;
  Random& random;
};

/// Checked when it is made, run once. One thread; the cancellation may come from any.
class Scheduler {
 public:
  /// Refuses before anything starts: what ActionGraph and ReadyQueue refuse, and what
  /// Launcher::check() does of each command, with the action's name. The actions and the observer
  /// must outlive it.
  Scheduler(std::span<const Action> actions, SchedulerOptions options, SchedulerSeams seams,
            ActionObserver& observer);
  ~Scheduler();
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  /// Where the host hands in what it did; closed when run() has returned.
  [[nodiscard]] std::shared_ptr<Inbox> inbox() const;

  /// Runs all; results in the order of the actions, each in a final state. Dependants of what did
  /// not pass are skipped, all else goes on, unless `fail_fast`. A first cancel gives what runs its
  /// grace, the second kills; what waits never starts. Nothing it started is alive on return.
  [[nodiscard]] std::vector<ActionResult> run(const Cancellation& cancellation);

 private:
  class Run;
  std::unique_ptr<Run> run_;
};

}  // namespace ratchet
