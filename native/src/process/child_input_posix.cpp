#include "process/child_input_posix.h"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>

namespace ratchet {
namespace {

/// Keeps a SIGPIPE that this thread causes from the host's handlers: blocked, and taken back at the
/// end unless one was waiting before.
class SigpipeShield {
 public:
  SigpipeShield() {
    sigemptyset(&pipe_signal_);
    sigaddset(&pipe_signal_, SIGPIPE);
    sigset_t pending;
    sigemptyset(&pending);
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_signal_, &before_);
  }
  SigpipeShield(const SigpipeShield&) = delete;
  SigpipeShield& operator=(const SigpipeShield&) = delete;
  ~SigpipeShield() {
    if (!was_pending_) {
      const timespec at_once{};
      while (sigtimedwait(&pipe_signal_, nullptr, &at_once) < 0 && errno == EINTR) {
      }
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t pipe_signal_{};
  sigset_t before_{};
  bool was_pending_ = false;
};

}  // namespace

bool ChildInput::write_some(int descriptor) {
  ssize_t written = 0;
  int reason = 0;
  {
    const SigpipeShield shield;
    written = ::write(descriptor, rest_.data(), rest_.size());
    reason = errno;
  }
  if (written < 0) return reason == EAGAIN || reason == EINTR;
  rest_.remove_prefix(static_cast<std::size_t>(written));
  return !rest_.empty();
}

}  // namespace ratchet
