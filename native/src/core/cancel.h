// Cancellation in two stages, seen by work that runs.
#pragma once

#include <stop_token>

#include "core/error.h"

namespace ratchet {

/// What running work sees. The first cancel asks (children get a grace period), the second cuts
/// short. Tokens may be read, and callbacks registered (std::stop_callback), from any thread.
struct Cancellation {
  std::stop_token graceful;
  std::stop_token immediate;

  [[nodiscard]] bool requested() const { return graceful.stop_requested(); }
  /// Throws Error{job.cancelled} once the first cancel has been asked for.
  void check() const {
    if (requested()) throw Error("job.cancelled", "cancelled by the caller");
  }
};

/// The other end, held by whoever may cancel. Thread-safe.
class CancelSource {
 public:
  [[nodiscard]] Cancellation token() const {
    return {graceful_.get_token(), immediate_.get_token()};
  }
  /// The first call asks; the second one, or any with `at_once`, skips the grace period.
  void cancel(bool at_once) {
    const bool first = graceful_.request_stop();
    if (at_once || !first) immediate_.request_stop();
  }

 private:
  std::stop_source graceful_;
  std::stop_source immediate_;
};

}  // namespace ratchet
