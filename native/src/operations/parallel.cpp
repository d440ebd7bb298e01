#include <algorithm>

#include "core/text.h"
#include "operations/operation_row.h"
#include "operations/parallel_types.h"
#include "operations/rows.h"

namespace ratchet {
namespace {

std::int64_t retries_of(std::int64_t own, const RunSettings& settings) {
  return own < 0 ? settings.retries : own;
}

ParallelResult run(const ParallelRunRequest& request, OperationContext& context) {
  const CommandDefaults defaults = defaults_of(request, context);
  std::vector<Action> actions;
  actions.reserve(request.actions.size());
  for (const ActionRequest& wanted : request.actions) {
    const std::size_t number = actions.size() + 1;
    Action action =
        action_of(wanted, wanted.name.value_or(std::to_string(number)), number, defaults, context);
    action.needs = wanted.needs;
    action.pool = wanted.pool.value_or("");
    action.retries = retries_of(wanted.retries, request);
    if (wanted.expected_seconds)
      action.expected = milliseconds_of(*wanted.expected_seconds, "expected_seconds");
    actions.push_back(std::move(action));
  }
  RunOutcome outcome = run_actions(actions, request, context);
  ParallelResult result;
  result.run_id = std::move(outcome.run_id);
  result.passed = std::count_if(outcome.records.begin(), outcome.records.end(),
                                [](const ActionRecord& record) { return record.success; });
  result.not_passed = static_cast<std::int64_t>(outcome.records.size()) - result.passed;
  result.all_passed = result.not_passed == 0;
  result.duration_ms = outcome.duration_ms;
  result.actions = std::move(outcome.records);
  result.errors = std::move(outcome.errors);
  result.errors_left_out = outcome.errors_left_out;
  return result;
}

/// Counts a check by what became of it. One that was skipped or cancelled is not decided.
void count(const CheckRecord& check, ParallelCheckResult& result) {
  const ActionState state = check.outcome.state;
  const bool is_undecided = state == ActionState::skipped || state == ActionState::cancelled;
  const bool is_warning = check.severity == CheckSeverity::warning;
  if (check.outcome.success) {
    ++result.passed;
  } else if (is_undecided) {
    ++result.skipped;
  } else if (is_warning) {
    ++result.warnings;
  } else {
    ++result.failed;
  }
  if (check.outcome.success || is_warning) return;
  result.all_passed = false;
  if (check.severity == CheckSeverity::critical && !is_undecided) result.critical_failed = true;
}

ParallelCheckResult check(const ParallelCheckRequest& request, OperationContext& context) {
  const CommandDefaults defaults = defaults_of(request, context);
  std::vector<Action> actions;
  actions.reserve(request.checks.size());
  for (const CheckRequest& wanted : request.checks) {
    Action action = action_of(wanted.check, wanted.id, actions.size() + 1, defaults, context);
    action.needs = wanted.needs;
    action.pool = wanted.pool.value_or("");
    action.retries = retries_of(wanted.retries, request);
    action.blocks = wanted.severity != CheckSeverity::warning;
    actions.push_back(std::move(action));
  }
  RunOutcome outcome = run_actions(actions, request, context);
  ParallelCheckResult result;
  result.run_id = std::move(outcome.run_id);
  result.all_passed = true;
  result.duration_ms = outcome.duration_ms;
  for (std::size_t i = 0; i < request.checks.size(); ++i) {
    const CheckRequest& wanted = request.checks[i];
    result.checks.push_back({wanted.id, wanted.name.value_or(wanted.id), wanted.severity,
                             std::move(outcome.records[i])});
    count(result.checks.back(), result);
  }
  result.errors = std::move(outcome.errors);
  result.errors_left_out = outcome.errors_left_out;
  return result;
}

ReportResult report(const ReportRequest& request, OperationContext& context) {
  TaskResult result;
  result.passed = request.passed;
  result.exit_code = request.passed ? kExitDone : kExitVerdictInvalid;
  if (request.result) result.value = *request.result;
  if (!request.passed && request.message) result.error = Error("action.failed", *request.message);
  context.host_desk.answer(request.run_id, request.name, request.attempt, std::move(result));
  return {};
}

}  // namespace

Operation rows::parallel_check() {
  return operation<ParallelCheckRequest, ParallelCheckResult, check>(
      "parallel.check", "Runs checks at once and says whether all holds.", "0.1.0");
}

Operation rows::parallel_report() {
  return operation<ReportRequest, ReportResult, report>(
      "parallel.report", "Hands in what the caller did for an action of his own run.", "0.1.0");
}

Operation rows::parallel_run() {
  return operation<ParallelRunRequest, ParallelResult, run>(
      "parallel.run", "Runs programs and operations at once, in the order of their needs.",
      "0.1.0");
}

}  // namespace ratchet
