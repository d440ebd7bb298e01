// validate.syntax through the table of operations.
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/exit_code.h"
#include "operations/syntax_caller.h"

using namespace ratchet;        // NOLINT: a test of this namespace
using namespace ratchet::test;  // NOLINT

TEST_CASE("validate.syntax: a finding has the line of its own file") {
  SyntaxCaller caller;
  caller.files.put_file("/p/a.json", "{\n\t\"a\": 1,\n\t\"a\": 2\n}\n");
  caller.files.put_file("/p/b.toml", "x = 1\ny = = 2\n");
  const json::value result = caller.call(R"({"paths": ["/p/a.json", "/p/b.toml"]})");
  const json::value& twice = result.at("files").at(0).at("warnings").at(0);
  CHECK(twice.at("excerpt") == " \"a\": 2");
  CHECK(twice.at("excerpt_caret") == 1);
  CHECK(result.at("files").at(1).at("errors").at(0).at("excerpt") == "y = = 2");
}

TEST_CASE("validate.syntax: what the caller's judge said is the word of the compiler") {
  SyntaxCaller caller;
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
  SyntaxCaller caller;
  caller.files.put_file("/p/a.json", "{");
  CHECK(caller.call(R"({"paths": ["/p/a.json"], "host_answers": [{"path": "/p/a.json"}]})")
            .at("valid") == false);
}

TEST_CASE("validate.syntax: an answer about a file that is not asked about is refused") {
  SyntaxCaller caller;
  caller.files.put_file("/p/a.ps1", "");
  const std::string refusal =
      caller.refusal(R"({"paths": ["/p/a.ps1"], "host_answers": [{"path": "/p/b.ps1"}]})");
  CHECK(refusal.starts_with("request.constraint: "));
  CHECK(refusal.find("/p/b.ps1") != std::string::npos);
}

TEST_CASE("validate.syntax: a file that cannot be read is told, and the others are judged") {
  SyntaxCaller caller;
  caller.files.put_file("/p/good.json", "{}");
  caller.files.put_file("/p/bad.json", "{");
  caller.files.put_file("/p/large.json", "[" + std::string(300, ' ') + "]");
  caller.environment.limits.input_bytes = 200;
  const json::object result =
      caller.judge({"/p/missing.json", "/p/good.json", "/p", "/p/bad.json", "/p/large.json"});
  const json::array& judged = result.at("files").as_array();
  REQUIRE(judged.size() == 5);
  check_unread(judged[0], "/p/missing.json", "io.not_found");
  CHECK(judged[1].at("valid") == true);
  check_unread(judged[2], "/p", "io.not_a_file");
  CHECK(judged[3].at("valid") == false);
  check_unread(judged[4], "/p/large.json", "limit.input_size");
  CHECK(result.at("valid") == json::value(false));
  CHECK(result.at("errors").as_array().size() == 3);
  CHECK(exit_code_of_result(result) == kExitVerdictInvalid);
}

TEST_CASE("validate.syntax: a file that cannot be read leaves no verdict, and is no success") {
  SyntaxCaller caller;
  caller.files.put_file("/p/good.json", "{}");
  const json::object alone = caller.judge({"/p/missing.json"});
  check_unread(alone.at("files").as_array().at(0), "/p/missing.json", "io.not_found");
  for (const json::object& result : {alone, caller.judge({"/p/good.json", "/p/missing.json"})}) {
    CHECK_FALSE(result.contains("valid"));
    REQUIRE(result.at("errors").as_array().size() == 1);
    CHECK(result.at("errors").as_array()[0].at("path") == "/p/missing.json");
    CHECK(exit_code_of_result(result) == row_of(Category::not_found).exit_code);
  }
}

TEST_CASE("validate.syntax: files of more than a slice keep their order") {
  SyntaxCaller caller;
  // Two of 40 MiB make a slice; their language is not known, which costs no time.
  const std::string large(std::size_t{40} << 20, ' ');
  caller.files.put_file("/p/1.large", large);
  caller.files.put_file("/p/2.large", large);
  caller.files.put_file("/p/good.json", "{}");
  caller.files.put_file("/p/bad.json", "{");
  const json::object result =
      caller.judge({"/p/good.json", "/p/1.large", "/p/bad.json", "/p/2.large", "/p/missing.json",
                    "/p/bad.json", "/p/good.json"});
  const json::array& judged = result.at("files").as_array();
  REQUIRE(judged.size() == 7);
  check_unread(judged[4], "/p/missing.json", "io.not_found");
  std::string verdicts;
  for (const json::value& file : judged) {
    const json::value* valid = file.as_object().if_contains("valid");
    verdicts += valid == nullptr ? '?' : valid->as_bool() ? 'v' : 'i';
  }
  CHECK(verdicts == "v?i??iv");
  CHECK(judged[3].at("path") == "/p/2.large");
}
