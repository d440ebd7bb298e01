// parallel.* as calls on one engine, over programs that a test has written.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "core/json.h"
#include "fs/memory_file_system.h"
#include "fs/thrown_code.h"
#include "operations/operation.h"
#include "process/scripted_launcher.h"
#include "process/shell.h"
#include "transactions/fixed_seams.h"

using namespace ratchet;        // NOLINT: a test of this namespace
using namespace ratchet::test;  // NOLINT

namespace {

class Collected final : public EventSink {
 public:
  void emit(EventKind /*kind*/, json::object event) override {
    if (on_event) on_event(event);
    events.push_back(std::move(event));
  }
  /// Those of a name.
  [[nodiscard]] std::vector<json::object> of(std::string_view name) const {
    std::vector<json::object> some;
    for (const json::object& event : events) {
      if (event.at("event") == json::value(name)) some.push_back(event);
    }
    return some;
  }

  std::vector<json::object> events;
  std::function<void(const json::object&)> on_event;
};

struct World {
  World() {
    files.put_folder("/spill");
    launcher.program("true", [](const Command&) { return ScriptedLauncher::exited(0, {}); });
    launcher.program("false", [](const Command&) { return ScriptedLauncher::exited(3, {}); });
    launcher.program("sh", [](const Command&) { return ScriptedLauncher::exited(0, {}); });
    launcher.program("say", [](const Command& command) {
      return ScriptedLauncher::exited(0, command.arguments.at(1), "to stderr");
    });
  }

  json::object call(std::string_view operation, std::string_view request) {
    OperationContext context{environment, events, cancel.token(), transactions, host_desk};
    return call_operation(operation, request, context).as_object();
  }
  std::pair<std::string, std::string> refusal(std::string_view operation,
                                              std::string_view request) {
    try {
      call(operation, request);
    } catch (const Error& error) {
      return {std::string(error.code().name()), error.message()};
    }
    return {"none", ""};
  }

  MemoryFileSystem files;
  ScriptedLauncher launcher;
  CountingRandom random;
  CancelSource cancel;
  OpenTransactions transactions;
  HostDesk host_desk;
  Collected events;
  Environment environment{files, launcher, launcher.clock(), random, Limits{}, 2, {}};
};

std::string text(const json::object& object, std::string_view key) {
  return std::string(object.at(key).as_string());
}

/// The record of the action at `index`.
const json::object& action(const json::object& result, std::size_t index) {
  return result.at("actions").as_array().at(index).as_object();
}

}  // namespace

TEST_CASE("parallel.run gives a record of each action, in the order of the request") {
  World world;
  const json::object result = world.call("parallel.run", R"({"actions": [
      {"name": "greet", "command": ["say", "hello"]},
      {"command": ["false"]},
      {"name": "after", "command": ["true"], "needs": ["2"]},
      {"name": "ping", "operation": "ping", "request": {"payload": 7}}]})");
  CHECK(result.at("all_passed") == false);
  CHECK(result.at("passed") == 2);
  CHECK(result.at("not_passed") == 2);
  const json::object& greet = action(result, 0);
  CHECK(greet.at("name") == "greet");
  CHECK(greet.at("success") == true);
  CHECK(greet.at("state") == "passed");
  CHECK(greet.at("exit_code") == 0);
  CHECK(greet.at("stdout") == "hello");
  CHECK(greet.at("stderr") == "to stderr");
  CHECK_FALSE(greet.contains("stdout_base64"));
  CHECK(action(result, 1).at("name") == "2");
  CHECK(action(result, 1).at("state") == "failed");
  CHECK(action(result, 1).at("exit_code") == 3);
  CHECK(action(result, 2).at("state") == "skipped");
  CHECK(action(result, 2).at("reason") == "needs \"2\", which did not pass");
  CHECK(action(result, 3).at("result").as_object().at("payload") == 7);
  const json::array& errors = result.at("errors").as_array();
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].at("code") == "action.failed");
  CHECK(errors[0].at("category") == "check_failed");
  CHECK(errors[0].at("message") == "\"2\" failed with exit code 3");
  CHECK(errors[0].at("details").at("action") == "2");
}

