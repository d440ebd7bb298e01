// transaction.* as calls on one engine.
#include <doctest/doctest.h>

#include <string>

#include "core/json.h"
#include "fs/memory_file_system.h"
#include "fs/thrown_code.h"
#include "operations/operation.h"
#include "process/scripted_launcher.h"
#include "transactions/fixed_seams.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

/// An engine over a disk in memory.
struct World {
  World() { files.put_file("/r/a.txt", "A"); }

  json::object call(std::string_view operation, json::object request) {
    request["project_root"] = "/r";
    OperationContext context{environment, no_events(), cancel.token(), transactions, host_desk};
    return call_operation(operation, json::serialize(request), context).as_object();
  }
  std::string refusal(std::string_view operation, json::object request) {
    return thrown_code([&] { static_cast<void>(call(operation, std::move(request))); });
  }
  json::object begin(bool detached) {
    return call("transaction.begin", {{"id", "T1"}, {"detached", detached}});
  }
  json::object create(std::string_view path) {
    return call("transaction.add",
                {{"id", "T1"},
                 {"operations", json::array{json::object{
                                    {"operation", "create"}, {"path", path}, {"content", path}}}}});
  }
  [[nodiscard]] std::map<std::string, std::string> tree() const { return files.tree("/r"); }

  MemoryFileSystem files;
  ScriptedLauncher launcher;
  WaitingClock clock;
  CountingRandom random;
  CancelSource cancel;
  OpenTransactions transactions;
  HostDesk host_desk;
  Environment environment{files, launcher, clock, random, Limits{}, 1, {}};
};

const std::map<std::string, std::string> kBefore{{"a.txt", "A"}};

}  // namespace

TEST_CASE("a transaction lives in the engine that began it, and ends with it") {
  World world;
  world.begin(false);
  world.create("b.txt");
  const json::object grown = world.create("c.txt");
  CHECK(grown.at("operations").as_array().size() == 2);
  CHECK(world.tree().contains(".ratchet/tx/T1/0"));
  world.transactions.clear();
  CHECK(world.tree() == kBefore);
  CHECK(world.refusal("transaction.commit", {{"id", "T1"}}) == "transaction.unknown");
}

TEST_CASE("a detached transaction outlives the engine") {
  World world;
  world.begin(true);
  world.create("b.txt");
  world.transactions.clear();
  const json::object done = world.call("transaction.commit", {{"id", "T1"}});
  CHECK(done.at("status").as_string() == "succeeded");
  CHECK(world.tree() == std::map<std::string, std::string>{{"a.txt", "A"}, {"b.txt", "b.txt"}});
}

TEST_CASE("what another engine holds is busy, and not to be touched") {
  World world;
  world.begin(false);
  OpenTransactions others;
  OperationContext other{world.environment, no_events(), world.cancel.token(), others,
                         world.host_desk};
  const auto call_there = [&](std::string_view operation) {
    return thrown_code([&] {
      static_cast<void>(call_operation(operation, R"({"project_root": "/r", "id": "T1"})", other));
    });
  };
  CHECK(call_there("transaction.show") == "transaction.busy");
  CHECK(call_there("transaction.rollback") == "transaction.busy");
  CHECK(world.tree().contains(".ratchet/tx/T1/open"));
}

TEST_CASE("a commit that is refused for its plan leaves the transaction open, with all it had") {
  for (const bool detached : {false, true}) {
    World world;
    world.begin(detached);
    world.create("b.txt");
    const json::object refused =
        world.call("transaction.commit", {{"id", "T1"}, {"expect_plan", "other"}});
    CHECK(refused.at("status").as_string() == "refused");
    CHECK(refused.at("errors").at(0).at("code").as_string() == "plan.changed");
    const json::object planned =
        world.call("transaction.commit", {{"id", "T1"}, {"dry_run", true}});
    CHECK(planned.at("success").as_bool());
    const json::object done = world.call(
        "transaction.commit", {{"id", "T1"}, {"expect_plan", planned.at("plan_sha256")}});
    CHECK(done.at("status").as_string() == "succeeded");
    CHECK(world.tree().at("b.txt") == "b.txt");
  }
}

TEST_CASE("a commit in conflict ends the transaction and leaves everything as it is") {
  World world;
  world.begin(false);
  world.create("b.txt");
  world.files.put_file("/r/b.txt", "theirs");
  const json::object refused = world.call("transaction.commit", {{"id", "T1"}});
  CHECK(refused.at("errors").at(0).at("code").as_string() == "transaction.exists");
  CHECK(world.tree() == std::map<std::string, std::string>{{"a.txt", "A"}, {"b.txt", "theirs"}});
  CHECK(world.refusal("transaction.show", {{"id", "T1"}}) == "transaction.unknown");
}

TEST_CASE("a root that is relative or missing is refused before anything is made") {
  World world;
  OperationContext context{world.environment, no_events(), world.cancel.token(), world.transactions,
                           world.host_desk};
  const auto code = [&](std::string_view request) {
    return thrown_code(
        [&] { static_cast<void>(call_operation("transaction.list", request, context)); });
  };
  CHECK(code(R"({"project_root": "r"})") == "project.relative_root");
  CHECK(code(R"({"project_root": "/none"})") == "io.not_found");
  CHECK(code(R"({"project_root": "/r/a.txt"})") == "io.not_a_folder");
  CHECK(world.tree() == kBefore);
}
