#include "core/finding.h"

#include <doctest/doctest.h>

using namespace ratchet;

namespace {

std::vector<Finding> findings_of(std::initializer_list<Severity> severities) {
  std::vector<Finding> findings;
  for (const Severity severity : severities) {
    findings.push_back(make_finding("schema.type", severity,
                                    "finding " + std::to_string(findings.size()), "schema"));
  }
  return findings;
}

constexpr auto kError = Severity::error;
constexpr auto kWarning = Severity::warning;

}  // namespace

TEST_CASE("a finding has the place that it is given, or none") {
  Finding finding = make_finding("schema.type", kWarning, "a text is needed", "schema");
  CHECK(finding.code == "schema.type");
  CHECK(finding.severity == kWarning);
  CHECK(finding.source == "schema");
  CHECK_FALSE(finding.path.has_value());

  finding.at("a.json");
  CHECK(finding.path == "a.json");
  CHECK_FALSE(finding.line.has_value());

  finding.at("b.json", {4, 2, 31});
  CHECK(finding.path == "b.json");
  CHECK(finding.line == 4);
  CHECK(finding.column == 2);
  CHECK(finding.byte_offset == 31);
}

TEST_CASE("findings up to the limit stay as they are") {
  auto findings = findings_of({kError, kError, kError});
  cap_findings(findings, 3);
  CHECK(findings.size() == 3);
  CHECK(findings.back().code == "schema.type");
  cap_findings(findings, 0);
  CHECK(findings.size() == 3);
}

TEST_CASE("findings above the limit are counted in the last one") {
  auto findings = findings_of({kError, kError, kError, kError, kError});
  cap_findings(findings, 3);
  REQUIRE(findings.size() == 3);
  CHECK(findings[1].message == "finding 1");
  CHECK(findings[2].code == "findings.truncated");
  CHECK(findings[2].message == "3 more findings are not listed");
}

TEST_CASE("the count of left out findings is as bad as the worst of them") {
  auto warnings = findings_of({kError, kWarning, kWarning});
  cap_findings(warnings, 2);
  CHECK(warnings.back().severity == kWarning);
  auto errors = findings_of({kWarning, kWarning, kError});
  cap_findings(errors, 1);
  REQUIRE(errors.size() == 1);
  CHECK(errors.back().severity == kError);
}

TEST_CASE("warnings alone are no errors") {
  CHECK_FALSE(has_errors({}));
  CHECK_FALSE(has_errors(findings_of({kWarning, Severity::info})));
  CHECK(has_errors(findings_of({kWarning, kError})));
}
