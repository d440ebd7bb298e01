#include "parallel/scheduler.h"

#include <algorithm>
#include <queue>
#include <utility>

#include "core/text.h"
#include "parallel/action_graph.h"
#include "parallel/task_runner.h"

namespace ratchet {
namespace {

constexpr std::chrono::milliseconds kProgressInterval{200};
/// How soon a reader that was behind is looked at again.
constexpr std::chrono::milliseconds kBehindInterval{10};

ActionState state_of(ProcessState state) {
  switch (state) {
    case ProcessState::passed:
      return ActionState::passed;
    case ProcessState::failed:
      return ActionState::failed;
    case ProcessState::signalled:
      return ActionState::signalled;
    case ProcessState::timed_out:
      return ActionState::timed_out;
    case ProcessState::cancelled:
      return ActionState::cancelled;
    case ProcessState::spawn_failed:
      return ActionState::spawn_failed;
    case ProcessState::leaked:
      return ActionState::leaked;
    case ProcessState::status_unknown:
      return ActionState::status_unknown;
  }
  return ActionState::status_unknown;
}

/// The command as it is started: with the run's limit where it has none of its own.
Command command_of(const Action& action, const SchedulerOptions& options) {
  Command command = std::get<Command>(action.work);
  command.time_limit = action.time_limit ? action.time_limit : options.time_limit;
  return command;
}

void check(const Action& action, const SchedulerOptions& options, Launcher& launcher) {
  if (!std::holds_alternative<Command>(action.work)) return;
  try {
    launcher.check(command_of(action, options));
  } catch (const Error& error) {
    throw Error(error.code(), "action " + in_quotes(action.name) + ": " + error.message())
        .hint(error.hint())
        .details({{"action", action.name}});
  }
}

}  // namespace

/// A run from its first start to its last end.
class Scheduler::Run {
 public:
  Run(std::span<const Action> actions, SchedulerOptions options, SchedulerSeams seams,
      ActionObserver& observer)
      : actions_(actions),
        options_(std::move(options)),
        seams_(seams),
        observer_(observer),
        graph_(actions),
        ready_(actions, graph_, options_.at_once, options_.pools),
        loop_(seams.launcher.make_loop()),
        inbox_(std::make_shared<Inbox>([this] { loop_->wake(); })),
        tasks_(options_.at_once, seams.clock, inbox_,
               [this](std::size_t action, bool at_once) { observer_.stop_host(action, at_once); }),
        results_(actions.size()),
        began_(actions.size()),
        open_needs_(actions.size()) {
    for (const Action& action : actions)
      check(action, options_, seams.launcher);
  }

  ~Run() { inbox_->close(); }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  [[nodiscard]] const std::shared_ptr<Inbox>& inbox() const { return inbox_; }

  std::vector<ActionResult> to_end(const Cancellation& cancellation) {
    const auto wake = [this] { loop_->wake(); };
    const std::stop_callback on_graceful(cancellation.graceful, wake);
    const std::stop_callback on_immediate(cancellation.immediate, wake);
    began_at_ = now();
    queue_all();
    while (true) {
      obey(cancellation);
      tick();
      start_ready();
      report_progress();
      if (done_ == actions_.size()) break;
      if (std::optional<ProcessEvent> event = loop_->next(deadline()))
        std::visit([this](auto& what) { take(what); }, *event);
      for (TaskRunner::Ended& ended : tasks_.take_ended())
        take(ended);
    }
    inbox_->close();
    return std::move(results_);
  }

 private:
  struct Retry {
    SteadyTime due;
    std::size_t action;
    friend bool operator>(const Retry& left, const Retry& right) { return left.due > right.due; }
  };
  /// Why everything is being ended.
  struct Stop {
    ActionState state;  ///< of what runs
    std::string reason;
    bool at_once = false;
  };

  [[nodiscard]] SteadyTime now() const { return seams_.clock.steady(); }

  void queue_all() {
    for (std::size_t action = 0; action < actions_.size(); ++action) {
      open_needs_[action] = graph_.needs(action).size();
      if (open_needs_[action] == 0) {
        ready_.push(action);
      } else {
        results_[action].state = ActionState::blocked;
      }
    }
  }

  // -- starting ---------------------------------------------------------------------------------

  void start_ready() {
    while (!stop_ && !starved_ && !(is_behind_ = observer_.is_behind())) {
      const std::optional<std::size_t> action = ready_.take();
      if (!action) return;
      if (!start(*action)) {
        ready_.release(*action);
        ready_.push(*action);
        starved_ = true;
      }
    }
  }

