// Feeding a child's standard input.
#pragma once

#include <string>
#include <string_view>

namespace ratchet {

/// Bytes on their way into a pipe, as fast as the child takes them. A child that closes its end
/// just gets no more; the SIGPIPE of that never reaches the host.
class ChildInput {
 public:
  explicit ChildInput(std::string bytes) : bytes_(std::move(bytes)), rest_(bytes_) {}
  ChildInput(const ChildInput&) = delete;
  ChildInput& operator=(const ChildInput&) = delete;

  /// One write into this non-blocking descriptor. False once there is nothing more to be done with
  /// it: all is written, or nobody reads it.
  [[nodiscard]] bool write_some(int descriptor);

 private:
  const std::string bytes_;
  std::string_view rest_;
};

}  // namespace ratchet
