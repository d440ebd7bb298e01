// What a running job tells its caller while it runs.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/json.h"

namespace ratchet {

/// How an event may be treated when its reader is slow.
enum class EventKind {
  lifecycle,  ///< never dropped: run.*, step.*, job.started, job.finished, finding, log
  output,     ///< dropped with a counted gap: job.output
  progress,   ///< coalesced to the newest, throttled to five a second
};

/// Takes events of a job: JSON objects whose first key `event` names them (design of events:
/// `run.started`, `step.started`, `step.finished`, `progress {done, total, label}`, `log {level,
/// message}`, …). Thread-safe; never blocks and never throws back into the work.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void emit(EventKind kind, json::object event) = 0;
  /// Whether so much waits for the reader that work which can wait should.
  [[nodiscard]] virtual bool is_behind() { return false; }

  void log(std::string_view level, std::string_view message);
  void progress(std::int64_t done, std::int64_t total, std::string_view label);
};

/// Takes everything and keeps nothing.
[[nodiscard]] EventSink& no_events();

}  // namespace ratchet
