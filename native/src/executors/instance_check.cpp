#include "executors/instance_check.h"

#include "core/text.h"

namespace ratchet {
namespace {

void add_schema_findings(const Instance& instance, const Schema& schema, const Limits& limits,
                         std::vector<Finding>& findings) {
  for (Finding& finding :
       instance.findings_of(schema.validate(instance.values(), "the instance"), "", limits)) {
    findings.push_back(std::move(finding));
  }
}

}  // namespace

std::vector<Finding> check_instance(const Instance& instance, const Pattern& pattern,
                                    const Limits& limits) {
  std::vector<Finding> findings = instance.findings();
  const std::string named = instance.text("pattern_id").value_or(pattern.id);
  if (named != pattern.id && named != pattern.name) {
    Finding finding = make_finding(
        "instance.invalid", Severity::error,
        "pattern_id is " + in_quotes(named) + ", and " + in_quotes(pattern.id) + " is to be run",
        "instance");
    finding.hint = "run the pattern that the instance is for, or correct its pattern_id";
    instance.locate(finding, "/pattern_id", false);
    findings.push_back(std::move(finding));
  }
  add_schema_findings(instance, Schema::compile(pattern.instance_schema, limits), limits, findings);
  return findings;
}

std::vector<Finding> check_instance(const Instance& instance, const Schema& schema,
                                    const Limits& limits) {
  std::vector<Finding> findings = instance.findings();
  add_schema_findings(instance, schema, limits, findings);
  return findings;
}

std::vector<Finding> missing_fields(const Instance& instance, std::span<const std::string> fields) {
  std::vector<Finding> findings;
  for (const std::string& name : fields) {
    if (instance.values().contains(name)) continue;
    Finding finding =
        make_finding("schema.required", Severity::error,
                     "the key " + in_quotes(name) + " is required and missing", "instance");
    finding.keyword = "required";
    instance.locate(finding, "", false);
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace ratchet
