#include "parallel/for_each.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace ratchet {
namespace {

class Loop {
 public:
  Loop(std::size_t count, const Cancellation& cancellation,
       const std::function<void(std::size_t)>& work)
      : count_(count), cancellation_(cancellation), work_(work) {}

  /// Takes items until there are none, or one of any thread has failed.
  void take_items() {
    while (!stopped_) {
      const std::size_t item = next_.fetch_add(1);
      if (item >= count_) return;
      if (cancellation_.requested()) {
        cancelled_ = true;
        stopped_ = true;
        return;
      }
      try {
        work_(item);
      } catch (...) {
        keep_failure(item);
      }
    }
  }

  /// After all threads have ended.
  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
    if (cancelled_) cancellation_.check();
  }

 private:
  void keep_failure(std::size_t item) {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
    if (failure_ && failed_item_ < item) return;
    failure_ = std::current_exception();
    failed_item_ = item;
  }

  std::size_t count_;
  const Cancellation& cancellation_;
  const std::function<void(std::size_t)>& work_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::atomic<bool> cancelled_{false};
  std::mutex mutex_;
  std::exception_ptr failure_;
  std::size_t failed_item_ = 0;
};

}  // namespace

void parallel_for(std::size_t count, std::size_t threads, const Cancellation& cancellation,
                  const std::function<void(std::size_t)>& work) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  threads = std::min(threads, count);
  Loop loop(count, cancellation, work);
  {
    std::vector<std::jthread> others;
    others.reserve(threads);
    try {
      while (others.size() + 1 < threads)
        others.emplace_back([&loop] { loop.take_items(); });
    } catch (const std::system_error&) {
      // No more threads to be had: those there do the work.
    }
    loop.take_items();
  }
  loop.rethrow();
}

}  // namespace ratchet
