#include "core/clock.h"

#include <doctest/doctest.h>

using namespace ratchet;
using namespace std::chrono_literals;

TEST_CASE("times are written as RFC 3339 in UTC with milliseconds") {
  const auto at = [](std::int64_t milliseconds) {
    return rfc3339(UtcTime(std::chrono::milliseconds(milliseconds)));
  };
  CHECK(at(0) == "1970-01-01T00:00:00.000Z");
  CHECK(at(1) == "1970-01-01T00:00:00.001Z");
  CHECK(at(-1) == "1969-12-31T23:59:59.999Z");
  CHECK(at(951827696789) == "2000-02-29T12:34:56.789Z");
  CHECK(at(4102444799999) == "2099-12-31T23:59:59.999Z");
}

TEST_CASE("the system's clock stands in our century") {
  const std::string now = rfc3339(system_clock().utc());
  CHECK(now > "2024-");
  CHECK(now < "2124-");
}

TEST_CASE("the steady clock does not go back") {
  const SteadyTime first = system_clock().steady();
  CHECK(system_clock().steady() >= first);
}

TEST_CASE("a wait ends by its time, or at once when a stop was asked for") {
  CHECK(system_clock().wait_for(1ms, {}));
  std::stop_source stop;
  CHECK(system_clock().wait_for(1ms, stop.get_token()));
  stop.request_stop();
  CHECK_FALSE(system_clock().wait_for(24h, stop.get_token()));
}
