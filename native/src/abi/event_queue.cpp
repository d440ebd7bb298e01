#include "abi/event_queue.h"

#include <chrono>

namespace ratchet {
namespace {

/// Five a second.
constexpr std::chrono::milliseconds kProgressInterval{200};
constexpr std::size_t kMostBytesBeforeBehind = std::size_t{16} << 20;

}  // namespace

EventQueue::EventQueue(std::size_t most, Clock& clock, std::function<void()> on_event)
    : most_(most), clock_(clock), on_event_(std::move(on_event)) {
}

void EventQueue::emit(EventKind kind, json::object event) {
  {
    const std::lock_guard lock(mutex_);
    if (kind == EventKind::progress && !admit_progress_locked(event)) {
      newest_progress_ = std::move(event);
      return;
    }
    if (kind == EventKind::output && waiting_.size() >= most_) {
      ++dropped_;
      return;
    }
    // What comes now outdates a progress that the throttle still holds back.
    newest_progress_.reset();
    append_locked(json::serialize(event));
  }
  on_event_();
}

bool EventQueue::is_behind() {
  const std::lock_guard lock(mutex_);
  return waiting_bytes_ > kMostBytesBeforeBehind;
}

std::optional<std::string> EventQueue::take() {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) return std::nullopt;
  std::string text = std::move(waiting_.front());
  waiting_.pop_front();
  waiting_bytes_ -= text.size();
  return text;
}

bool EventQueue::empty() const {
  const std::lock_guard lock(mutex_);
  return waiting_.empty();
}

void EventQueue::finish() {
  const std::lock_guard lock(mutex_);
  if (!newest_progress_ && dropped_ == 0) return;
  if (newest_progress_) {
    append_locked(json::serialize(*newest_progress_));
    newest_progress_.reset();
    return;
  }
  append_locked({});
}

/// Appends `text`, where it is not empty, behind the count of what was dropped before it.
void EventQueue::append_locked(std::string text) {
  if (dropped_ > 0) {
    push_locked(json::serialize(json::object{{"event", "events.dropped"}, {"count", dropped_}}));
    dropped_ = 0;
  }
  if (!text.empty()) push_locked(std::move(text));
}

void EventQueue::push_locked(std::string text) {
  waiting_bytes_ += text.size();
  waiting_.push_back(std::move(text));
}

bool EventQueue::admit_progress_locked(const json::object& event) {
  const json::value* done = event.if_contains("done");
  const json::value* total = event.if_contains("total");
  const bool is_last = done != nullptr && total != nullptr && *done == *total;
  const SteadyTime now = clock_.steady();
  const bool is_due = !last_progress_ || now - *last_progress_ >= kProgressInterval;
  if (!is_last && (!is_due || waiting_.size() >= most_)) return false;
  last_progress_ = now;
  return true;
}

}  // namespace ratchet
