// validate.syntax through the table of operations.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "core/error.h"
#include "operations/operation_caller.h"

namespace ratchet {
namespace {

struct Caller : test::OperationCaller {
  json::value call(std::string_view request) {
    return OperationCaller::call("validate.syntax", request);
  }
  std::string refusal(std::string_view request) {
    try {
      (void)call(request);
    } catch (const Error& error) {
      return std::string(error.code().name()).append(": ").append(error.message());
    }
    return "none";
  }
};

}  // namespace

TEST_CASE("validate.syntax: a finding has the line of its own file") {
  Caller caller;
  caller.files.put_file("/p/a.json", "{\n\t\"a\": 1,\n\t\"a\": 2\n}\n");
  caller.files.put_file("/p/b.toml", "x = 1\ny = = 2\n");
  const json::value result = caller.call(R"({"paths": ["/p/a.json", "/p/b.toml"]})");
  const json::value& twice = result.at("files").at(0).at("warnings").at(0);
  CHECK(twice.at("excerpt") == " \"a\": 2");
  CHECK(twice.at("excerpt_caret") == 1);
  CHECK(result.at("files").at(1).at("errors").at(0).at("excerpt") == "y = = 2");
}

TEST_CASE("validate.syntax: what the caller's judge said is the word of the compiler") {
  Caller caller;
  caller.files.put_file("/p/good.ps1", "'\xF0\x9D\x84\x9E'\n");
  caller.files.put_file("/p/bad.ps1", "'\xF0\x9D\x84\x9E'; if (\n");
  const json::value result = caller.call(R"({
    "paths": ["/p/good.ps1", "/p/bad.ps1"],
    "host_answers": [
      {"path": "/p/bad.ps1", "faults": [
        {"message": "no\ncondition", "line": 1, "column": 7, "end_line": 1, "end_column": 9},
        {"message": "past the end", "line": 99, "column": 99}]},
      {"path": "/p/good.ps1"}]})");
  CHECK(result.at("valid") == false);
  const json::value& good = result.at("files").at(0);
  CHECK(good.at("checked_by") == "pwsh");
  CHECK(good.at("valid") == true);
  CHECK(good.at("errors").as_array().empty());
  CHECK(good.at("warnings").as_array().empty());
  const json::value& bad = result.at("files").at(1);
  CHECK(bad.at("checked_by") == "pwsh");
  CHECK(bad.at("valid") == false);
  REQUIRE(bad.at("errors").as_array().size() == 2);
  const json::value& finding = bad.at("errors").at(0);
  CHECK(finding.at("code") == "syntax.error");
  CHECK(finding.at("source") == "pwsh");
  CHECK(finding.at("message") == "no condition");
  CHECK(finding.at("column") == 6);  // one less: the sign takes two units of UTF-16
  CHECK(finding.at("end_column") == 8);
  CHECK(finding.at("byte_offset") == 8);
  CHECK(finding.at("excerpt") == "'\xF0\x9D\x84\x9E'; if (");
  CHECK(bad.at("errors").at(1).at("line") == 2);
}

TEST_CASE("validate.syntax: an answer about a language that no compiler judges decides nothing") {
  Caller caller;
  caller.files.put_file("/p/a.json", "{");
  CHECK(caller.call(R"({"paths": ["/p/a.json"], "host_answers": [{"path": "/p/a.json"}]})")
            .at("valid") == false);
}

TEST_CASE("validate.syntax: an answer about a file that is not asked about is refused") {
  Caller caller;
  caller.files.put_file("/p/a.ps1", "");
  const std::string refusal =
      caller.refusal(R"({"paths": ["/p/a.ps1"], "host_answers": [{"path": "/p/b.ps1"}]})");
  CHECK(refusal.starts_with("request.constraint: "));
  CHECK(refusal.find("/p/b.ps1") != std::string::npos);
}

}  // namespace ratchet
