// validate.document through the table of operations.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/exit_code.h"
#include "operations/operation_caller.h"

using namespace ratchet;        // NOLINT: a test of this namespace
using namespace ratchet::test;  // NOLINT

namespace {

constexpr std::string_view kOperation = "validate.document";

struct World : OperationCaller {
  World() {
    files.put_file("/s.json", R"({"type": "object", "required": ["name"],
      "properties": {"name": {"type": "string"}, "count": {"type": "integer", "minimum": 1}},
      "additionalProperties": false})");
    files.put_file("/d/good.json", R"({"name": "a", "count": 1})");
    files.put_file("/d/bad.json", "{\n  \"name\": 1\n}");
  }
  json::object check(const std::string& more) {
    return call(kOperation, R"({"schema_path": "/s.json", )" + more + "}");
  }
  std::string error(const std::string& request) { return code(kOperation, request); }
};

std::string_view text_at(const json::object& object, std::string_view key) {
  return object.at(key).as_string();
}

const json::object& file_of(const json::object& result, std::size_t index) {
  return result.at("files").as_array().at(index).as_object();
}

const json::object& finding_of(const json::object& result, std::size_t file) {
  return file_of(result, file).at("errors").as_array().at(0).as_object();
}

}  // namespace

TEST_CASE("validate.document: findings have their lines, those of a torn text too") {
  World world;
  world.files.put_file("/d/torn.json", "{\n  \"name\": ,\n}");
  const json::object files = world.check(R"("paths": ["/d/bad.json", "/d/torn.json"])");
  CHECK(text_at(finding_of(files, 0), "excerpt") == "  \"name\": 1");
  CHECK(finding_of(files, 0).at("excerpt_caret") == json::value(10));
  CHECK(text_at(finding_of(files, 1), "excerpt") == "  \"name\": ,");
  const json::object text = world.check(R"("document_text": "{\n\"name\": ,\n}")");
  CHECK(text_at(finding_of(text, 0), "excerpt") == "\"name\": ,");
}

TEST_CASE("validate.document: many files are judged by one schema, in the order of the request") {
  World world;
  const json::object result = world.check(R"("paths": ["/d/bad.json", "/d/good.json"])");
  CHECK(result.at("valid") == json::value(false));
  CHECK(result.at("checked") == json::value(2));
  CHECK(result.at("invalid") == json::value(1));
  CHECK(result.at("errors").as_array().empty());
  CHECK(file_of(result, 0).at("valid") == json::value(false));
  CHECK(text_at(finding_of(result, 0), "code") == "schema.type");
  CHECK(text_at(finding_of(result, 0), "pointer") == "/name");
  CHECK(finding_of(result, 0).at("line") == json::value(2));
  CHECK(finding_of(result, 0).at("column") == json::value(11));
  CHECK(text_at(file_of(result, 1), "path") == "/d/good.json");
  CHECK(file_of(result, 1).at("valid") == json::value(true));
  CHECK(exit_code_of_result(result) == kExitVerdictInvalid);
}

TEST_CASE("validate.document: files of every format are one model to the schema") {
  World world;
  struct Case {
    std::string path;
    std::string content;
    std::string language;
    std::int64_t line;  ///< of the finding on `count`
  };
  const std::vector<Case> cases{
      {"/d/a.json", "{\"name\": \"x\",\n \"count\": 0}", "json", 2},
      {"/d/a.yaml", "name: x\n\ncount: 0\n", "yaml", 3},
      {"/d/a.toml", "# x\nname = 'x'\ncount = 0\n", "toml", 3},
      {"/d/a.jsonc", "{ // x\n \"name\": \"x\",\n \"count\": 0,\n}", "jsonc", 3},
      {"/d/tsconfig.json", "{ // x\n \"name\": \"x\",\n \"count\": 0,\n}", "jsonc", 3},
      {"/d/unknown", "{\"name\": \"x\",\n \"count\": 0}", "json", 2},
      {"/d/unknown.too", "name: x\ncount: 0\n", "yaml", 2},
  };
  for (const Case& row : cases) {
    CAPTURE(row.path);
    world.files.put_file(row.path, row.content);
    const json::object result = world.check(R"("paths": [")" + row.path + "\"]");
    CHECK(text_at(file_of(result, 0), "language") == row.language);
    CHECK(text_at(finding_of(result, 0), "code") == "schema.range");
    CHECK(finding_of(result, 0).at("line") == json::value(row.line));
  }
}

TEST_CASE("validate.document: a caller can say what language files are in") {
  World world;
  world.files.put_file("/d/a.conf", "name = 'x'\n");
  CHECK(world.check(R"("paths": ["/d/a.conf"], "language": "toml")").at("valid") ==
        json::value(true));
  CHECK(world.check(R"("paths": ["/d/good.json"], "language": "jsonc")").at("valid") ==
        json::value(true));
  for (const char* language : {"xml", "python", "nonsense"}) {
    CAPTURE(language);
    CHECK(world.error(R"({"schema": {}, "paths": ["/d/a.conf"], "language": ")" +
                      std::string(language) + "\"}") == "document.unsupported");
  }
}

