// Reports of findings for other programs.
#include "reporting/findings_report.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "core/json.h"

using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

/// What makes a path absolute that begins with a slash, and how a URI and an annotation spell it.
const bool kHasDrives = !std::filesystem::path("/").is_absolute();
const std::string kDrive = kHasDrives ? "C:" : "";
const std::string kDriveInUri = kHasDrives ? "/C:" : "";
const std::string kDriveEscaped = kHasDrives ? "C%3A" : "";

Finding finding(Code code, Severity severity, std::string message) {
  return make_finding(code, severity, std::move(message), "schema");
}

std::vector<Finding> findings() {
  Finding first = finding("schema.type", Severity::error, "count is a text, 50% of it");
  first.at(kDrive + "/p/a b/é.json", {3, 7, 40});
  first.end_line = 3;
  first.end_column = 9;
  first.pointer = "/count";
  first.hint = "a number\nof things";
  Finding second = finding("json.duplicate_key", Severity::warning, "twice");
  second.at(kDrive + "/elsewhere/c:d,e.json");
  Finding third = finding("schema.type", Severity::info, "no file");
  return {first, second, third};
}

}  // namespace

TEST_CASE("SARIF has a rule for each code, and the place of each finding") {
  const json::value report = json::parse(write_sarif(findings(), {"1.2.3", kDrive + "/p"}));
  CHECK(report.at("version") == "2.1.0");
  const json::value& run = report.at("runs").at(0);
  CHECK(run.at("columnKind") == "unicodeCodePoints");
  CHECK(run.at("originalUriBaseIds").at("%SRCROOT%").at("uri") ==
        json::value("file://" + kDriveInUri + "/p/"));
  const json::value& driver = run.at("tool").at("driver");
  CHECK(driver.at("semanticVersion") == "1.2.3");
  REQUIRE(driver.at("rules").as_array().size() == 2);
  CHECK(driver.at("rules").at(0).at("id") == "schema.type");
  CHECK(driver.at("rules").at(0).at("shortDescription").at("text") ==
        "The value has the wrong type.");
  const json::array& results = run.at("results").as_array();
  REQUIRE(results.size() == 3);
  CHECK(results[0].at("ruleId") == "schema.type");
  CHECK(results[0].at("level") == "error");
  CHECK(results[0].at("message").at("text") == "count is a text, 50% of it (a number\nof things)");
  const json::value& location = results[0].at("locations").at(0);
  const json::value& place = location.at("physicalLocation");
  CHECK(place.at("artifactLocation").at("uri") == "a%20b/%C3%A9.json");
  CHECK(place.at("artifactLocation").at("uriBaseId") == "%SRCROOT%");
  CHECK(place.at("region") ==
        json::parse(R"({"startLine": 3, "startColumn": 7, "endLine": 3, "endColumn": 9})"));
  CHECK(location.at("logicalLocations").at(0).at("fullyQualifiedName") == "/count");
  CHECK(results[1].at("ruleIndex") == 1);
  CHECK(results[1].at("level") == "warning");
  const json::value& other = results[1].at("locations").at(0).at("physicalLocation");
  CHECK(other.at("artifactLocation") ==
        json::object{{"uri", "file://" + kDriveInUri + "/elsewhere/c%3Ad,e.json"}});
  CHECK(results[2].at("ruleIndex") == 0);
  CHECK(results[2].at("level") == "note");
  CHECK_FALSE(results[2].as_object().contains("locations"));
}

TEST_CASE("SARIF's root ends with one slash, the root of a disk too") {
  for (const std::string root : {"/", "/p/", "/p"}) {
    const json::value report = json::parse(write_sarif({}, {"1.2.3", kDrive + root}));
    const json::value& said = report.at("runs").at(0).at("originalUriBaseIds").at("%SRCROOT%");
    CHECK(said.at("uri") == json::value("file://" + kDriveInUri + (root == "/" ? "/" : "/p/")));
  }
}

TEST_CASE("SARIF of nothing is a run without results") {
  const json::value report = json::parse(write_sarif({}, {"1.2.3", ""}));
  CHECK(report.at("runs").at(0).at("results").as_array().empty());
  CHECK_FALSE(report.at("runs").at(0).as_object().contains("originalUriBaseIds"));
}

TEST_CASE("annotations of GitHub are a line each, with what has a meaning there escaped") {
  CHECK(write_github_annotations(findings(), {"1.2.3", kDrive + "/p"}) ==
        "::error file=a b/é.json,line=3,endLine=3,col=7,endColumn=9,title=schema.type::"
        "count is a text, 50%25 of it (a number%0Aof things)\n"
        "::warning file=" +
            kDriveEscaped +
            "/elsewhere/c%3Ad%2Ce.json,title=json.duplicate_key::twice\n"
            "::notice title=schema.type::no file\n");
}

TEST_CASE("a path beside the root that begins with its name does not lie beneath it") {
  Finding beside = finding("schema.type", Severity::error, "x");
  beside.at(kDrive + "/project/a.json");
  const std::vector<Finding> one{beside};
  CHECK(write_github_annotations(one, {"1", kDrive + "/p"}) ==
        "::error file=" + kDriveEscaped + "/project/a.json,title=schema.type::x\n");
}
