#include "abi/engine.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <thread>
#include <utility>

#include "abi/watchdog_program.h"
#include "core/records.h"
#include "transactions/transaction.h"

namespace ratchet {
namespace {

std::size_t thread_count(std::int64_t wanted) {
  if (wanted > 0) return static_cast<std::size_t>(wanted);
  return std::max(1U, std::thread::hardware_concurrency());
}

/// What a run around this process has left in its environment.
std::optional<std::string> mark_of_parent() {
  const char* mark = std::getenv(Transaction::kMark.data());
  return mark == nullptr ? std::nullopt : std::optional<std::string>(mark);
}

}  // namespace

Engine::Engine(const EngineOptions& options) : Engine(options, find_watchdog_program()) {
}

Engine::Engine(const EngineOptions& options, std::optional<std::filesystem::path> watchdog)
    : launcher_(make_system_launcher(watchdog)),
      environment_{system_files(),   *launcher_,         system_clock(),
                   system_random(),  options.limits,     thread_count(options.threads),
                   mark_of_parent(), std::move(watchdog)} {
}

Outcome Engine::call(std::string_view operation, std::string_view request) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) {
      return {true,
              json::serialize(to_json(record_of(Error("engine.closed", "the engine is closed"))))};
    }
    ++calls_;
  }
  OperationContext context{environment_, no_events(), closing_.token(), transactions_, host_desk_};
  Outcome outcome = run_operation(operation, request, context);
  const std::lock_guard lock(mutex_);
  --calls_;
  // Under the lock: a close() that waits may end the engine as soon as it can have the lock.
  idle_.notify_all();
  return outcome;
}

std::shared_ptr<Job> Engine::start(std::string operation, std::string request) {
  static_cast<void>(find_operation(operation));
  const auto most_events = static_cast<std::size_t>(environment_.limits.queued_events);
  auto job = std::make_shared<Job>(most_events, environment_.clock);
  const std::lock_guard lock(mutex_);
  if (closed_) throw Error("engine.closed", "the engine is closed");
  if (running_.size() >= static_cast<std::size_t>(environment_.limits.running_jobs)) {
    throw Error("engine.too_many_jobs", std::to_string(running_.size()) + " jobs run already")
        .hint("wait for one of them, or raise limits.running_jobs");
  }
  running_.push_back(job);
  try {
    std::thread([self = shared_from_this(), job, operation = std::move(operation),
                 request = std::move(request)] {
      job->run(operation, request, self->environment_, self->transactions_, self->host_desk_);
      const std::lock_guard guard(self->mutex_);
      std::erase(self->running_, job);
      self->idle_.notify_all();
    }).detach();
  } catch (const std::system_error& fault) {
    running_.pop_back();
    throw Error("io.error", std::string("cannot start a thread: ") + fault.what());
  }
  return job;
}

bool Engine::close() {
  std::unique_lock lock(mutex_);
  const bool first = !closed_;
  closed_ = true;
  closing_.cancel(true);
  for (const std::shared_ptr<Job>& job : running_)
    job->cancel(true);
  idle_.wait(lock, [this] { return running_.empty() && calls_ == 0; });
  lock.unlock();
  transactions_.clear();
  return first;
}

}  // namespace ratchet
