// Ctrl+C while a job runs.
#pragma once

#include <csignal>

namespace ratchet::cli {

/// While it lives, SIGINT and SIGTERM are counted instead of ending the process. One at a time.
class InterruptWatch {
 public:
  InterruptWatch();
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

  [[nodiscard]] int count() const;

 private:
  struct sigaction old_interrupt_ {};
  struct sigaction old_terminate_ {};
};

}  // namespace ratchet::cli
