// From a staged transaction to a kept one: plan, approval, apply, keep.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/cancel.h"
#include "executors/environment.h"
#include "reporting/run_result.h"
#include "transactions/transaction.h"

namespace ratchet {

struct CommitOptions {
  Durability durability = Durability::batch;
  bool dry_run = false;
  std::optional<std::string> expect_plan;
  /// The name under which `.ratchet/runs/` lists it; absent: nothing is kept to undo it with.
  std::optional<std::string> run_name;
};

struct CommitResult {
  std::string id;
  bool success = false;  ///< kept, or planned as asked
  RunStatus status = RunStatus::refused;
  bool dry_run = false;
  std::optional<std::string> plan_sha256;
  std::int64_t operations_applied = 0;
  Changes changes;
  std::vector<std::string> hard_linked;
  std::vector<ErrorRecord> errors;
  std::optional<std::vector<PlanEntry>> plan;
  std::optional<std::string> diff;
};

/// Runs `work`, which commits, and puts what it throws into the result: a refusal before the first
/// write, a failure after which all is undone, or a cancel.
[[nodiscard]] CommitResult commit_result(const std::function<void(CommitResult& result)>& work);

/// Fills in the plan, and commits unless it is a dry run: then the transaction is as before. Throws
/// Error: plan.changed, and those of Transaction::apply() and Applied::keep().
void commit(Transaction& transaction, const CommitOptions& options, const Environment& environment,
            const Cancellation& cancellation, CommitResult& result);

template <>
struct Record<CommitResult> {
  using R = CommitResult;
  static constexpr std::string_view name = "CommitResult";
  static constexpr std::string_view sentence = "What came of a transaction.";
  static constexpr auto fields = std::make_tuple(
      field("id", &R::id, "Of the transaction."),
      field("success", &R::success, "All is kept; or, for a dry run, could be."),
      field("status", &R::status, "How it ended."),
      field("dry_run", &R::dry_run, "True when nothing was to be written."),
      field("plan_sha256", &R::plan_sha256,
            "Names the plan: give it as expect_plan to approve it."),
      field("operations_applied", &R::operations_applied, "Entries that were applied and kept."),
      field("changes", &R::changes, "What was changed and kept."),
      field("hard_linked", &R::hard_linked,
            "Changed files that had other names too: those keep the old content."),
      field("errors", &R::errors, "Why it did not succeed; the first decides the exit code."),
      field("plan", &R::plan, "Dry runs: each path, in order."),
      field("diff", &R::diff, "Dry runs: the change as a unified diff."));
};

}  // namespace ratchet
