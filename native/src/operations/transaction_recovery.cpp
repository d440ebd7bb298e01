// transaction.list and recover, run.list and undo: what is left of earlier work.
#include "core/text.h"
#include "executors/run_undo.h"
#include "operations/operation_row.h"
#include "operations/project_root.h"
#include "operations/rows.h"
#include "operations/transaction_types.h"
#include "transactions/root_lock.h"

namespace ratchet {
namespace {

/// `.ratchet` of the project's home; nothing where there is none, and then nothing is made.
std::optional<StateFolder> find_state(const Home& home, OperationContext& context) {
  return StateFolder::find(context.environment.files, home.path, context.environment.random);
}

Home home_of(const std::string& project_root_text, OperationContext& context) {
  return find_home(context.environment.files, project_root(project_root_text, context));
}

TransactionSummary summary_of(StateFolder& state, const std::string& id) {
  TxFolder tx = TxFolder::open(state, id);
  TransactionSummary row;
  row.id = id;
  row.touched_at = rfc3339(UtcTime(std::chrono::milliseconds(tx.touched_ms())));
  row.detached = tx.folder().status(TxFolder::kLog).has_value();
  const bool held = tx.is_held();
  if (held) row.holder = tx.lock_note();
  switch (tx.stage()) {
    case TxStage::staged:
      row.state = held || row.detached ? TransactionState::open : TransactionState::abandoned;
      break;
    case TxStage::pending:
      row.state = held ? TransactionState::open : TransactionState::interrupted;
      break;
    case TxStage::kept:
    case TxStage::undone:
      row.state = TransactionState::ended;
      break;
  }
  return row;
}

TransactionList list(const ProjectRequest& request, OperationContext& context) {
  TransactionList result;
  auto state = find_state(home_of(request.project_root, context), context);
  if (!state) return result;
  for (const std::string& id : TxFolder::list(*state)) {
    try {
      result.transactions.push_back(summary_of(*state, id));
    } catch (const Error& error) {
      // It ended while we looked.
      const bool is_gone = error.category() == Category::not_found;
      if (!is_gone) throw;
    }
  }
  return result;
}

RecoveredRecord record_of(const Recovered& recovered) {
  RecoveredRecord record;
  record.id = recovered.id;
  record.outcome = recovered.outcome;
  record.conflicts = recovered.conflicts;
  record.filled = recovered.filled;
  record.kept = recovered.kept;
  if (recovered.error) record.error = ratchet::record_of(*recovered.error);
  return record;
}

RecoverResult recover(const RecoverRequest& request, OperationContext& context) {
  if (!request.id && request.direction != RecoveryWay::automatic) {
    throw Error("request.constraint", "a direction is chosen for one transaction: name its id");
  }
  RecoverResult result;
  const Home home = home_of(request.project_root, context);
  auto state = find_state(home, context);
  if (!state) {
    if (request.id) throw unknown_transaction(*request.id);
    return result;
  }
  const Environment& environment = context.environment;
  const auto lock =
      lock_root(*state, environment.clock, environment.random,
                std::chrono::milliseconds(environment.limits.lock_wait_ms), context.cancellation);
  const RecoveryPlace place{environment.files, environment.clock, home, *state};
  std::vector<Recovered> all;
  if (!request.id) {
    all = recover_all(place, request.direction, "");
  } else if (auto one = recover_one(place, *request.id, request.direction)) {
    all.push_back(std::move(*one));
  }
  for (const Recovered& recovered : all) {
    result.recovered.push_back(record_of(recovered));
    if (recovered.error) result.errors.push_back(ratchet::record_of(*recovered.error));
  }
  state->prune_quietly(lock.get());
  return result;
}

RunList list_runs(const ProjectRequest& request, OperationContext& context) {
  RunList result;
  auto state = find_state(home_of(request.project_root, context), context);
  if (state) result.runs = RunFolder::list(*state);
  return result;
}

CommitResult undo(const RunUndoRequest& request, OperationContext& context) {
  const std::filesystem::path root = project_root(request.project_root, context);
  const CommitOptions options{.durability = request.durability,
                              .dry_run = request.dry_run,
                              .expect_plan = request.expect_plan,
                              .run_name = "undo of " + request.run_id};
  return commit_result([&](CommitResult& result) {
    undo_run(root, request.run_id, options, context.environment, context.cancellation, result);
  });
}

}  // namespace

Operation rows::transaction_list() {
  return operation<ProjectRequest, TransactionList, list>(
      "transaction.list", "Lists the transactions of a project that have not ended.", "0.1.0");
}

Operation rows::transaction_recover() {
  return operation<RecoverRequest, RecoverResult, recover>(
      "transaction.recover", "Ends transactions whose process died, one way or the other.",
      "0.1.0");
}

Operation rows::run_list() {
  return operation<ProjectRequest, RunList, list_runs>(
      "run.list", "Lists the runs of a project that can still be looked at or undone.", "0.1.0");
}

Operation rows::run_undo() {
  return operation<RunUndoRequest, CommitResult, undo>(
      "run.undo", "Takes a kept run back, while every file is as the run left it.", "0.1.0");
}

}  // namespace ratchet