  /// False where the system has no room for it now.
  bool start(std::size_t action) {
    ActionResult& result = results_[action];
    const Action& what = actions_[action];
    if (std::holds_alternative<Command>(what.work)) {
      if (!loop_->start(action, command_of(what, options_))) return false;
    } else {
      tasks_.start(action, what, result.attempts + 1,
                   what.time_limit ? what.time_limit : options_.time_limit, options_.grace);
    }
    if (++result.attempts == 1) began_[action] = now();
    result.state = ActionState::running;
    running_.push_back({action, now()});
    observer_.began(action, result.attempts);
    return true;
  }

  // -- ending -----------------------------------------------------------------------------------

  void take(ProcessOutput& output) { observer_.output(output.id, output); }

  void take(const ProcessOverdue& overdue) { change(overdue.id, ActionState::terminating); }

  void take(ProcessEnded& ended) {
    const ActionState state = state_of(ended.result.state);
    results_[ended.id].process = std::move(ended.result);
    end_attempt(ended.id, state);
  }

  void take(TaskRunner::Ended& ended) {
    results_[ended.action].task = std::move(ended.result);
    end_attempt(ended.action, ended.state);
  }

  void end_attempt(std::size_t action, ActionState state) {
    std::erase_if(running_, [&](const Running& each) { return each.action == action; });
    ready_.release(action);
    starved_ = false;
    ActionResult& result = results_[action];
    if (stop_ && state == ActionState::cancelled) {
      state = stop_->state;
      result.reason = stop_->reason;
    }
    const bool may_retry = state != ActionState::passed && !stop_;
    if (may_retry && result.attempts <= actions_[action].retries)
      return wait_for_retry(action, state);
    finish(action, state);
  }

  void wait_for_retry(std::size_t action, ActionState failed_as) {
    ActionResult& result = results_[action];
    result.earlier.push_back(failed_as);
    result.state = ActionState::waiting_for_retry;
    const auto wait = wait_after(options_.backoff, result.attempts, seams_.random);
    retries_.push({now() + wait, action});
    observer_.will_retry(action, failed_as, wait);
  }

  void finish(std::size_t action, ActionState state) {
    ActionResult& result = results_[action];
    result.state = state;
    if (result.attempts > 0) {
      result.duration = std::chrono::round<std::chrono::milliseconds>(now() - began_[action]);
    }
    ++done_;
    if (!result.passed()) ++not_passed_;
    observer_.ended(action, result);
    release_dependants(action);
    const bool failed = !result.passed() && actions_[action].blocks;
    if (failed && options_.fail_fast && state != ActionState::skipped && !stop_) {
      stop({ActionState::cancelled, in_quotes(actions_[action].name) + " did not pass", false});
    }
  }

  /// A skipped one skips those behind it, too: a list, as chains may be longer than a stack.
  void release_dependants(std::size_t ended) {
    std::vector<std::size_t> open{ended};
    while (!open.empty()) {
      const std::size_t action = open.back();
      open.pop_back();
      const bool lets_go_on = results_[action].passed() || !actions_[action].blocks;
      for (const std::size_t dependant : graph_.dependants(action)) {
        ActionResult& waiting = results_[dependant];
        if (waiting.state != ActionState::blocked) continue;
        if (!lets_go_on) {
          skip(dependant, ActionState::skipped,
               "needs " + in_quotes(actions_[action].name) + ", which did not pass");
          open.push_back(dependant);
        } else if (--open_needs_[dependant] == 0) {
          waiting.state = ActionState::queued;
          ready_.push(dependant);
        }
      }
    }
  }

  /// Ends what has never begun, or waits to begin again.
  void skip(std::size_t action, ActionState state, const std::string& reason) {
    ActionResult& result = results_[action];
    result.state = state;
    result.reason = reason;
    ++done_;
    ++not_passed_;
    observer_.ended(action, result);
  }

  // -- stopping ---------------------------------------------------------------------------------

  void obey(const Cancellation& cancellation) {
    if (cancellation.requested()) stop({ActionState::cancelled, "the caller cancelled", false});
    if (cancellation.immediate.stop_requested()) stop_at_once();
  }

  void stop(Stop why) {
    if (stop_) return;
    stop_ = std::move(why);
    // Those that are ready, and those that wait for another: their states tell them apart from
    // what runs or has ended.
    static_cast<void>(ready_.clear());
    for (std::size_t action = 0; action < actions_.size(); ++action) {
      const ActionState state = results_[action].state;
      const bool waits = state == ActionState::queued || state == ActionState::blocked ||
                         state == ActionState::waiting_for_retry;
      if (waits) skip(action, ActionState::cancelled, stop_->reason);
    }
    for (const Running& running : running_) {
      if (results_[running.action].state != ActionState::terminating)
        change(running.action, ActionState::terminating);
      cancel(running.action, false);
    }
  }

