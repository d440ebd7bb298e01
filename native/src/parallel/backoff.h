// How long to wait before trying again.
#pragma once

#include <chrono>
#include <cstdint>

#include "core/random.h"

namespace ratchet {

struct Backoff {
  bool exponential = true;  ///< false: `base` each time
  std::chrono::milliseconds base{1000};
  std::chrono::milliseconds cap{60000};
};

/// The wait before attempt `attempt` + 1, of attempts counted from 1. Exponential: `base` doubled
/// after each attempt, at most `cap`, and of that a random part between its half and all of it, so
/// that those that failed together do not come back together and none waits longer than the cap.
[[nodiscard]] std::chrono::milliseconds wait_after(const Backoff& backoff, std::int64_t attempt,
                                                   Random& random);

}  // namespace ratchet
