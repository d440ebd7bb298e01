// transaction.begin, add, commit, rollback, apply, show.
#include "core/text.h"
#include "core/ulid.h"
#include "executors/change_plan.h"
#include "operations/operation_row.h"
#include "operations/project_root.h"
#include "operations/rows.h"
#include "operations/transaction_types.h"

namespace ratchet {
namespace {

Transaction begin(const std::filesystem::path& root, std::string id, bool detached,
                  OperationContext& context) {
  const Environment& environment = context.environment;
  return Transaction::begin(
      environment.files, environment.clock, environment.random, root,
      {.id = std::move(id), .detached = detached, .parent_mark = environment.parent_mark},
      environment.limits);
}

Transaction resume(const std::filesystem::path& root, const std::string& id,
                   OperationContext& context) {
  const Environment& environment = context.environment;
  try {
    return Transaction::resume(environment.files, environment.clock, environment.random, root,
                               {.id = id, .parent_mark = environment.parent_mark},
                               environment.limits);
  } catch (Error& error) {
    const bool is_unknown = error.code().name() == Code("transaction.unknown").name();
    if (is_unknown && is_kept_run(root, id, context)) {
      throw Error("transaction.state",
                  "transaction " + in_quotes(std::string_view(id)) + " was kept already")
          .hint("ratchet undo " + id + " takes it back");
    }
    throw;
  }
}

/// Does something with an open transaction, wherever it is.
void with_transaction(const std::filesystem::path& root, const std::string& id,
                      OperationContext& context, const std::function<void(Transaction&)>& work) {
  if (context.transactions.use(root.string(), id, work)) return;
  Transaction transaction = resume(root, id, context);
  try {
    work(transaction);
  } catch (const Error&) {
    std::move(transaction).suspend();
    throw;
  }
  std::move(transaction).suspend();
}

TransactionInfo info_of(Transaction& transaction, const std::filesystem::path& root,
                        bool detached) {
  TransactionInfo info;
  info.id = transaction.id();
  info.project_root = root.string();
  info.detached = detached;
  info.operations = plan_of(transaction.entries());
  info.hard_linked = transaction.hard_linked();
  info.plan_sha256 = plan_sha256(info.operations);
  return info;
}

TransactionInfo begin(const TransactionBeginRequest& request, OperationContext& context) {
  const std::filesystem::path root = project_root(request.project_root, context);
  const std::string id =
      request.id.value_or(new_ulid(context.environment.clock, context.environment.random));
  Transaction transaction = begin(root, id, request.detached, context);
  TransactionInfo info = info_of(transaction, root, request.detached);
  if (request.detached) {
    std::move(transaction).suspend();
  } else {
    context.transactions.add(root.string(), std::move(transaction));
  }
  return info;
}

TransactionInfo add(const TransactionAddRequest& request, OperationContext& context) {
  const std::filesystem::path root = project_root(request.project_root, context);
  TransactionInfo info;
  with_transaction(root, request.id, context, [&](Transaction& transaction) {
    add_changes(transaction, request.operations, context.environment.files,
                context.environment.limits);
    info = info_of(transaction, root, transaction.detached());
  });
  return info;
}

TransactionInfo show(const TransactionRequest& request, OperationContext& context) {
  const std::filesystem::path root = project_root(request.project_root, context);
  TransactionInfo info;
  with_transaction(root, request.id, context, [&](Transaction& transaction) {
    info = info_of(transaction, root, transaction.detached());
    info.diff = diff_of(transaction, context.environment.limits);
  });
  return info;
}

/// Of a commit or an apply, which take the same.
template <class Request>
CommitOptions options_of(const Request& request) {
  CommitOptions options{.durability = request.durability,
                        .dry_run = request.dry_run,
                        .expect_plan = request.expect_plan,
                        .run_name = {}};
  if (request.keep_backups) options.run_name = "";
  return options;
}

CommitResult commit(const TransactionCommitRequest& request, OperationContext& context) {
  const std::filesystem::path root = project_root(request.project_root, context);
  const CommitOptions options = options_of(request);
  const auto work = [&](Transaction& transaction, CommitResult& result) {
    commit(transaction, options, context.environment, context.cancellation, result);
  };
  if (request.dry_run) {
    CommitResult planned;
    with_transaction(root, request.id, context, [&](Transaction& transaction) {
      planned = commit_result([&](CommitResult& result) { work(transaction, result); });
    });
    return planned;
  }
  std::unique_ptr<Transaction> held = context.transactions.take(root.string(), request.id);
  if (!held) held = std::make_unique<Transaction>(resume(root, request.id, context));
  CommitResult done = commit_result([&](CommitResult& result) { work(*held, result); });
  // One that was refused before it was applied, as for a changed plan, is still there.
  if (done.success || held->is_used_up()) return done;
  if (held->detached()) {
    std::move(*held).suspend();
  } else {
    context.transactions.add(root.string(), std::move(*held));
  }
  return done;
}

RollbackResult roll_back(const TransactionRequest& request, OperationContext& context) {
  const std::filesystem::path root = project_root(request.project_root, context);
  std::unique_ptr<Transaction> held = context.transactions.take(root.string(), request.id);
  if (!held) held = std::make_unique<Transaction>(resume(root, request.id, context));
  RollbackResult result;
  result.id = request.id;
  result.operations_reverted = static_cast<std::int64_t>(held->entries().size());
  std::move(*held).roll_back();
  result.success = true;
  return result;
}

CommitResult apply(const TransactionApplyRequest& request, OperationContext& context) {
  const std::filesystem::path root = project_root(request.project_root, context);
  const CommitOptions options = options_of(request);
  Transaction transaction =
      begin(root, new_ulid(context.environment.clock, context.environment.random), false, context);
  CommitResult done = commit_result([&](CommitResult& result) {
    result.id = transaction.id();
    result.dry_run = request.dry_run;
    add_changes(transaction, request.operations, context.environment.files,
                context.environment.limits);
    commit(transaction, options, context.environment, context.cancellation, result);
  });
  return done;
}

}  // namespace

Operation rows::transaction_begin() {
  return operation<TransactionBeginRequest, TransactionInfo, begin>(
      "transaction.begin", "Begins a transaction: many changes of files, whole or not at all.",
      "0.1.0");
}

Operation rows::transaction_add() {
  return operation<TransactionAddRequest, TransactionInfo, add>(
      "transaction.add", "Stages changes of files; nothing of them is visible.", "0.1.0");
}

Operation rows::transaction_show() {
  return operation<TransactionRequest, TransactionInfo, show>(
      "transaction.show", "Shows an open transaction with its diff.", "0.1.0");
}

Operation rows::transaction_commit() {
  return operation<TransactionCommitRequest, CommitResult, commit>(
      "transaction.commit", "Makes all changes of a transaction visible and keeps them.", "0.1.0");
}

Operation rows::transaction_rollback() {
  return operation<TransactionRequest, RollbackResult, roll_back>(
      "transaction.rollback", "Gives an open transaction up; nothing of it is left.", "0.1.0");
}

Operation rows::transaction_apply() {
  return operation<TransactionApplyRequest, CommitResult, apply>(
      "transaction.apply", "Changes many files in one call, whole or not at all.", "0.1.0");
}

}  // namespace ratchet
