// The official JSON Schema test suite, both drafts, but for what is listed here as left out.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/json.h"
#include "validation/schema/schema.h"

namespace {

using ratchet::Error;
using ratchet::Limits;
using ratchet::Schema;
using ratchet::SchemaDraft;
namespace json = ratchet::json;

std::filesystem::path suite_folder() {
  const char* shared = std::getenv("RATCHET_SHARED");
  const std::filesystem::path root =
      shared != nullptr ? std::filesystem::path(shared)
                        : std::filesystem::path(RATCHET_SOURCE_DIR) / ".." / "shared";
  return root / "data" / "json-schema-test-suite" / "tests";
}

json::value read(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  return json::parse(text);
}

/// `list` is a draft's part of tests/data/schema/suite_left_out.json.
bool is_left_out(const json::object& list, std::string_view file, std::string_view group) {
  const json::value* row = list.if_contains(file);
  if (row == nullptr) return false;
  if (row->is_string()) return row->as_string() == "all";
  const json::array& groups = row->as_array();
  return std::find(groups.begin(), groups.end(), json::value(group)) != groups.end();
}

struct Tally {
  std::size_t passed = 0;
  std::size_t left_out = 0;
};

/// What is left out must be refused when it is compiled: to misjudge it silently would be worse.
void check_refused(const json::object& group, SchemaDraft draft) {
  try {
    (void)Schema::compile(group.at("schema"), Limits{}, draft);
    FAIL_CHECK("compiled although it is listed as left out");
  } catch (const Error& error) {
    CHECK(error.code().name() == "schema.invalid");
    CHECK_MESSAGE(error.message().find("not implemented") != std::string::npos, error.message());
  }
}

void run_group(const json::object& group, SchemaDraft draft, Tally& tally) {
  const Schema schema = Schema::compile(group.at("schema"), Limits{}, draft);
  for (const json::value& entry : group.at("tests").as_array()) {
    const json::object& test = entry.as_object();
    const bool expected = test.at("valid").as_bool();
    const bool valid = schema.validate(test.at("data")).valid();
    CHECK_MESSAGE(valid == expected, json::serialize(test));
    if (valid == expected) ++tally.passed;
  }
}

void run_file(const std::filesystem::path& path, SchemaDraft draft, const json::object& list,
              Tally& tally) {
  const std::string file = path.filename().string();
  CAPTURE(file);
  const json::value content = read(path);
  for (const json::value& entry : content.as_array()) {
    const json::object& group = entry.as_object();
    const std::string description(group.at("description").as_string());
    CAPTURE(description);
    if (is_left_out(list, file, description)) {
      tally.left_out += group.at("tests").as_array().size();
      check_refused(group, draft);
      continue;
    }
    try {
      run_group(group, draft, tally);
    } catch (const Error& error) {
      FAIL_CHECK(error.message());
    }
  }
}

/// Every row of the list must name something that is there: a stale row would hide a regression.
void check_rows_exist(const json::object& list, const std::filesystem::path& folder) {
  for (const json::key_value_pair& row : list) {
    const std::string file(row.key());
    CAPTURE(file);
    REQUIRE(std::filesystem::exists(folder / file));
    if (!row.value().is_array()) continue;
    const json::value content = read(folder / file);
    std::set<std::string> there;
    for (const json::value& group : content.as_array()) {
      there.insert(std::string(group.at("description").as_string()));
    }
    for (const json::value& group : row.value().as_array()) {
      CHECK_MESSAGE(there.contains(std::string(group.as_string())), group);
    }
  }
}

void run_suite(std::string_view draft_folder, SchemaDraft draft, std::size_t tests_in_suite) {
  const std::filesystem::path folder = suite_folder() / draft_folder;
  if (!std::filesystem::is_directory(folder)) {
    std::cout << "SKIPPED: JSON Schema test suite, " << draft_folder << " (no "
              << folder.lexically_normal().string() << ")" << std::endl;
    return;
  }
  const json::value left_out =
      read(std::filesystem::path(RATCHET_SOURCE_DIR) / "tests/data/schema/suite_left_out.json");
  const json::object& list = left_out.at(draft_folder).as_object();
  check_rows_exist(list, folder);
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.insert(entry.path());
  }
  Tally tally;
  for (const std::filesystem::path& file : files)
    run_file(file, draft, list, tally);
  CHECK(tally.passed + tally.left_out == tests_in_suite);
  MESSAGE(draft_folder << ": " << tally.passed << " of " << tests_in_suite << " passed, "
                       << tally.left_out << " left out");
}

}  // namespace

TEST_CASE("schema: the official suite of draft 2020-12 is judged as it says") {
  run_suite("draft2020-12", SchemaDraft::draft2020_12, 1299);
}

TEST_CASE("schema: the official suite of draft-07 is judged as it says") {
  run_suite("draft7", SchemaDraft::draft7, 927);
}
