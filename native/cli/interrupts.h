// Ctrl+C while a job runs.
#pragma once

#include <memory>

namespace ratchet::cli {

/// While it lives, what would interrupt the process is counted instead: SIGINT, SIGTERM and SIGHUP
/// (one that was ignored, by nohup, stays so); on Windows Ctrl+C and Ctrl+Break, and the console's
/// own end, which then waits for ours. One at a time.
class InterruptWatch {
 public:
  InterruptWatch();
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

  /// Of the one that lives.
  [[nodiscard]] static int count();

 private:
  struct Before;  ///< what was to happen before
  const std::unique_ptr<Before> before_;
};

}  // namespace ratchet::cli