TEST_CASE("each form of an action reaches the launcher as it was meant") {
  World world;
  const std::string shell = shell_arguments("").front();
  world.launcher.program(std::filesystem::path(shell).filename().string(),
                         [](const Command&) { return ScriptedLauncher::exited(0, ""); });
  world.call("parallel.run", R"({"cwd": "/r", "grace_seconds": 0.25, "timeout_seconds": 5,
      "output": "discard", "actions": [
      {"shell": "a | b"},
      {"command": ["true", "x y"], "cwd": "/else", "env": {"A": "1", "B": null},
       "stdin": "input", "timeout_seconds": 0.5},
      {"command": ["true"], "stdin_base64": "AP8="}]})");
  const std::vector<Command> commands = world.launcher.commands();
  REQUIRE(commands.size() == 3);
  CHECK(commands[0].arguments == shell_arguments("a | b"));
  CHECK(commands[0].working_directory == "/r");
  CHECK(commands[0].grace == std::chrono::milliseconds(250));
  CHECK(commands[0].time_limit == std::chrono::milliseconds(5000));
  CHECK(commands[0].output == OutputMode::discard);
  CHECK(commands[1].arguments == std::vector<std::string>{"true", "x y"});
  CHECK(commands[1].working_directory == "/else");
  CHECK(commands[1].environment == std::vector<std::pair<std::string, std::optional<std::string>>>{
                                       {"A", "1"}, {"B", std::nullopt}});
  CHECK(commands[1].input == "input");
  CHECK(commands[1].time_limit == std::chrono::milliseconds(500));
  CHECK(commands[2].input == std::string("\0\xFF", 2));
}

TEST_CASE("bytes that are no text come back as text repaired and as they were") {
  World world;
  world.launcher.program("binary", [](const Command&) {
    return ScriptedLauncher::exited(0, std::string("\0\xFFok", 4));
  });
  const json::object result =
      world.call("parallel.run", R"({"actions": [{"command": ["binary"]}]})");
  CHECK(action(result, 0).at("stdout") == json::value(std::string("\0\xEF\xBF\xBDok", 6)));
  CHECK(action(result, 0).at("stdout_base64") == "AP9vaw==");
}

TEST_CASE("an operation is judged as the command line would judge it") {
  World world;
  const json::object result = world.call("parallel.run", R"({"actions": [
      {"name": "invalid", "operation": "validate.instance", "request":
          {"pattern_id": "batch_create", "instance": {}}},
      {"name": "refused", "operation": "ping", "request": {"delay": 1}}]})");
  CHECK(action(result, 0).at("state") == "failed");
  CHECK(action(result, 0).at("exit_code") == 1);
  CHECK(action(result, 0).at("result").as_object().at("valid") == false);
  CHECK(action(result, 1).at("state") == "failed");
  CHECK(action(result, 1).at("exit_code") == 2);
  CHECK(action(result, 1).at("error").at("code") == "request.unknown_key");
  CHECK(result.at("errors").as_array().at(1).at("code") == "request.unknown_key");
}

TEST_CASE("events tell what happens, and carry the output only where that was asked for") {
  World world;
  world.call("parallel.run", R"({"stream_output": true, "actions": [
      {"name": "a", "command": ["say", "hello"]}]})");
  CHECK(world.events.events.front().at("event") == "run.started");
  CHECK(world.events.events.front().at("total") == 1);
  CHECK(world.events.of("job.started").at(0).at("name") == "a");
  CHECK(world.events.of("job.output").at(0).at("text") == "hello");
  const json::object finished = world.events.of("job.finished").at(0);
  CHECK(finished.at("state") == "passed");
  CHECK_FALSE(finished.contains("stdout"));
  CHECK(world.events.of("progress").back().at("done") == 1);
  CHECK(world.events.events.back().at("event") == "run.finished");

  World other;
  const json::object result = other.call(
      "parallel.run",
      R"({"output_in_events": true, "actions": [{"name": "a", "command": ["say", "hello"]}]})");
  CHECK(other.events.of("job.finished").at(0).at("stdout") == "hello");
  CHECK_FALSE(action(result, 0).contains("stdout"));
}

TEST_CASE("a cancelled run comes back with what was done, and its error comes first") {
  World world;
  world.launcher.program("long", [&](const Command&) {
    world.cancel.cancel(false);
    return ScriptedLauncher::exited_after(std::chrono::minutes(1), 0);
  });
  const json::object result = world.call("parallel.run", R"({"throttle_limit": 1, "actions": [
      {"command": ["true"]}, {"command": ["long"]}, {"command": ["true"]}]})");
  CHECK(action(result, 0).at("state") == "passed");
  CHECK(action(result, 1).at("state") == "cancelled");
  CHECK(action(result, 2).at("state") == "cancelled");
  REQUIRE(result.at("errors").as_array().size() == 1);
  CHECK(result.at("errors").as_array().at(0).at("code") == "job.cancelled");
  CHECK(result.at("errors").as_array().at(0).at("message") == "cancelled by the caller");
}

