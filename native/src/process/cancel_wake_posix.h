// Turning a cancellation into something that poll() sees.
#pragma once

#include <stop_token>

#include "core/cancel.h"
#include "process/pipe_posix.h"

namespace ratchet {

/// A descriptor that becomes readable when either token is triggered, from whatever thread.
/// Throws Error{process.spawn_failed} when the system has no descriptors left.
class CancelWake {
 public:
  explicit CancelWake(const Cancellation& cancellation);
  CancelWake(const CancelWake&) = delete;
  CancelWake& operator=(const CancelWake&) = delete;

  [[nodiscard]] const Descriptor& descriptor() const { return event_; }
  /// Makes it unreadable again until the next trigger.
  void acknowledge() const;

 private:
  struct Ring {
    int number;
    void operator()() const;
  };

  Descriptor event_;  // before the callbacks: it must outlive them
  std::stop_callback<Ring> on_graceful_;
  std::stop_callback<Ring> on_immediate_;
};

}  // namespace ratchet
