#include "core/patience.h"

#include <chrono>

namespace ratchet {

bool try_patiently(Clock& clock, const std::stop_token& stop, const std::function<bool()>& done) {
  using namespace std::chrono_literals;
  constexpr std::chrono::milliseconds kLongestWait = 256ms;
  for (std::chrono::milliseconds wait = 1ms;; wait *= 2) {
    if (done()) return true;
    if (wait > kLongestWait || !clock.wait_for(wait, stop)) return false;
  }
}

}  // namespace ratchet
