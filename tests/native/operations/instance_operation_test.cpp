// validate.instance through the table of operations.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "core/error.h"
#include "operations/operation_caller.h"

namespace ratchet {
namespace {

struct Caller : test::OperationCaller {
  json::value call(std::string_view request) {
    return OperationCaller::call("validate.instance", request);
  }
};

constexpr std::string_view kSizes = R"({"required": ["size"],
  "properties": {"size": {"type": "integer", "maximum": 9}}})";

}  // namespace

TEST_CASE("validate.instance: a finding has the line of the instance") {
  Caller caller;
  caller.files.put_file("/p/i.yaml", "pattern_id: batch_create\ninputs:\n  project_rot: .\n");
  const json::value verdict = caller.call(R"({"instance_path": "/p/i.yaml"})");
  CHECK(verdict.at("valid") == false);
  bool seen = false;
  for (const json::value& finding : verdict.at("errors").as_array()) {
    if (finding.at("line") != 3) continue;
    seen = true;
    CHECK(finding.at("excerpt") == "  project_rot: .");
    CHECK(finding.at("excerpt_caret") == 2);
  }
  CHECK(seen);
}

TEST_CASE("validate.instance: a schema of the caller's own stands in for the pattern's") {
  Caller caller;
  caller.files.put_file("/p/s.json", kSizes);
  caller.files.put_file("/p/i.yaml", "pattern_id: nobody-knows-it\ninputs:\n  size: 12\n");
  for (const std::string& schema : {std::string(R"("schema_path": "/p/s.json")"),
                                    std::string(R"("schema": )").append(kSizes)}) {
    CAPTURE(schema);
    const json::value verdict =
        caller.call(std::string(R"({"instance_path": "/p/i.yaml", )").append(schema).append("}"));
    CHECK(verdict.at("valid") == false);
    CHECK(verdict.at("pattern_id") == "nobody-knows-it");
    REQUIRE(verdict.at("errors").as_array().size() == 1);
    const json::value& finding = verdict.at("errors").at(0);
    CHECK(finding.at("keyword") == "maximum");
    CHECK(finding.at("pointer") == "/inputs/size");
    CHECK(finding.at("line") == 3);
  }
  CHECK(caller.call(R"({"instance": {"size": 9}, "schema_path": "/p/s.json"})").at("valid") ==
        true);
}

TEST_CASE("validate.instance: required fields are asked for beside a schema of one's own") {
  Caller caller;
  const std::string request =
      std::string(R"({"instance": {"size": 1}, "required_fields": ["colour"], "schema": )")
          .append(kSizes)
          .append("}");
  const json::value verdict = caller.call(request);
  CHECK(verdict.at("valid") == false);
  CHECK(verdict.at("errors").at(0).at("message").as_string().find("colour") != std::string::npos);
}

TEST_CASE("validate.instance: a schema that is none is an error with its place") {
  Caller caller;
  caller.files.put_file("/p/s.yaml", "properties:\n  size:\n    type: 7\n");
  struct Case {
    std::string_view members;
    std::string_view code;
    std::int64_t line;
  };
  for (const Case& each : {
           Case{R"("schema_path": "/p/s.yaml")", "schema.invalid", 3},
           Case{R"("schema": {"type": 7})", "schema.invalid", 2},  // as it is written for people
           Case{R"("schema": {}, "schema_path": "/p/s.yaml")", "request.constraint", 0},
           Case{R"("schema_path": "s.yaml")", "request.constraint", 0},
           Case{R"("schema_path": "/p/none.yaml")", "io.not_found", 0},
       }) {
    CAPTURE(each.members);
    try {
      (void)caller.call(std::string(R"({"instance": {}, )").append(each.members).append("}"));
      FAIL_CHECK("nothing was refused");
    } catch (const Error& error) {
      CHECK(error.code().name() == each.code);
      CHECK(error.position().line == each.line);
    }
  }
}

}  // namespace ratchet
