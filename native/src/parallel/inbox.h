// Where work that is done elsewhere hands in what came of it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "parallel/action.h"

namespace ratchet {

/// Thread-safe.
class Inbox {
 public:
  struct Answer {
    std::size_t action = 0;
    TaskResult result;
  };

  /// `on_answer` is called, without any lock held, after an answer came in. Not after close().
  explicit Inbox(std::function<void()> on_answer);

  /// From now on an answer about this attempt is taken, once.
  void expect(std::size_t action, const std::string& name, std::int64_t attempt);
  /// False where nobody waits for it: never begun, answered already, or another attempt.
  [[nodiscard]] bool answer(const std::string& name, std::int64_t attempt, TaskResult result);
  /// What came in since the last time, in that order.
  [[nodiscard]] std::vector<Answer> take();
  /// Nobody waits any more; answers that still come are turned away.
  void close();

 private:
  struct Expected {
    std::size_t action = 0;
    std::int64_t attempt = 0;
  };

  std::mutex mutex_;
  std::mutex calling_;  ///< held while on_answer_ is called, so that close() waits for it
  std::function<void()> on_answer_;
  std::map<std::string, Expected, std::less<>> expected_;
  std::vector<Answer> answers_;
};

}  // namespace ratchet
