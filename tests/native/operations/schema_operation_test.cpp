// validate.schema through the table of operations.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "operations/operation_caller.h"

namespace ratchet {
namespace {

struct Caller : test::OperationCaller {
  json::value call(std::string_view request) {
    return OperationCaller::call("validate.schema", request);
  }
  std::string code(std::string_view request) {
    return OperationCaller::code("validate.schema", request);
  }
};

}  // namespace

TEST_CASE("validate.schema: a file is linted with the schemas that it refers to, all from disk") {
  Caller caller;
  caller.files.put_file("/p/main.yaml", "$ref: part.json\ntitel: x\n");
  const json::value alone = caller.call(R"({"schema_path": "/p/main.yaml"})");
  CHECK(alone.at("valid") == false);
  CHECK(alone.at("errors").at(0).at("code") == "schema.invalid");
  CHECK(alone.at("errors").at(0).at("line") == 1);
  caller.files.put_file("/p/part.json", R"({"type": "string"})");
  caller.files.put_file("/p/named.json", R"({"$id": "https://x.test/part", "type": "null"})");
  const json::value together = caller.call(R"({"schema_path": "/p/main.yaml"})");
  CHECK(together.at("valid") == true);
  CHECK(together.at("errors").as_array().empty());
  REQUIRE(together.at("warnings").as_array().size() == 1);
  CHECK(together.at("warnings").at(0).at("path") == "/p/main.yaml");
  CHECK(together.at("warnings").at(0).at("line") == 2);
  CHECK(together.at("warnings").at(0).at("excerpt") == "titel: x");
  CHECK(together.at("warnings").at(0).at("excerpt_caret") == 0);
  const std::string named = R"({"schema": {"$ref": "https://x.test/part"})";
  CHECK(caller.call(named + "}").at("valid") == false);
  CHECK(caller.call(named + R"(, "references": ["/p/named.json"]})").at("valid") == true);
}

TEST_CASE("validate.schema: the draft of a schema without one can be told") {
  Caller caller;
  const json::value old = caller.call(R"({"schema": {"dependencies": {}}, "draft": "draft-07"})");
  CHECK(old.at("warnings").as_array().empty());
  CHECK(caller.call(R"({"schema_text": "dependencies: {}", "schema_name": "s.yaml"})")
            .at("warnings")
            .at(0)
            .at("path") == "s.yaml");
}

TEST_CASE(
    "validate.schema: a request without one schema, and paths that are relative, are refused") {
  Caller caller;
  CHECK(caller.code("{}") == "request.constraint");
  CHECK(caller.code(R"({"schema": true, "schema_text": "true"})") == "request.constraint");
  CHECK(caller.code(R"({"schema_path": "a.json"})") == "request.constraint");
  CHECK(caller.code(R"({"schema_path": "/none.json"})") == "io.not_found");
  CHECK(caller.code(R"({"schema_text": "{"})") == "json.invalid");
}

}  // namespace ratchet
