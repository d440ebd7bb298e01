#include "parallel/task_runner.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <utility>

#include "core/records.h"

namespace ratchet {
namespace {

/// What the task came to; whatever it throws is its error.
TaskResult result_of(const Task& task, const Cancellation& cancellation) {
  TaskResult result;
  try {
    return task(cancellation);
  } catch (const Error& error) {
    result.error = error;
  } catch (const std::exception& fault) {
    result.error = Error("internal.error", fault.what());
  } catch (...) {
    result.error = Error("internal.error", "something that is no exception was thrown");
  }
  result.exit_code = row_of(result.error->category()).exit_code;
  return result;
}

}  // namespace

class TaskRunner::Threads {
 public:
  explicit Threads(std::size_t count) : pool_(count) {}
  ~Threads() { pool_.join(); }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  template <class Work>
  void post(Work work) {
    boost::asio::post(pool_, std::move(work));
  }

 private:
  boost::asio::thread_pool pool_;
};

TaskRunner::TaskRunner(std::size_t threads, Clock& clock, std::shared_ptr<Inbox> inbox,
                       StopHost stop_host)
    : thread_count_(threads),
      clock_(clock),
      inbox_(std::move(inbox)),
      stop_host_(std::move(stop_host)) {
}

TaskRunner::~TaskRunner() {
  for (auto& [id, running] : running_)
    running.cancel.cancel(true);
}

void TaskRunner::start(std::size_t id, const Action& action, std::int64_t attempt,
                       std::optional<std::chrono::milliseconds> time_limit,
                       std::chrono::milliseconds grace) {
  inbox_->expect(id, action.name, attempt);
  const auto* task = std::get_if<Task>(&action.work);
  Running& running =
      running_.insert_or_assign(id, Running{task == nullptr, {}, {}, KillLadder(grace), {}})
          .first->second;
  if (time_limit) running.limit = clock_.steady() + *time_limit;
  if (task == nullptr) return;
  if (!threads_) threads_ = std::make_unique<Threads>(thread_count_);
  threads_->post([inbox = inbox_, task = *task, name = action.name, attempt,
                  cancellation = running.cancel.token()] {
    static_cast<void>(inbox->answer(name, attempt, result_of(task, cancellation)));
  });
}

void TaskRunner::cancel(std::size_t id, bool at_once) {
  const auto found = running_.find(id);
  if (found == running_.end()) return;
  Running& running = found->second;
  if (!running.ended_by_us) running.ended_by_us = ActionState::cancelled;
  running.ladder.begin(clock_.steady());
  if (at_once) running.ladder.insist(clock_.steady());
  take_step(id, running);
}

std::optional<SteadyTime> TaskRunner::next() const {
  std::optional<SteadyTime> first;
  for (const auto& [id, running] : running_) {
    const std::optional<SteadyTime> due =
        running.ladder.begun() ? running.ladder.next() : running.limit;
    if (due && (!first || *due < *first)) first = due;
  }
  return first;
}

std::vector<std::size_t> TaskRunner::tick() {
  std::vector<std::size_t> overdue;
  const SteadyTime now = clock_.steady();
  for (auto& [id, running] : running_) {
    if (!running.ended_by_us && running.limit && now >= *running.limit) {
      running.ended_by_us = ActionState::timed_out;
      running.ladder.begin(now);
      overdue.push_back(id);
    }
    take_step(id, running);
  }
  return overdue;
}

void TaskRunner::take_step(std::size_t id, Running& running) {
  const KillLadder::Step step = running.ladder.due(clock_.steady());
  if (step == KillLadder::Step::none) return;
  const bool at_once = step == KillLadder::Step::kill;
  running.cancel.cancel(at_once);
  if (running.is_host) stop_host_(id, at_once);
}

std::vector<TaskRunner::Ended> TaskRunner::take_ended() {
  std::vector<Ended> ended;
  for (Inbox::Answer& answer : inbox_->take()) {
    const auto running = running_.find(answer.action);
    const ActionState state = state_of(running->second, answer.result);
    running_.erase(running);
    ended.push_back({answer.action, state, std::move(answer.result)});
  }
  return ended;
}

/// What was done in spite of a cancel is done; a limit that passed has passed.
ActionState TaskRunner::state_of(const Running& running, const TaskResult& result) {
  if (running.ended_by_us == ActionState::timed_out) return ActionState::timed_out;
  if (result.passed) return ActionState::passed;
  return running.ended_by_us.value_or(ActionState::failed);
}

}  // namespace ratchet
