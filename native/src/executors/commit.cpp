#include "executors/commit.h"

#include "core/records.h"
#include "executors/change_plan.h"
#include "executors/configuration.h"

namespace ratchet {
namespace {

/// Whether an error can only come after the first rename. Everything else left the tree untouched.
bool was_writing(const Error& error) {
  return error.category() == Category::check_failed || error.category() == Category::io ||
         error.code().name() == Code("transaction.undo_incomplete").name();
}

}  // namespace

CommitResult commit_result(const std::function<void(CommitResult& result)>& work) {
  CommitResult result;
  try {
    work(result);
    result.success = true;
  } catch (const Error& error) {
    result.errors.push_back(record_of(error));
    result.changes = {};
    result.operations_applied = 0;
    result.status = was_writing(error) ? RunStatus::failed : RunStatus::refused;
    if (error.category() == Category::cancelled) result.status = RunStatus::cancelled;
  }
  return result;
}

void commit(Transaction& transaction, const CommitOptions& options, const Environment& environment,
            const Cancellation& cancellation, CommitResult& result) {
  result.id = transaction.id();
  result.dry_run = options.dry_run;
  result.hard_linked = transaction.hard_linked();
  std::vector<PlanEntry> plan = plan_of(transaction.entries());
  result.plan_sha256 = plan_sha256(plan);
  if (options.dry_run) {
    result.plan = std::move(plan);
    result.diff = diff_of(transaction, environment.limits);
    result.status = RunStatus::planned;
  }
  require_plan(options.expect_plan, *result.plan_sha256);
  if (options.dry_run) return;
  const Configuration configuration =
      load_configuration(environment.files, transaction.home(), environment.limits);
  transaction.set_durability(options.durability);
  Applied applied = std::move(transaction).apply(cancellation);
  applied.verify();
  const auto count = static_cast<std::int64_t>(applied.entries().size());
  if (options.run_name) {
    RunSummary summary;
    summary.kept_at = rfc3339(environment.clock.utc());
    summary.pattern = *options.run_name;
    applied.save_run(summary, std::nullopt, configuration.retention);
  }
  result.changes = std::move(applied).keep();
  result.operations_applied = count;
  result.status = RunStatus::succeeded;
}

}  // namespace ratchet
