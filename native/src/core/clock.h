// Time as a seam: nothing in the engine reads a clock behind its caller's back.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>

namespace ratchet {

using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;
using SteadyTime = std::chrono::steady_clock::time_point;

/// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;

  /// The time of day in UTC, for what people read and for ids.
  [[nodiscard]] virtual UtcTime utc() = 0;
  /// A time that only moves forward, for durations and limits.
  [[nodiscard]] virtual SteadyTime steady() = 0;
  /// Waits; false when `stop` was requested before the time had passed.
  virtual bool wait_for(std::chrono::milliseconds duration, std::stop_token stop) = 0;
};

/// The machine's clocks.
[[nodiscard]] Clock& system_clock();

/// RFC 3339 in UTC with milliseconds: `2026-01-31T08:09:10.123Z`.
[[nodiscard]] std::string rfc3339(UtcTime time);

}  // namespace ratchet
