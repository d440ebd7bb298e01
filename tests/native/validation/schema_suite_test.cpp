// The official JSON Schema test suite, both drafts, every required test.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/json.h"
#include "validation/schema/schema.h"

namespace {

using ratchet::Error;
using ratchet::Limits;
using ratchet::Schema;
using ratchet::SchemaDraft;
using ratchet::SchemaOptions;
using ratchet::SchemaRegistry;
namespace json = ratchet::json;

std::filesystem::path suite_folder() {
  const char* shared = std::getenv("RATCHET_SHARED");
  const std::filesystem::path root =
      shared != nullptr ? std::filesystem::path(shared)
                        : std::filesystem::path(RATCHET_SOURCE_DIR) / ".." / "shared";
  return root / "data" / "json-schema-test-suite";
}

json::value read(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  return json::parse(text);
}

/// The schemas that the suite's own refer to, by the URIs that it gives them.
SchemaRegistry remotes() {
  const std::filesystem::path folder = suite_folder() / "remotes";
  SchemaRegistry registry;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    const std::string name = entry.path().lexically_relative(folder).generic_string();
    registry.add("http://localhost:1234/" + name, read(entry.path()));
  }
  return registry;
}

/// How many tests of a group came out as they should.
std::size_t run_group(const json::object& group, const SchemaOptions& options) {
  std::size_t passed = 0;
  const Schema schema = Schema::compile(group.at("schema"), Limits{}, options);
  for (const json::value& entry : group.at("tests").as_array()) {
    const json::object& test = entry.as_object();
    const bool expected = test.at("valid").as_bool();
    const bool valid = schema.validate(test.at("data")).valid();
    CHECK_MESSAGE(valid == expected, json::serialize(test));
    if (valid == expected) ++passed;
  }
  return passed;
}

std::size_t run_file(const std::filesystem::path& path, const SchemaOptions& options) {
  const std::string file = path.filename().string();
  CAPTURE(file);
  std::size_t passed = 0;
  const json::value content = read(path);
  for (const json::value& group : content.as_array()) {
    const std::string description(group.at("description").as_string());
    CAPTURE(description);
    try {
      passed += run_group(group.as_object(), options);
    } catch (const Error& error) {
      FAIL_CHECK(error.message());
    }
  }
  return passed;
}

void run_suite(std::string_view draft_folder, SchemaDraft draft, std::size_t tests_in_suite) {
  const std::filesystem::path folder = suite_folder() / "tests" / draft_folder;
  if (!std::filesystem::is_directory(folder)) {
    std::cout << "SKIPPED: JSON Schema test suite, " << draft_folder << " (no "
              << folder.lexically_normal().string() << ")" << std::endl;
    return;
  }
  const SchemaRegistry registry = remotes();
  SchemaOptions options;
  options.draft = draft;
  options.registry = &registry;
  std::size_t passed = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") passed += run_file(entry.path(), options);
  }
  CHECK(passed == tests_in_suite);
}

}  // namespace

TEST_CASE("schema: the official suite of draft 2020-12 is judged as it says") {
  run_suite("draft2020-12", SchemaDraft::draft2020_12, 1299);
}

TEST_CASE("schema: the official suite of draft-07 is judged as it says") {
  run_suite("draft7", SchemaDraft::draft7, 927);
}
