#include "operations/operation.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "core/records.h"
#include "fs/memory_file_system.h"
#include "process/scripted_launcher.h"
#include "transactions/fixed_seams.h"

namespace ratchet {
namespace {

struct Caller {
  json::value call(std::string_view name, std::string_view request) {
    const Environment environment{files, launcher, clock, random, limits, 1};
    OpenTransactions transactions;
    HostDesk host_desk;
    OperationContext context{environment, no_events(), cancel.token(), transactions, host_desk};
    return call_operation(name, request, context);
  }

  ErrorRecord error(std::string_view name, std::string_view request) {
    try {
      static_cast<void>(call(name, request));
    } catch (const Error& error) {
      return record_of(error);
    }
    FAIL("nothing was thrown");
    return {};
  }

  MemoryFileSystem files;
  ScriptedLauncher launcher;
  test::WaitingClock clock;
  test::CountingRandom random;
  Limits limits;
  CancelSource cancel;
};

}  // namespace

TEST_CASE("operations: the table is sorted, named room.verb, and each row says what it does") {
  const auto all = operations();
  REQUIRE(all.size() > 5);
  CHECK(std::is_sorted(all.begin(), all.end(),
                       [](const Operation& a, const Operation& b) { return a.name < b.name; }));
  for (const Operation& operation : all) {
    CAPTURE(operation.name);
    CHECK(operation.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz._") ==
          std::string_view::npos);
    CHECK(operation.sentence.ends_with('.'));
    CHECK_FALSE(operation.since.empty());
    CHECK(operation.request_schema().contains("$ref"));
    CHECK(operation.result_schema().contains("$ref"));
    CHECK(&find_operation(operation.name) == &operation);
  }
}

TEST_CASE("operations: an unknown one is answered with the nearest") {
  Caller caller;
  const ErrorRecord error = caller.error("patern.run", "");
  CHECK(error.code == "operation.unknown");
  CHECK(error.message.find("did you mean \"pattern.run\"?") != std::string::npos);
}

TEST_CASE("operations: an empty request is {}, a broken one has a place") {
  Caller caller;
  CHECK(caller.call("ping", "") == json::parse(R"({"payload":null})"));
  const ErrorRecord error = caller.error("ping", "{\n  \"payload\": }");
  CHECK(error.code == "request.invalid_json");
  CHECK(error.line == 2);
  CHECK(error.column == 14);
}

TEST_CASE("operations: a request larger or deeper than the limits is refused") {
  Caller caller;
  caller.limits.input_bytes = 20;
  CHECK(caller.error("ping", R"({"payload":"0123456789"})").code == "limit.input_size");
  caller.limits = {};
  caller.limits.json_depth = 3;
  CHECK(caller.call("ping", R"({"payload":[[1]]})").is_object());
  CHECK(caller.error("ping", R"({"payload":[[[1]]]})").code == "request.invalid_json");
}

TEST_CASE("operations: ping waits on the clock, and a cancel ends it") {
  Caller caller;
  static_cast<void>(caller.call("ping", R"({"delay_ms":50})"));
  CHECK(caller.clock.waited == std::chrono::milliseconds(50));
  caller.cancel.cancel(false);
  CHECK(caller.error("ping", R"({"delay_ms":50})").code == "job.cancelled");
}

TEST_CASE("operations: describe lists everything, or one operation") {
  Caller caller;
  const json::value all = caller.call("describe", "");
  CHECK(all.at("operations").as_array().size() == operations().size());
  CHECK(all.at("codes").as_array().size() == kCodes.size());
  CHECK(all.at("categories").as_array().size() == kCategories.size());
  const json::value one = caller.call("describe", R"({"operation":"ping"})");
  REQUIRE(one.at("operations").as_array().size() == 1);
  CHECK(one.at("operations").at(0).at("name") == "ping");
}

TEST_CASE("operations: a pattern that is planned but not there is unsupported, not unknown") {
  Caller caller;
  CHECK(caller.error("pattern.run", R"({"pattern":"self_heal","instance":{}})").code ==
        "pattern.unsupported");
  CHECK(caller.error("pattern.run", R"({"pattern":"batch_crate","instance":{}})").code ==
        "pattern.unknown");
}

TEST_CASE("operations: validate.instance judges flat and nested instances alike") {
  Caller caller;
  const json::value flat = caller.call(
      "validate.instance",
      R"({"instance":{"pattern_id":"PAT-BATCH-CREATE-001","project_root":".","template_type":"model",)"
      R"("files_to_create":[{"path":"a.py","template_vars":{}}]}})");
  CHECK(flat.at("valid") == true);
  const json::value nested = caller.call(
      "validate.instance",
      R"({"instance":{"pattern_id":"PAT-BATCH-CREATE-001","inputs":{"project_root":".",)"
      R"("template_type":"model","files_to_create":[{"path":"a.py","template_vars":{}}]}}})");
  CHECK(nested.at("valid") == true);
  CHECK(nested.at("instance").at("project_root") == flat.at("instance").at("project_root"));
  const json::value wrong =
      caller.call("validate.instance",
                  R"({"instance_text":"{\"files_to_creat\": []}","pattern_id":"batch_create"})");
  CHECK(wrong.at("valid") == false);
  const json::value lacking =
      caller.call("validate.instance", R"({"instance":{"a":1},"required_fields":["a","b"]})");
  CHECK(lacking.at("valid") == false);
  CHECK(lacking.at("errors").as_array().size() == 1);
}

}  // namespace ratchet
