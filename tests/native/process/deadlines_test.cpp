#include "process/deadlines.h"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

constexpr SteadyTime kStart{};

}  // namespace

TEST_CASE("deadlines come due in order, each once") {
  Deadlines deadlines;
  CHECK_FALSE(deadlines.earliest().has_value());
  deadlines.set(1, kStart + 30ms);
  deadlines.set(2, kStart + 10ms);
  deadlines.set(3, kStart + 20ms);
  CHECK(deadlines.earliest() == kStart + 10ms);
  CHECK_FALSE(deadlines.take_due(kStart + 9ms).has_value());
  CHECK(deadlines.take_due(kStart + 20ms) == 2);
  CHECK(deadlines.take_due(kStart + 20ms) == 3);
  CHECK_FALSE(deadlines.take_due(kStart + 20ms).has_value());
  CHECK(deadlines.earliest() == kStart + 30ms);
}

TEST_CASE("a deadline is replaced or taken back") {
  Deadlines deadlines;
  deadlines.set(1, kStart + 30ms);
  deadlines.set(2, kStart + 40ms);
  deadlines.set(1, kStart + 50ms);
  CHECK(deadlines.earliest() == kStart + 40ms);
  deadlines.set(2, std::nullopt);
  deadlines.set(7, std::nullopt);
  CHECK(deadlines.take_due(kStart + 1h) == 1);
  CHECK_FALSE(deadlines.take_due(kStart + 1h).has_value());
}

TEST_CASE("two ids may share a time") {
  Deadlines deadlines;
  deadlines.set(4, kStart);
  deadlines.set(2, kStart);
  CHECK(deadlines.take_due(kStart) == 2);
  CHECK(deadlines.take_due(kStart) == 4);
}
