// Keeping what a child says within a bound.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "process/launcher.h"

namespace ratchet {

/// Keeps the first half and the last half of `limit` bytes of a stream; counts what fell out
/// between. Memory grows with what comes and never beyond `limit`. Not thread-safe.
class StreamCapture {
 public:
  explicit StreamCapture(std::size_t limit);

  void append(std::string_view bytes);
  /// What is kept so far, in order, in three pieces; valid until the next append.
  [[nodiscard]] std::array<std::string_view, 3> kept() const;
  [[nodiscard]] std::size_t kept_bytes() const { return head_.size() + tail_.size(); }
  /// What was kept, in order. The capture is empty then.
  [[nodiscard]] CapturedStream finish();

 private:
  void append_to_tail(std::string_view bytes);

  std::size_t head_limit_;
  std::size_t tail_limit_;
  std::string head_;
  std::string tail_;           // a ring once it is full
  std::size_t tail_next_ = 0;  // where the ring's oldest byte stands
  std::size_t dropped_ = 0;
};

}  // namespace ratchet