TEST_CASE("validate.document: a text that is none of its format is wrong, and says where") {
  World world;
  world.files.put_file("/d/a.json", "{\"name\": }");
  world.files.put_file("/d/b.json", "{\"name\": \"\xff\"}");
  world.files.put_file("/d/c.toml", "name = \n");
  world.files.put_file("/d/d.json", "{\"name\": \"a\", \"name\": \"b\"}");
  world.files.put_file("/d/e.json", "");
  const json::object result =
      world.check(R"("paths": ["/d/a.json", "/d/b.json", "/d/c.toml", "/d/d.json", "/d/e.json"])");
  CHECK(result.at("invalid") == json::value(5));
  const char* codes[] = {"json.invalid", "text.invalid_utf8", "toml.invalid", "json.duplicate_key",
                         "json.invalid"};
  for (std::size_t i = 0; i < std::size(codes); ++i) {
    CAPTURE(i);
    CHECK(text_at(finding_of(result, i), "code") == codes[i]);
    CHECK(finding_of(result, i).at("line") == json::value(1));
  }
}

TEST_CASE("validate.document: what cannot be judged is an error of its own and no verdict") {
  World world;
  world.files.put_folder("/d/folder.json");
  world.files.put_file("/d/deep.json", std::string(600, '[') + std::string(600, ']'));
  world.files.put_file("/d/a.py", "pass\n");
  const json::object result = world.check(
      R"("paths": ["/d/gone.json", "/d/folder.json", "/d/deep.json", "/d/a.py", "/d/good.json"])");
  CHECK_FALSE(result.contains("valid"));
  CHECK(result.at("checked") == json::value(1));
  CHECK(file_of(result, 4).at("valid") == json::value(true));
  const json::array& errors = result.at("errors").as_array();
  const char* codes[] = {"io.not_found", "io.not_a_file", "json.too_deep", "document.unsupported"};
  const char* paths[] = {"/d/gone.json", "/d/folder.json", "/d/deep.json", "/d/a.py"};
  REQUIRE(errors.size() == std::size(codes));
  for (std::size_t i = 0; i < errors.size(); ++i) {
    CAPTURE(i);
    CHECK(text_at(errors[i].as_object(), "code") == codes[i]);
    CHECK(text_at(errors[i].as_object(), "path") == paths[i]);
    CHECK_FALSE(file_of(result, i).contains("valid"));
  }
  CHECK(exit_code_of_result(result) == row_of(Category::not_found).exit_code);
  const json::object with_bad = world.check(R"("paths": ["/d/gone.json", "/d/bad.json"])");
  CHECK(with_bad.at("valid") == json::value(false));
}

TEST_CASE("validate.document: what a pattern cannot decide is no verdict either") {
  World world;
  const std::string text(40, 'a');
  const json::object result =
      world.call(kOperation, R"({"schema": {"pattern": "^(a|a|aa|aa?)+$"}, "document": ")" + text +
                                 text + text + R"(!"})");
  CHECK_FALSE(result.contains("valid"));
  REQUIRE(result.at("errors").as_array().size() == 1);
  CHECK(text_at(result.at("errors").as_array()[0].as_object(), "code") == "schema.undecided");
}

TEST_CASE("validate.document: globs find files, each once") {
  World world;
  world.files.put_file("/d/more/good.json", R"({"name": "a"})");
  const json::object result = world.check(
      R"("paths": ["/d/good.json"], "globs": ["**/good.json", "*.nothing"], "root": "/d")");
  CHECK(result.at("checked") == json::value(2));
  CHECK(text_at(file_of(result, 1), "path") ==
        std::filesystem::path("/d/more/good.json").make_preferred().string());
  REQUIRE(result.at("errors").as_array().size() == 1);
  CHECK(text_at(result.at("errors").as_array()[0].as_object(), "message") ==
        "no file matches \"*.nothing\"");
}

TEST_CASE("validate.document: a value and a text are documents too") {
  World world;
  const json::object value = world.check(R"("document": {"name": 1}, "document_name": "here")");
  CHECK(text_at(file_of(value, 0), "path") == "here");
  CHECK(text_at(finding_of(value, 0), "pointer") == "/name");
  CHECK_FALSE(finding_of(value, 0).contains("line"));
  const json::object text =
      world.check(R"("document_text": "name: 1\n", "document_name": "standard input")");
  CHECK(text_at(file_of(text, 0), "language") == "yaml");
  CHECK(finding_of(text, 0).at("line") == json::value(1));
}

TEST_CASE("validate.document: formats and the standard's outputs come when asked for") {
  World world;
  const std::string request =
      R"({"schema": {"format": "ipv4"}, "document": "no address", "check_formats": )";
  CHECK(world.call(kOperation, request + "false}").at("valid") == json::value(true));
  const json::object flag = world.call(kOperation, request + R"(true, "output": "flag"})");
  CHECK(file_of(flag, 0).at("output") == json::value(json::object{{"valid", false}}));
  const json::object basic = world.call(kOperation, request + R"(true, "output": "basic"})");
  const json::object& output = file_of(basic, 0).at("output").as_object();
  REQUIRE(output.at("errors").as_array().size() == 1);
  CHECK(text_at(output.at("errors").as_array()[0].as_object(), "keywordLocation") == "/format");
}

