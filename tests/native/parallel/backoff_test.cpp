#include "parallel/backoff.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace std::chrono_literals;
using ratchet::Backoff;
using ratchet::wait_after;

namespace {

/// Gives one byte over and over.
class SameByte final : public ratchet::Random {
 public:
  explicit SameByte(std::byte byte) : byte_(byte) {}
  void fill(std::span<std::byte> bytes) override { std::fill(bytes.begin(), bytes.end(), byte_); }

 private:
  std::byte byte_;
};

}  // namespace

TEST_CASE("a fixed wait stays what it is") {
  SameByte random(std::byte{0x5A});
  for (const std::int64_t attempt : {1, 2, 50})
    CHECK(wait_after({.exponential = false, .base = 7s}, attempt, random) == 7s);
}

TEST_CASE("an exponential wait doubles up to its cap, and is never longer") {
  SameByte none_off(std::byte{0});
  const Backoff backoff{.exponential = true, .base = 1s, .cap = 60s};
  const std::vector<std::pair<std::int64_t, std::chrono::milliseconds>> rows{
      {1, 1s}, {2, 2s}, {3, 4s}, {6, 32s}, {7, 60s}, {8, 60s}, {1000, 60s}};
  for (const auto& [attempt, longest] : rows) {
    CAPTURE(attempt);
    CHECK(wait_after(backoff, attempt, none_off) == longest);
  }
}

TEST_CASE("the random part takes off at most half") {
  const Backoff backoff{.exponential = true, .base = 1s, .cap = 60s};
  for (int byte = 0; byte < 256; ++byte) {
    SameByte random{static_cast<std::byte>(byte)};
    for (const std::int64_t attempt : {1, 3, 20}) {
      SameByte none_off(std::byte{0});
      const auto longest = wait_after(backoff, attempt, none_off);
      const auto wait = wait_after(backoff, attempt, random);
      CHECK(wait <= longest);
      CHECK(wait >= longest / 2);
    }
  }
}

TEST_CASE("a base above the cap is the cap") {
  SameByte none_off(std::byte{0});
  CHECK(wait_after({.exponential = true, .base = 100s, .cap = 60s}, 1, none_off) == 60s);
}
