#include "core/patience.h"

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>

#include "transactions/fixed_seams.h"

using namespace ratchet;
using namespace std::chrono_literals;
using ratchet::test::WaitingClock;

TEST_CASE("what works at once is done once, without a wait") {
  WaitingClock clock;
  int calls = 0;
  CHECK(try_patiently(clock, {}, [&] { return ++calls == 1; }));
  CHECK(calls == 1);
  CHECK(clock.waits == 0);
}

TEST_CASE("what never works is given up after half a second, with waits that double") {
  WaitingClock clock;
  int calls = 0;
  std::chrono::milliseconds expected{0};
  std::chrono::milliseconds next{1};
  clock.on_wait = [&] {
    expected += next;
    next *= 2;
    CHECK(clock.waited == expected);
  };
  CHECK_FALSE(try_patiently(clock, {}, [&] { return ++calls < 0; }));
  CHECK(calls == clock.waits + 1);
  CHECK(clock.waited >= 400ms);
  CHECK(clock.waited <= 600ms);
}

TEST_CASE("what works after a while is waited for no longer") {
  WaitingClock clock;
  CHECK(try_patiently(clock, {}, [&] { return clock.waits == 3; }));
  CHECK(clock.waits == 3);
}

TEST_CASE("a stop ends the patience, and an error passes") {
  WaitingClock clock;
  std::stop_source stop;
  clock.on_wait = [&] { stop.request_stop(); };
  CHECK_FALSE(try_patiently(clock, stop.get_token(), [] { return false; }));
  CHECK(clock.waits == 1);
  CHECK_THROWS_AS(try_patiently(clock, {}, []() -> bool { throw std::runtime_error("x"); }),
                  std::runtime_error);
}