TEST_CASE("validate.document: references lead to files beside the schema, and no further") {
  World world;
  world.files.put_file("/s/main.json", R"({"$ref": "parts/a%20b.yaml#/$defs/text"})");
  world.files.put_file("/s/parts/a b.yaml", "$defs:\n  text: {$ref: ../c.json}\n");
  world.files.put_file("/s/c.json", R"({"type": "string"})");
  const std::string request = R"({"schema_path": "/s/main.json", "document": )";
  CHECK(world.call(kOperation, request + "\"x\"}").at("valid") == json::value(true));
  CHECK(world.call(kOperation, request + "1}").at("valid") == json::value(false));
  for (const char* reference : {"gone.json", "https://x.test/a.json", "file://host/s/c.json"}) {
    CAPTURE(reference);
    world.files.put_file("/s/main.json", R"({"$ref": ")" + std::string(reference) + "\"}");
    CHECK(world.error(request + "1}") == "schema.invalid");
  }
}

TEST_CASE("validate.document: what is wrong with a referenced schema names that schema's file") {
  World world;
  world.files.put_file("/s/main.json", R"({"$ref": "part.json"})");
  for (const char* part : {R"({"type": "null", "type": "string"})", R"({"pattern": "("})"}) {
    CAPTURE(part);
    world.files.put_file("/s/part.json", part);
    try {
      (void)world.call(kOperation, R"({"schema_path": "/s/main.json", "document": "x"})");
      FAIL_CHECK("no error");
    } catch (const Error& error) {
      CHECK(error.code().name() == "schema.invalid");
      CHECK(error.path() == "/s/part.json");
    }
  }
}

TEST_CASE("validate.document: a name that says nothing and a comment of JSON's are JSON") {
  World world;
  world.files.put_file("/d/unknown", "// x\n{\"name\": \"a\",}");
  const json::object result = world.check(R"("paths": ["/d/unknown"])");
  CHECK(text_at(file_of(result, 0), "language") == "jsonc");
  CHECK(result.at("valid") == json::value(true));
}

TEST_CASE("validate.document: a schema that is none is refused with its place") {
  World world;
  world.files.put_file("/s/bad.yaml", "properties:\n  a:\n    type: txt\n");
  world.files.put_file("/s/twice.json", "{\"type\": \"null\",\n \"type\": \"string\"}");
  struct Case {
    std::string path;
    std::int64_t line;
  };
  for (const Case& row : {Case{"/s/bad.yaml", 3}, Case{"/s/twice.json", 2}}) {
    CAPTURE(row.path);
    try {
      (void)world.call(kOperation, R"({"schema_path": ")" + row.path + R"(", "document": 1})");
      FAIL_CHECK("no error");
    } catch (const Error& error) {
      CHECK(error.code().name() == "schema.invalid");
      CHECK(error.path() == row.path);
      CHECK(error.position().line == row.line);
    }
  }
}

TEST_CASE("validate.document: requests that name nothing, too much or half are refused") {
  World world;
  for (const char* request :
       {R"({"document": 1})", R"({"schema": {}})",
        R"({"schema": {}, "schema_text": "{}", "document": 1})",
        R"({"schema": {}, "document": 1, "paths": ["/a"]})", R"({"schema": {}, "paths": ["a"]})",
        R"({"schema": {}, "globs": ["*"]})", R"({"schema": {}, "globs": ["*"], "root": "d"})"}) {
    CAPTURE(request);
    CHECK(world.error(request) == "request.constraint");
  }
  CHECK(world.error(R"({"schema_path": "/gone.json", "document": 1})") == "io.not_found");
}

TEST_CASE("validate.document: the findings of a run are bounded, every file keeps its verdict") {
  World world;
  world.environment.limits.findings_per_run = 5;
  world.environment.limits.findings_per_file = 4;
  std::string paths;
  for (int i = 0; i < 4; ++i) {
    const std::string path = "/d/" + std::to_string(i) + ".json";
    world.files.put_file(path, R"({"a": 1, "b": 1, "c": 1})");
    paths += (i == 0 ? "\"" : ",\"") + path + "\"";
  }
  const json::object result = world.check("\"paths\": [" + paths + "]");
  CHECK(result.at("invalid") == json::value(4));
  const std::size_t counts[] = {4, 1, 1, 1};
  for (std::size_t i = 0; i < std::size(counts); ++i) {
    CAPTURE(i);
    CHECK(file_of(result, i).at("errors").as_array().size() == counts[i]);
  }
  CHECK(text_at(finding_of(result, 3), "code") == "findings.truncated");
  CHECK(text_at(finding_of(result, 3), "path") == "/d/3.json");
}

TEST_CASE("validate.document: a run that is cancelled ends") {
  World world;
  world.cancel.cancel(false);
  CHECK(world.error(R"({"schema": {}, "paths": ["/d/good.json"]})") == "job.cancelled");
}
