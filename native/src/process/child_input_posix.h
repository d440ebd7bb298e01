// Feeding a child's standard input.
#pragma once

#include <string_view>

#include "process/pipe_posix.h"

namespace ratchet {

/// Writes bytes into a pipe as fast as the child takes them, and closes it after the last one. A
/// child that closes its end just gets no more; the SIGPIPE of that never reaches the host.
class ChildInput {
 public:
  /// `bytes` must outlive it. The descriptor becomes non-blocking.
  ChildInput(Descriptor pipe, std::string_view bytes);

  /// Open while there is something to write: poll() it for POLLOUT, then call write_some().
  [[nodiscard]] const Descriptor& descriptor() const { return pipe_; }
  void write_some();
  void close() { pipe_.close(); }

 private:
  Descriptor pipe_;
  std::string_view rest_;
};

}  // namespace ratchet
