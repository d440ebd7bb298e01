#include "core/ulid.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace ratchet;

namespace {

class FixedClock final : public Clock {
 public:
  explicit FixedClock(std::int64_t milliseconds) : now_(std::chrono::milliseconds(milliseconds)) {}
  UtcTime utc() override { return now_; }
  SteadyTime steady() override { return {}; }
  bool wait_for(std::chrono::milliseconds /*duration*/, std::stop_token /*stop*/) override {
    return true;
  }

 private:
  UtcTime now_;
};

/// Gives the same bytes again and again.
class FixedRandom final : public Random {
 public:
  explicit FixedRandom(std::vector<int> bytes) : bytes_(std::move(bytes)) {}
  void fill(std::span<std::byte> bytes) override {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] = static_cast<std::byte>(bytes_[i % bytes_.size()]);
    }
  }

 private:
  std::vector<int> bytes_;
};

std::string ulid(std::int64_t milliseconds, std::vector<int> random) {
  FixedClock clock(milliseconds);
  FixedRandom source(std::move(random));
  return new_ulid(clock, source);
}

}  // namespace

TEST_CASE("an id is made of the time and the random bits, five bits a letter") {
  // The time and its letters are the example of the ULID specification.
  CHECK(ulid(1469918176385, {0}) == "01ARYZ6S410000000000000000");
  CHECK(ulid(0, {0xFF}) == "0000000000ZZZZZZZZZZZZZZZZ");
  // 0x0842108421 is 00001 eight times.
  CHECK(ulid(0, {0x08, 0x42, 0x10, 0x84, 0x21}) == "00000000001111111111111111");
  CHECK(ulid((1LL << 48) - 1, {0xFF}) == "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
}

TEST_CASE("a clock outside the range of an id is held at its ends") {
  CHECK(ulid(-1, {0}) == ulid(0, {0}));
  CHECK(ulid(1LL << 50, {0}) == ulid((1LL << 48) - 1, {0}));
}

TEST_CASE("ids sort by their time") {
  CHECK(ulid(1469918176385, {0xFF}) < ulid(1469918176386, {0}));
}

TEST_CASE("the time is read back from an id") {
  const std::optional<UtcTime> time = ulid_time("01ARYZ6S41TSV4RRFFQ69G5FAV");
  REQUIRE(time.has_value());
  CHECK(time->time_since_epoch().count() == 1469918176385);
  CHECK(ulid_time("01aryz6s41tsv4rrffq69g5fav") == time);
}

TEST_CASE("what is no id has no time") {
  const std::vector<std::string> texts{"",
                                       "01ARYZ6S41TSV4RRFFQ69G5FA",
                                       "01ARYZ6S41TSV4RRFFQ69G5FAVX",
                                       "81ARYZ6S41TSV4RRFFQ69G5FAV",  // more than 128 bits
                                       "O1ARYZ6S41TSV4RRFFQ69G5FAV",
                                       "01ARYZ6S41TSV4RRFFQ69G5FAU",  // U is no digit
                                       "01ARYZ6S41TSV4RRFFQ69G5FA/"};
  for (const std::string& text : texts) {
    CAPTURE(text);
    CHECK_FALSE(ulid_time(text).has_value());
  }
}

TEST_CASE("the system's generator fills every byte") {
  // 4,096 bytes stay all zero in one place eight times over with a chance of 2^-64 each.
  std::vector<std::byte> seen(4096);
  for (int round = 0; round < 8; ++round) {
    std::vector<std::byte> bytes(seen.size());
    system_random().fill(bytes);
    for (std::size_t i = 0; i < bytes.size(); ++i)
      seen[i] |= bytes[i];
  }
  CHECK(std::count(seen.begin(), seen.end(), std::byte{0}) == 0);
  system_random().fill({});
}

TEST_CASE("two ids of the same moment differ") {
  FixedClock clock(1469918176385);
  CHECK(new_ulid(clock, system_random()) != new_ulid(clock, system_random()));
}
