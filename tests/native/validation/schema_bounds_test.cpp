// Hostile schemas and instances: bounded, and "could not tell" is never a verdict.
#include <doctest/doctest.h>
#include <pthread.h>

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "validation/schema_cases.h"

using namespace ratchet;
using ratchet::test::compiled;
using ratchet::test::judge;
using ratchet::test::text_of;

namespace {

std::string nested(std::string_view open, std::string_view core, std::string_view close,
                   int depth) {
  std::string text;
  for (int i = 0; i < depth; ++i)
    text += open;
  text += core;
  for (int i = 0; i < depth; ++i)
    text += close;
  return text;
}

json::value parse_deep(const std::string& text) {
  json::parse_options options;
  options.max_depth = 2000;
  return json::parse(text, {}, options);
}

// NOLINTNEXTLINE(cert-err58-cpp)
const std::string kRunaway = text_of({"\"", std::string(200, 'a'), "b\""});
constexpr std::string_view kRunawayPattern = R"({"pattern": "^(a+)+$"})";

/// Runs `body` in a thread with a stack of that size.
void run_on_stack(std::size_t bytes, const std::function<void()>& body) {
  pthread_attr_t attributes;
  REQUIRE(pthread_attr_init(&attributes) == 0);
  REQUIRE(pthread_attr_setstacksize(&attributes, bytes / 4096 * 4096) == 0);
  const auto run = [](void* function) -> void* {
    (*static_cast<const std::function<void()>*>(function))();
    return nullptr;
  };
  pthread_t thread{};
  auto* const argument = const_cast<std::function<void()>*>(&body);
  REQUIRE(pthread_create(&thread, &attributes, run, argument) == 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

void check_undecided(const std::string& schema, const std::string& instance) {
  CAPTURE(schema);
  const SchemaResult result = judge(schema, instance);
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings.front().code.name() == "schema.undecided");
}

}  // namespace

TEST_CASE("schema: an instance as deep as the readers allow is judged by a recursive schema") {
  const Schema schema = compiled(R"({"anyOf": [{"$ref": "#/$defs/list"}, {"type": "null"}],
      "$defs": {"list": {"type": "array", "items": {"allOf": [{"$ref": "#"}]}}}})");
  CHECK(schema.validate(parse_deep(nested("[", "", "]", 512))).valid());
}

TEST_CASE("schema: a chain of schemas longer than the bound ends with a finding") {
  const int length = static_cast<int>(Schema::kEvaluationDepth) + 100;
  std::string schema = R"({"$defs": {)";
  for (int i = 0; i < length; ++i) {
    schema += text_of(
        {"\"", std::to_string(i), R"(": {"$ref": "#/$defs/)", std::to_string(i + 1), "\"},"});
  }
  schema +=
      text_of({"\"", std::to_string(length), R"(": {"type": "null"}}, "$ref": "#/$defs/0"})"});
  const SchemaResult result = judge(schema, "null");
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings.front().code.name() == "schema.undecided");
  CHECK(result.findings.front().message ==
        "the schemas nest more than 3000 deep; the document could not be judged to its end");
}

TEST_CASE("schema: a schema that branches at every level runs out of steps, not of time") {
  const Schema schema = compiled(
      R"({"anyOf": [{"properties": {"a": {"$ref": "#"}}, "required": ["a"]},
                    {"properties": {"a": {"$ref": "#"}}, "minProperties": 1}], "type": "object"})");
  const SchemaResult result = schema.validate(parse_deep(nested("{\"a\":", "1", "}", 60)));
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings.front().code.name() == "schema.undecided");
}

TEST_CASE("schema: a pattern that runs away leaves the value undecided wherever it stands") {
  const std::string_view pattern = kRunawayPattern;
  check_undecided(text_of({pattern}), kRunaway);
  check_undecided(text_of({R"({"not": )", pattern, "}"}), kRunaway);
  check_undecided(text_of({R"({"anyOf": [)", pattern, R"(, {"type": "null"}]})"}), kRunaway);
  check_undecided(text_of({R"({"oneOf": [)", pattern, R"(, {"type": "string"}]})"}), kRunaway);
  check_undecided(text_of({R"({"if": )", pattern, R"(, "then": false, "else": false})"}), kRunaway);
  check_undecided(text_of({R"({"contains": )", pattern, "}"}), text_of({"[", kRunaway, "]"}));
  check_undecided(R"({"patternProperties": {"^(a+)+$": false}, "additionalProperties": false})",
                  text_of({"{", kRunaway, ": 1}"}));
}

