// A running operation, shared between the thread that runs it and the callers that watch it.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "abi/event_queue.h"
#include "core/cancel.h"
#include "operations/operation.h"

namespace ratchet {

/// The outcome of an operation, as JSON text.
struct Outcome {
  bool failed = false;
  std::string text;  ///< the result, or the error when failed
};

/// Runs the operation and turns whatever it throws into an Outcome.
[[nodiscard]] Outcome run_operation(std::string_view name, std::string_view request,
                                    OperationContext& context) noexcept;

/// Thread-safe.
class Job {
 public:
  enum class Wait { finished, events, running };

  Job(std::size_t most_events, Clock& clock);

  /// To be called once, in the thread that is to run it.
  void run(std::string_view name, std::string_view request, const Environment& environment,
           OpenTransactions& transactions, HostDesk& host_desk);

  /// Returns as soon as an event waits, or the job has finished and no event is left, or the time
  /// is over (negative: never).
  [[nodiscard]] Wait wait(std::int64_t timeout_ms);
  [[nodiscard]] std::optional<std::string> take_event() { return events_.take(); }
  /// Nothing while the job runs.
  [[nodiscard]] std::optional<Outcome> outcome() const;
  void cancel(bool at_once) { cancel_.cancel(at_once); }

 private:
  CancelSource cancel_;
  EventQueue events_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Outcome> outcome_;
};

}  // namespace ratchet
