#include "parallel/inbox.h"

#include <utility>

namespace ratchet {

Inbox::Inbox(std::function<void()> on_answer) : on_answer_(std::move(on_answer)) {
}

void Inbox::expect(std::size_t action, const std::string& name, std::int64_t attempt) {
  const std::scoped_lock lock(mutex_);
  expected_.insert_or_assign(name, Expected{action, attempt});
}

bool Inbox::answer(const std::string& name, std::int64_t attempt, TaskResult result) {
  {
    const std::scoped_lock lock(mutex_);
    const auto expected = expected_.find(name);
    if (expected == expected_.end() || expected->second.attempt != attempt) return false;
    answers_.push_back({expected->second.action, std::move(result)});
    expected_.erase(expected);
  }
  const std::scoped_lock calling(calling_);
  if (on_answer_) on_answer_();
  return true;
}

std::vector<Inbox::Answer> Inbox::take() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(answers_, {});
}

void Inbox::close() {
  {
    const std::scoped_lock lock(mutex_);
    expected_.clear();
  }
  const std::scoped_lock calling(calling_);
  on_answer_ = nullptr;
}

}  // namespace ratchet