TEST_CASE("schema: what one branch cannot decide does not matter where another one fits") {
  const std::string schema =
      text_of({R"({"anyOf": [)", kRunawayPattern, R"(, {"type": "string"}]})"});
  CHECK(judge(schema, kRunaway).valid());
}

TEST_CASE("schema: faults are still told beside what is undecided") {
  const SchemaResult result =

      judge(text_of({R"({"prefixItems": [)", kRunawayPattern, R"(, {"type": "null"}]})"}),
            text_of({"[", kRunaway, ", 1]"}));
  REQUIRE(result.findings.size() == 2);
  CHECK(result.findings[0].code.name() == "schema.type");
  CHECK(result.findings[1].code.name() == "schema.undecided");
  CHECK(result.findings[1].instance_pointer == "/0");
}

TEST_CASE("schema: what is met twice and not decided is told once") {
  const SchemaResult result =
      judge(R"({"anyOf": [{"pattern": "^(a+)+$", "minLength": 1000}]})", kRunaway);
  REQUIRE(result.findings.size() == 2);
  CHECK(result.findings[0].code.name() == "schema.any_of");
  CHECK(result.findings[1].code.name() == "schema.undecided");
}

TEST_CASE("schema: ten thousand faults are cut to the limit and counted") {
  std::string instance = "[";
  for (int i = 0; i < 10'000; ++i)
    instance += i > 0 ? ",1" : "1";
  instance += "]";
  const SchemaResult result = judge(R"({"items": {"type": "string"}})", instance);
  CHECK(result.findings.size() == 1000);
  CHECK(result.left_out == 9000);
  CHECK_FALSE(result.valid());
}

TEST_CASE("schema: a large array of unique items is judged without comparing all pairs") {
  std::string instance = "[";
  for (int i = 0; i < 100'000; ++i)
    instance += text_of({"\"item ", std::to_string(i), "\","});
  const Schema schema = compiled(R"({"uniqueItems": true})");
  CHECK(schema.validate(json::parse(instance + "1]")).valid());
  const SchemaResult result = schema.validate(json::parse(instance + "\"item 4\"]"));
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings.front().message ==
        R"(the document must not repeat an item, but items 5 and 100001 are both "item 4")");
}

TEST_CASE("schema: one compiled schema serves many threads") {
  const Schema schema = compiled(
      R"({"items": {"properties": {"a": {"pattern": "^x[0-9]+$"}}, "uniqueItems": true}})");
  const json::value good = json::parse(R"([{"a": "x1"}, {"a": "x2"}])");
  const json::value bad = json::parse(R"([{"a": "x1"}, {"a": "y"}])");
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) {
        if (!schema.validate(good).valid()) ++wrong;
        if (schema.validate(bad).findings.size() != 1) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  CHECK(wrong == 0);
}

TEST_CASE("schema: the deepest explanation that the bound allows fits a small stack") {
  // Each form refers to the next, and all fail: the longest way through the evaluation.
  const int length = static_cast<int>(Schema::kEvaluationDepth) / 2 - 5;
  std::string schema = R"({"$defs": {)";
  for (int i = 0; i < length; ++i) {
    const std::string next = std::to_string(i + 1);
    schema += text_of({"\"", std::to_string(i), R"(": {"anyOf": [{"$ref": "#/$defs/)", next,
                       R"("}], "unevaluatedProperties": false},)"});
  }
  schema +=
      text_of({"\"", std::to_string(length), R"(": {"type": "null"}}, "$ref": "#/$defs/0"})"});
  const Schema compiled_schema = compiled(schema);
  std::size_t findings = 0;
  // The smallest stack that a host gives its threads is that of .NET: 1.5 MB. Sanitizers' frames
  // are several times as large.
#ifdef __SANITIZE_ADDRESS__
  constexpr std::size_t kSmallStack = 12'000'000;
#else
  constexpr std::size_t kSmallStack = 1'500'000;
#endif
  run_on_stack(kSmallStack, [&] {
    findings = compiled_schema.validate(json::object{{"a", 1}}).findings.size();
  });
  CHECK(findings == 1);
}
