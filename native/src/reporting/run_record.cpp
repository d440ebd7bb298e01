#include "reporting/run_record.h"

#include "core/document.h"
#include "core/hash.h"

namespace ratchet {
namespace {

json::object run_part(const RunResult& result, UtcTime written_at,
                      const std::optional<std::string>& instance_id) {
  json::object part{{"run_id", result.run_id},
                    {"pattern_id", result.pattern_id},
                    {"pattern_version", result.pattern_version}};
  if (instance_id) part.emplace("instance_id", *instance_id);
  part.emplace("engine_version", RATCHET_VERSION);
  part.emplace("started_at", result.started_at);
  part.emplace("recorded_at", rfc3339(written_at));
  if (result.plan_sha256) part.emplace("plan_sha256", *result.plan_sha256);
  part.emplace("steps", to_json(result.steps));
  part.emplace("outputs", result.outputs);
  part.emplace("changes", to_json(result.changes));
  return part;
}

}  // namespace

json::object record_statement(const RunResult& result, std::span<const PlanEntry> plan,
                              UtcTime written_at, const std::optional<std::string>& instance_id) {
  json::array subjects;
  subjects.reserve(plan.size());
  for (const PlanEntry& entry : plan) {
    if (!entry.post_sha256) continue;
    subjects.push_back(json::object{{"name", entry.path},
                                    {"digest", json::object{{"sha256", *entry.post_sha256}}}});
  }
  json::array passed;
  json::array warned;
  for (const StepResult& step : result.steps) {
    (step.findings.empty() ? passed : warned).emplace_back(step.id);
  }
  json::object predicate{{"result", warned.empty() ? "PASSED" : "WARNED"},
                         {"configuration", json::array()},
                         {"passedTests", std::move(passed)},
                         {"warnedTests", std::move(warned)},
                         {"failedTests", json::array()},
                         {"ratchet", run_part(result, written_at, instance_id)}};
  return {{"_type", "https://in-toto.io/Statement/v1"},
          {"subject", std::move(subjects)},
          {"predicateType", "https://in-toto.io/attestation/test-result/v0.1"},
          {"predicate", std::move(predicate)}};
}

}  // namespace ratchet
