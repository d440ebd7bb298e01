// Ctrl+C while a job runs.
#pragma once

#include <csignal>

namespace ratchet::cli {

/// While it lives, SIGINT, SIGTERM and SIGHUP are counted instead of ending the process; a SIGHUP
/// that was ignored (nohup) stays so. One at a time.
class InterruptWatch {
 public:
  InterruptWatch();
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

  /// Of the one that lives.
  [[nodiscard]] static int count();

 private:
  struct sigaction old_interrupt_ {};
  struct sigaction old_terminate_ {};
  struct sigaction old_hangup_ {};
};

}  // namespace ratchet::cli
