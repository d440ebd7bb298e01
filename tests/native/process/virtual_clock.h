// A clock that moves when a test, or the scripted launcher, moves it.
#pragma once

#include <mutex>
#include <stop_token>

#include "core/clock.h"

namespace ratchet {

/// Starts at an arbitrary time. Thread-safe.
class VirtualClock final : public Clock {
 public:
  UtcTime utc() override {
    return UtcTime(std::chrono::milliseconds(1'700'000'000'000)) + elapsed();
  }
  SteadyTime steady() override { return SteadyTime() + elapsed(); }
  bool wait_for(std::chrono::milliseconds duration, std::stop_token stop) override {
    if (stop.stop_requested()) return false;
    move_to(steady() + duration);
    return true;
  }
  /// Forwards only.
  void move_to(SteadyTime time) {
    const std::scoped_lock lock(mutex_);
    if (time - SteadyTime() > elapsed_)
      elapsed_ = std::chrono::ceil<std::chrono::milliseconds>(time - SteadyTime());
  }
  [[nodiscard]] std::chrono::milliseconds elapsed() {
    const std::scoped_lock lock(mutex_);
    return elapsed_;
  }

 private:
  std::mutex mutex_;
  std::chrono::milliseconds elapsed_{0};
};

}  // namespace ratchet