  void stop_at_once() {
    if (!stop_ || stop_->at_once) return;
    stop_->at_once = true;
    for (const Running& running : running_)
      cancel(running.action, true);
  }

  void cancel(std::size_t action, bool at_once) {
    if (std::holds_alternative<Command>(actions_[action].work)) {
      loop_->cancel(action, at_once);
    } else {
      tasks_.cancel(action, at_once);
    }
  }

  // -- time -------------------------------------------------------------------------------------

  void tick() {
    const SteadyTime time = now();
    if (options_.total_limit && time - began_at_ >= *options_.total_limit) {
      stop({ActionState::timed_out,
            "the limit of all together passed: " + std::to_string(options_.total_limit->count()) +
                " ms",
            false});
    }
    for (const std::size_t action : tasks_.tick())
      change(action, ActionState::terminating);
    for (Running& running : running_) {
      const bool became_slow = !running.is_slow && time - running.since >= options_.slow_after;
      if (!became_slow) continue;
      running.is_slow = true;
      results_[running.action].was_slow = true;
      if (results_[running.action].state == ActionState::running)
        change(running.action, ActionState::slow);
    }
    while (!retries_.empty() && retries_.top().due <= time) {
      const std::size_t action = retries_.top().action;
      retries_.pop();
      if (results_[action].state != ActionState::waiting_for_retry) continue;
      results_[action].state = ActionState::queued;
      ready_.push(action);
    }
  }

  void change(std::size_t action, ActionState state) {
    results_[action].state = state;
    observer_.changed(action, state);
  }

  [[nodiscard]] std::optional<SteadyTime> deadline() const {
    std::optional<SteadyTime> first = tasks_.next();
    const auto consider = [&first](SteadyTime time) {
      if (!first || time < *first) first = time;
    };
    if (options_.total_limit && !stop_) consider(began_at_ + *options_.total_limit);
    if (!retries_.empty()) consider(retries_.top().due);
    if (is_behind_) consider(now() + kBehindInterval);
    // Those that run stand in the order of their begin: the first that is not slow is next.
    for (const Running& running : running_) {
      if (running.is_slow) continue;
      consider(running.since + options_.slow_after);
      break;
    }
    return first;
  }

  void report_progress() {
    const SteadyTime time = now();
    const bool is_last = done_ == actions_.size();
    if (!is_last && reported_ && time - *reported_ < kProgressInterval) return;
    reported_ = time;
    ActionProgress progress{done_, actions_.size(), not_passed_, {}, {}};
    for (const Running& running : running_)
      progress.running.push_back(running.action);
    if (done_ > 0) {
      const auto each = (time - began_at_) / done_;
      progress.left =
          std::chrono::round<std::chrono::milliseconds>(each * (actions_.size() - done_));
    }
    observer_.progress(progress);
  }

  struct Running {
    std::size_t action;
    SteadyTime since;
    bool is_slow = false;
  };

  const std::span<const Action> actions_;
  const SchedulerOptions options_;
  const SchedulerSeams seams_;
  ActionObserver& observer_;
  const ActionGraph graph_;
  ReadyQueue ready_;
  std::unique_ptr<ProcessLoop> loop_;
  std::shared_ptr<Inbox> inbox_;
  TaskRunner tasks_;
  std::vector<ActionResult> results_;
  std::vector<SteadyTime> began_;  ///< of the first attempt
  std::vector<std::size_t> open_needs_;
  std::vector<Running> running_;  ///< in the order of their begin
  std::priority_queue<Retry, std::vector<Retry>, std::greater<>> retries_;
  SteadyTime began_at_;
  std::optional<SteadyTime> reported_;
  std::optional<Stop> stop_;
  bool starved_ = false;
  bool is_behind_ = false;
  std::size_t done_ = 0;
  std::size_t not_passed_ = 0;
};

Scheduler::Scheduler(std::span<const Action> actions, SchedulerOptions options,
                     SchedulerSeams seams, ActionObserver& observer)
    : run_(std::make_unique<Run>(actions, std::move(options), seams, observer)) {
}

Scheduler::~Scheduler() = default;

std::shared_ptr<Inbox> Scheduler::inbox() const {
  return run_->inbox();
}

std::vector<ActionResult> Scheduler::run(const Cancellation& cancellation) {
  return run_->to_end(cancellation);
}

}  // namespace ratchet
