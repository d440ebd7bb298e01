// Seams for tests of transactions: a clock that only waiting moves, and bytes that count up.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <stop_token>
#include <string>

#include "core/cancel.h"
#include "core/clock.h"
#include "core/limits.h"
#include "core/random.h"
#include "transactions/transaction.h"

namespace ratchet::test {

class WaitingClock final : public Clock {
 public:
  UtcTime utc() override { return UtcTime(std::chrono::milliseconds(1'700'000'000'000)) + waited; }
  SteadyTime steady() override { return SteadyTime() + waited; }
  bool wait_for(std::chrono::milliseconds duration, std::stop_token stop) override {
    if (stop.stop_requested()) return false;
    waited += duration;
    ++waits;
    if (on_wait) on_wait();
    return !stop.stop_requested();
  }

  std::chrono::milliseconds waited{0};
  int waits = 0;
  std::function<void()> on_wait;
};

class CountingRandom final : public Random {
 public:
  void fill(std::span<std::byte> bytes) override {
    for (std::byte& byte : bytes)
      byte = static_cast<std::byte>(next_++);
  }

 private:
  unsigned next_ = 0;
};

/// What every test of a transaction needs.
struct Bench {
  WaitingClock clock;
  CountingRandom random;
  Limits limits;
  CancelSource cancel;

  [[nodiscard]] Transaction begin(FileSystem& files, const std::filesystem::path& root,
                                  Durability durability = Durability::batch,
                                  std::string id = "T1") {
    return Transaction::begin(files, clock, random, root, {std::move(id), durability}, limits);
  }
};

inline RelativePath path(std::string_view text) {
  return RelativePath::parse(text);
}

}  // namespace ratchet::test
