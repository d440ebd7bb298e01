#include "process/capture.h"

#include <algorithm>
#include <utility>

namespace ratchet {

StreamCapture::StreamCapture(std::size_t limit)
    : head_limit_(limit - limit / 2), tail_limit_(limit / 2) {
}

void StreamCapture::append(std::string_view bytes) {
  const std::size_t to_head = std::min(bytes.size(), head_limit_ - head_.size());
  head_.append(bytes.substr(0, to_head));
  bytes.remove_prefix(to_head);
  if (!bytes.empty()) append_to_tail(bytes);
}

void StreamCapture::append_to_tail(std::string_view bytes) {
  if (bytes.size() > tail_limit_) {
    const std::size_t passing = bytes.size() - tail_limit_;
    dropped_ += passing;
    bytes.remove_prefix(passing);
  }
  const std::size_t growth = std::min(bytes.size(), tail_limit_ - tail_.size());
  tail_.append(bytes.substr(0, growth));
  bytes.remove_prefix(growth);
  dropped_ += bytes.size();
  while (!bytes.empty()) {
    const std::size_t run = std::min(bytes.size(), tail_limit_ - tail_next_);
    tail_.replace(tail_next_, run, bytes.substr(0, run));
    tail_next_ = (tail_next_ + run) % tail_limit_;
    bytes.remove_prefix(run);
  }
}

std::array<std::string_view, 3> StreamCapture::kept() const {
  const std::string_view tail = tail_;
  return {head_, tail.substr(tail_next_), tail.substr(0, tail_next_)};
}

CapturedStream StreamCapture::finish() {
  CapturedStream stream;
  const auto [head, older, newer] = kept();
  stream.bytes.reserve(kept_bytes());
  stream.bytes.append(head).append(older).append(newer);
  stream.dropped_bytes = std::exchange(dropped_, 0);
  head_.clear();
  tail_.clear();
  tail_next_ = 0;
  return stream;
}

}  // namespace ratchet
