#include "parallel/for_each.h"

#include <doctest/doctest.h>

#include <atomic>
#include <latch>
#include <set>
#include <stdexcept>
#include <thread>

using ratchet::Cancellation;
using ratchet::CancelSource;
using ratchet::parallel_for;

TEST_CASE("every item is done once, whatever the number of threads") {
  for (const std::size_t threads : {0, 1, 2, 7, 64}) {
    for (const std::size_t count : {0, 1, 2, 1000}) {
      CAPTURE(threads);
      CAPTURE(count);
      std::vector<int> done(count);  // not atomic: what items wrote must be visible on return
      parallel_for(count, threads, Cancellation{}, [&](std::size_t item) { ++done[item]; });
      CHECK(done == std::vector<int>(count, 1));
    }
  }
}

TEST_CASE("items run at the same time on as many threads as were asked for") {
  constexpr std::ptrdiff_t kThreads = 4;
  std::latch all_there(kThreads);
  std::mutex mutex;
  std::set<std::thread::id> threads;
  parallel_for(kThreads, kThreads, Cancellation{}, [&](std::size_t) {
    all_there.arrive_and_wait();
    const std::scoped_lock lock(mutex);
    threads.insert(std::this_thread::get_id());
  });
  CHECK(threads.size() == kThreads);
  CHECK(threads.contains(std::this_thread::get_id()));
}

TEST_CASE("one thread does the items in order on the caller's thread") {
  std::vector<std::size_t> order;
  parallel_for(5, 1, Cancellation{}, [&](std::size_t item) { order.push_back(item); });
  CHECK(order == std::vector<std::size_t>{0, 1, 2, 3, 4});
}

TEST_CASE("of several exceptions the one of the lowest item is thrown") {
  for (int round = 0; round < 200; ++round) {
    std::latch both(2);
    const auto fail = [&](std::size_t item) {
      if (item != 3 && item != 4) return;
      both.arrive_and_wait();  // both have begun before either fails
      throw std::runtime_error(std::to_string(item));
    };
    CHECK_THROWS_WITH_AS(parallel_for(100, 4, Cancellation{}, fail), "3", std::runtime_error);
  }
}

TEST_CASE("an exception ends the giving out of items") {
  std::atomic<int> begun{0};
  CHECK_THROWS_AS(parallel_for(1'000'000, 2, Cancellation{},
                               [&](std::size_t) {
                                 ++begun;
                                 throw std::runtime_error("no");
                               }),
                  std::runtime_error);
  CHECK(begun <= 2);
}

TEST_CASE("cancellation is seen between items") {
  CancelSource source;
  std::atomic<int> begun{0};
  CHECK_THROWS_WITH_AS(parallel_for(1'000'000, 3, source.token(),
                                    [&](std::size_t) {
                                      ++begun;
                                      source.cancel(false);
                                    }),
                       "cancelled by the caller", ratchet::Error);
  CHECK(begun <= 3);
}

TEST_CASE("a cancellation after the last item changes nothing") {
  CancelSource source;
  std::vector<int> done(3);
  parallel_for(3, 1, source.token(), [&](std::size_t item) {
    done[item] = 1;
    if (item == 2) source.cancel(true);
  });
  CHECK(done == std::vector<int>{1, 1, 1});
}

TEST_CASE("an item's own exception wins over a cancellation") {
  CancelSource source;
  const auto fail = [&](std::size_t) {
    source.cancel(false);
    throw std::runtime_error("broken");
  };
  CHECK_THROWS_WITH_AS(parallel_for(10, 2, source.token(), fail), "broken", std::runtime_error);
}
