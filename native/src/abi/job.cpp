#include "abi/job.h"

#include "core/records.h"

namespace ratchet {
namespace {

/// A century; the clock's own arithmetic overflows on much more.
constexpr std::int64_t kLongestWaitMs = 100LL * 365 * 24 * 3600 * 1000;

}  // namespace

Outcome run_operation(std::string_view name, std::string_view request,
                      OperationContext& context) noexcept {
  try {
    try {
      return {false, json::serialize(call_operation(name, request, context))};
    } catch (...) {
      return {true, json::serialize(to_json(record_of_current_exception()))};
    }
  } catch (...) {
    // Out of memory while saying what failed: this text fits the small-string buffer or is static.
    return {true, {}};
  }
}

Job::Job(std::size_t most_events, Clock& clock)
    : events_(most_events, clock, [this] {
        // Taking the lock orders this event before a waiter's next look; without it the wake-up
        // could fall between its look and its sleep.
        { const std::lock_guard lock(mutex_); }
        changed_.notify_all();
      }) {
}

void Job::run(std::string_view name, std::string_view request, const Environment& environment,
              OpenTransactions& transactions, HostDesk& host_desk) {
  OperationContext context{environment, events_, cancel_.token(), transactions, host_desk};
  Outcome outcome = run_operation(name, request, context);
  events_.finish();
  {
    const std::lock_guard lock(mutex_);
    outcome_ = std::move(outcome);
  }
  changed_.notify_all();
}

Job::Wait Job::wait(std::int64_t timeout_ms) {
  std::unique_lock lock(mutex_);
  const auto ready = [this] { return outcome_.has_value() || !events_.empty(); };
  if (timeout_ms < 0 || timeout_ms > kLongestWaitMs) {
    changed_.wait(lock, ready);
  } else if (!changed_.wait_for(lock, std::chrono::milliseconds(timeout_ms), ready)) {
    return Wait::running;
  }
  return events_.empty() ? Wait::finished : Wait::events;
}

std::optional<Outcome> Job::outcome() const {
  const std::lock_guard lock(mutex_);
  return outcome_;
}

}  // namespace ratchet