TEST_CASE("a limit of all together that leaves nothing failed is still an error") {
  World world;
  const json::object result = world.call(
      "parallel.run",
      R"({"total_timeout_seconds": 0.5, "retry_seconds": 5, "backoff": "fixed", "actions": [
          {"name": "a", "command": ["false"], "retries": 3}]})");
  CHECK(action(result, 0).at("state") == "cancelled");
  CHECK(action(result, 0).at("attempts") == 1);
  REQUIRE(result.at("errors").as_array().size() == 1);
  CHECK(text(result.at("errors").as_array().at(0).as_object(), "message") ==
        "\"a\" was cancelled: the limit of all together passed: 500 ms");
}

TEST_CASE("the wait before another try is the request's") {
  World world;
  const json::object result =
      world.call("parallel.run",
                 R"({"backoff": "fixed", "retry_seconds": 5, "retries": 2, "actions": [
          {"command": ["false"]}, {"command": ["false"], "retries": 0}]})");
  CHECK(action(result, 0).at("attempts") == 3);
  CHECK(action(result, 1).at("attempts") == 1);
  CHECK(world.launcher.clock().elapsed() == std::chrono::seconds(10));
}

TEST_CASE("errors beyond the limit are counted") {
  World world;
  world.environment.limits.findings_per_run = 2;
  const json::object result = world.call(
      "parallel.run",
      R"({"actions": [{"command": ["false"]}, {"command": ["false"]}, {"command": ["false"]}]})");
  CHECK(result.at("errors").as_array().size() == 2);
  CHECK(result.at("errors_left_out") == 1);
}

TEST_CASE("what outgrows its memory is written to a file of the spill folder") {
  World world;
  world.launcher.program("flood", [](const Command& command) {
    const auto spill = command.open_spill(StreamName::output);
    spill->write("first");
    spill->write(" and last");
    ProcessResult result = ScriptedLauncher::exited(0, "firstlast");
    result.out.dropped_bytes = 5;
    result.out.spilled = true;
    return result;
  });
  const json::object result = world.call(
      "parallel.run",
      R"({"spill_folder": "/spill", "actions": [{"command": ["true"]}, {"command": ["flood"]}]})");
  CHECK(action(result, 1).at("stdout_dropped") == 5);
  CHECK(action(result, 1).at("stdout_file") == "/spill/2.stdout");
  CHECK(world.files.tree("/spill") ==
        std::map<std::string, std::string>{{"2.stdout", "first and last"}});
}

TEST_CASE("a spill has a bound, and does not write over what is there") {
  World world;
  world.environment.limits.spill_bytes = 4;
  world.files.put_file("/spill/2.stdout", "theirs");
  std::vector<std::string> refused;
  world.launcher.program("flood", [&](const Command& command) {
    refused.push_back(thrown_code([&] {
      const auto spill = command.open_spill(StreamName::error);
      spill->write("123");
      spill->write("45");
    }));
    return ScriptedLauncher::exited(0, {});
  });
  world.launcher.program("clash", [&](const Command& command) {
    refused.push_back(
        thrown_code([&] { static_cast<void>(command.open_spill(StreamName::output)); }));
    return ScriptedLauncher::exited(0, {});
  });
  world.call("parallel.run", R"({"throttle_limit": 1, "spill_folder": "/spill",
                                 "actions": [{"command": ["flood"]}, {"command": ["clash"]}]})");
  CHECK(refused == std::vector<std::string>{"limit.output_size", "transaction.exists"});
  CHECK(world.files.tree("/spill").at("2.stdout") == "theirs");
}

TEST_CASE("a host does his own actions and reports them") {
  World world;
  std::string run_id;
  world.events.on_event = [&](const json::object& event) {
    if (event.at("event") == "run.started") run_id = text(event, "run_id");
    if (event.at("event") != "job.started") return;
    CHECK(event.at("host") == true);
    json::object report{{"run_id", run_id},
                        {"name", event.at("name")},
                        {"attempt", event.at("attempt")},
                        {"passed", event.at("name") == "good"}};
    if (event.at("name") == "good") report["result"] = 5;
    if (event.at("name") == "bad") report["message"] = "it broke";
    CHECK(world.call("parallel.report", json::serialize(report)).at("taken") == true);
    CHECK(world.refusal("parallel.report", json::serialize(report)).first ==
          "parallel.not_awaited");
  };
  const json::object result =
      world.call("parallel.run",
                 R"({"actions": [{"name": "good", "host": true}, {"name": "bad", "host": true}]})");
  CHECK(text(result, "run_id") == run_id);
  CHECK(action(result, 0).at("result") == 5);
  CHECK(action(result, 1).at("state") == "failed");
  CHECK(text(result.at("errors").as_array().at(0).as_object(), "message") == "\"bad\": it broke");
  const json::object late{{"run_id", run_id}, {"name", "good"}, {"attempt", 1}, {"passed", true}};
  CHECK(world.refusal("parallel.report", json::serialize(late)).first == "parallel.not_awaited");
}

