// The bounded queue between a job and the caller that pulls its events.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/events.h"

namespace ratchet {

/// Events wait here as JSON texts. Beyond `most` waiting ones, output is dropped and counted (the
/// next event that finds room is preceded by `events.dropped {count}`); progress keeps only the
/// newest, and at most one every 200 ms passes but the last (done == total); lifecycle events
/// always get in. Thread-safe.
class EventQueue final : public EventSink {
 public:
  /// `on_event` is called, without any lock held, after an event came in.
  EventQueue(std::size_t most, Clock& clock, std::function<void()> on_event);

  void emit(EventKind kind, json::object event) override;
  /// True while more than 16 MiB wait to be taken.
  [[nodiscard]] bool is_behind() override;

  /// The oldest event; nothing when none waits.
  [[nodiscard]] std::optional<std::string> take();
  [[nodiscard]] bool empty() const;
  /// A progress that was held back by the throttle becomes readable: the job is over.
  void finish();

 private:
  void append_locked(std::string text);
  void push_locked(std::string text);
  bool admit_progress_locked(const json::object& event);

  const std::size_t most_;
  Clock& clock_;
  const std::function<void()> on_event_;
  mutable std::mutex mutex_;
  std::deque<std::string> waiting_;
  std::size_t waiting_bytes_ = 0;
  std::optional<json::object> newest_progress_;
  std::optional<SteadyTime> last_progress_;
  std::int64_t dropped_ = 0;
};

}  // namespace ratchet
