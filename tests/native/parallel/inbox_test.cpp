#include "parallel/inbox.h"

#include <doctest/doctest.h>

#include "fs/thrown_code.h"
#include "parallel/host_desk.h"
#include "parallel/scripted_run.h"

using namespace ratchet;  // NOLINT: a test of this namespace

TEST_CASE("an answer is taken once, and tells whoever waits") {
  int told = 0;
  Inbox inbox([&told] { ++told; });
  CHECK_FALSE(inbox.answer("a", 1, {}));
  inbox.expect(7, "a", 2);
  CHECK_FALSE(inbox.answer("a", 1, {}));
  CHECK(told == 0);
  CHECK(inbox.answer("a", 2, {}));
  CHECK_FALSE(inbox.answer("a", 2, {}));
  CHECK(told == 1);
  const auto answers = inbox.take();
  REQUIRE(answers.size() == 1);
  CHECK(answers[0].action == 7);
  CHECK(inbox.take().empty());
}

TEST_CASE("a closed inbox takes nothing and tells nobody") {
  int told = 0;
  Inbox inbox([&told] { ++told; });
  inbox.expect(0, "a", 1);
  inbox.close();
  CHECK_FALSE(inbox.answer("a", 1, {}));
  CHECK(told == 0);
}

TEST_CASE("the inbox of a scheduler that never ran outlives it, and is closed") {
  test::ScriptedRun run;
  std::shared_ptr<Inbox> inbox;
  {
    const Scheduler scheduler(run.actions, run.options,
                              {run.launcher, run.launcher.clock(), run.random}, run.listener);
    inbox = scheduler.inbox();
    inbox->expect(0, "a", 1);
  }
  CHECK_FALSE(inbox->answer("a", 1, {}));
}

TEST_CASE("a desk knows a run while its place lives, and holds nothing of it afterwards") {
  HostDesk desk;
  auto inbox = std::make_shared<Inbox>([] {});
  const std::weak_ptr<Inbox> watched = inbox;
  inbox->expect(0, "a", 1);
  {
    const HostDesk::Place place(desk, "RUN", std::move(inbox));
    CHECK(test::thrown_code([&] { desk.answer("OTHER", "a", 1, {}); }) == "parallel.not_awaited");
    CHECK(test::thrown_code([&] { desk.answer("RUN", "a", 1, {}); }).empty());
    CHECK(test::thrown_code([&] { desk.answer("RUN", "a", 1, {}); }) == "parallel.not_awaited");
  }
  CHECK(watched.expired());
}
