#include "process/kill_ladder.h"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using ratchet::KillLadder;
using ratchet::SteadyTime;
using Step = ratchet::KillLadder::Step;

namespace {

const SteadyTime kStart{};

}  // namespace

TEST_CASE("a ladder that nobody began does nothing") {
  KillLadder ladder(2s);
  CHECK(ladder.due(kStart + 1h) == Step::none);
  CHECK_FALSE(ladder.next().has_value());
}

TEST_CASE("the ladder asks once, and kills once after the grace") {
  KillLadder ladder(2s);
  ladder.begin(kStart);
  CHECK(ladder.due(kStart) == Step::ask);
  CHECK(ladder.next() == kStart + 2s);
  CHECK(ladder.due(kStart + 1999ms) == Step::none);
  ladder.begin(kStart + 1s);
  CHECK(ladder.due(kStart + 2s) == Step::kill);
  CHECK(ladder.due(kStart + 3s) == Step::none);
  CHECK_FALSE(ladder.next().has_value());
}

TEST_CASE("insisting makes the kill due at once and never later") {
  KillLadder ladder(2s);
  ladder.begin(kStart);
  CHECK(ladder.due(kStart) == Step::ask);
  ladder.insist(kStart + 1s);
  CHECK(ladder.due(kStart + 1s) == Step::kill);

  KillLadder late(2s);
  late.begin(kStart);
  late.insist(kStart + 10s);
  CHECK(late.next() == kStart + 2s);
}

TEST_CASE("without a grace nobody is asked") {
  KillLadder ladder(0s);
  ladder.begin(kStart);
  CHECK(ladder.due(kStart) == Step::kill);
}