TEST_CASE("requests that make no sense are refused, and nothing starts") {
  const std::vector<std::array<std::string, 3>> rows{
      {R"({"actions": [{"name": "a"}]})", "parallel.invalid_action",
       "action \"a\" says nothing to do"},
      {R"({"actions": [{"name": "a", "command": []}]})", "parallel.invalid_action",
       "action \"a\" says nothing to do"},
      {R"({"actions": [{"name": "a", "command": ["true"], "shell": "true"}]})",
       "parallel.invalid_action", "action \"a\" says more than one thing to do"},
      {R"({"actions": [{"name": "a", "command": ["true"], "request": {}}]})",
       "parallel.invalid_action", "action \"a\" has a request and no operation"},
      {R"({"actions": [{"name": "a", "host": true, "cwd": "/r"}]})", "parallel.invalid_action",
       "action \"a\" is no command, so that it takes no cwd, env or stdin"},
      {R"({"actions": [{"name": "a", "command": ["true"], "stdin_base64": "A"}]})",
       "parallel.invalid_action", "action \"a\" has a stdin_base64 that is no base64"},
      {R"({"actions": [{"operation": "pong"}]})", "operation.unknown",
       "no operation is called \"pong\"; did you mean \"ping\"?"},
      {R"({"actions": [{"command": ["true"], "timeout_seconds": 0}]})", "request.constraint",
       "timeout_seconds must be above 0 seconds, or left out for no limit"},
      {R"({"actions": [{"command": ["true"]}], "timeout_seconds": -1})", "request.constraint",
       "timeout_seconds must be above 0 seconds, or left out for no limit"},
      {R"({"actions": [], "total_timeout_seconds": 0})", "request.constraint",
       "total_timeout_seconds must be above 0 seconds, or left out for no limit"},
      {R"({"actions": [], "pools": {"git": 0}})", "request.constraint",
       "pool \"git\" must have room for one"},
      {R"({"actions": [{"name": "a", "command": ["true"]}, {"name": "a", "command": ["true"]}]})",
       "parallel.duplicate_name", "two actions have the name \"a\""},
  };
  for (const auto& [request, code, message] : rows) {
    CAPTURE(request);
    World world;
    const auto refused = world.refusal("parallel.run", request);
    CHECK(refused.first == code);
    CHECK(refused.second == message);
    CHECK(world.launcher.commands().empty());
    CHECK(world.events.events.empty());
  }
}

TEST_CASE("checks: a warning fails nothing, a critical one stops what needs it") {
  World world;
  const json::object result = world.call("parallel.check", R"({"checks": [
      {"id": "style", "severity": "warning", "check": {"command": ["false"]}},
      {"id": "build", "severity": "critical", "check": {"command": ["false"]}},
      {"id": "test", "needs": ["build"], "check": {"command": ["true"]}},
      {"id": "docs", "name": "Documentation", "needs": ["style"], "check": {"command": ["true"]}}
      ]})");
  CHECK(result.at("all_passed") == false);
  CHECK(result.at("critical_failed") == true);
  CHECK(result.at("passed") == 1);
  CHECK(result.at("failed") == 1);
  CHECK(result.at("warnings") == 1);
  CHECK(result.at("skipped") == 1);
  const json::array& checks = result.at("checks").as_array();
  CHECK(checks[2].at("outcome").at("state") == "skipped");
  CHECK(checks[3].at("name") == "Documentation");
  CHECK(checks[3].at("outcome").at("state") == "passed");
  REQUIRE(result.at("errors").as_array().size() == 1);
  CHECK(result.at("errors").as_array().at(0).at("details").at("action") == "build");
}

TEST_CASE("checks: all passed means all but warnings") {
  World world;
  const json::object result = world.call("parallel.check", R"({"checks": [
      {"id": "style", "severity": "warning", "check": {"command": ["false"]}},
      {"id": "build", "check": {"command": ["true"]}}]})");
  CHECK(result.at("all_passed") == true);
  CHECK(result.at("critical_failed") == false);
  CHECK(result.at("errors").as_array().empty());
}
