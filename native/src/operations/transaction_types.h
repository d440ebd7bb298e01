// Requests and results of the transaction.* and run.* operations. For sources of this room only.
#pragma once

#include "core/records.h"
#include "executors/commit.h"
#include "executors/file_changes.h"
#include "executors/run_request.h"
#include "transactions/records.h"
#include "transactions/recovery.h"

namespace ratchet {

struct TransactionBeginRequest {
  std::string project_root;
  std::optional<std::string> id;
  bool detached = false;
};

struct TransactionAddRequest {
  std::string project_root;
  std::string id;
  std::vector<FileChangeRequest> operations;
};

struct TransactionRequest {
  std::string project_root;
  std::string id;
};

struct TransactionCommitRequest : TransactionRequest {
  Durability durability = Durability::batch;
  bool keep_backups = false;
  bool dry_run = false;
  std::optional<std::string> expect_plan;
};

struct TransactionApplyRequest {
  std::string project_root;
  std::vector<FileChangeRequest> operations;
  Durability durability = Durability::batch;
  bool keep_backups = false;
  bool dry_run = false;
  std::optional<std::string> expect_plan;
};

enum class TransactionState { open, interrupted, abandoned, ended };

struct TransactionInfo {
  std::string id;
  std::string project_root;
  TransactionState state = TransactionState::open;
  bool detached = false;
  std::vector<PlanEntry> operations;
  std::vector<std::string> hard_linked;
  std::optional<std::string> plan_sha256;
  std::optional<std::string> diff;
};

struct TransactionSummary {
  std::string id;
  TransactionState state = TransactionState::open;
  bool detached = false;
  std::string touched_at;
  std::optional<std::string> holder;
};

struct ProjectRequest {
  std::string project_root;
};

struct TransactionList {
  std::vector<TransactionSummary> transactions;
};

struct RollbackResult {
  std::string id;
  bool success = false;
  std::int64_t operations_reverted = 0;
};

struct RecoverRequest {
  std::string project_root;
  std::optional<std::string> id;
  RecoveryWay direction = RecoveryWay::automatic;
};

struct RecoveredRecord {
  std::string id;
  std::string outcome;
  std::vector<std::string> conflicts;
  std::vector<std::string> filled;
  std::vector<std::string> kept;
  std::optional<ErrorRecord> error;
};

struct RecoverResult {
  std::vector<RecoveredRecord> recovered;
  std::vector<ErrorRecord> errors;
};

struct RunList {
  std::vector<RunSummary> runs;
};

struct RunUndoRequest {
  std::string project_root;
  std::string run_id;
  Durability durability = Durability::batch;
  bool dry_run = false;
  std::optional<std::string> expect_plan;
};

template <>
struct Choice<FileOperationKind> {
  static constexpr std::string_view name = "FileOperationKind";
  static constexpr auto values = std::to_array<ChoiceValue<FileOperationKind>>({
      {FileOperationKind::create, "create", "A new file where nothing stands."},
      {FileOperationKind::update, "update", "An existing file's new content."},
      {FileOperationKind::write, "write", "create or update, whichever fits."},
      {FileOperationKind::remove, "delete", "A file, a link, or a folder with all beneath it."},
      {FileOperationKind::move, "move", "A file, a link or a folder gets another path."},
      {FileOperationKind::make_folder, "make_folder", "A new folder where nothing stands."},
      {FileOperationKind::remove_folder, "remove_folder", "An empty folder."},
  });
};

template <>
struct Choice<RecoveryWay> {
  static constexpr std::string_view name = "RecoveryWay";
  static constexpr auto values = std::to_array<ChoiceValue<RecoveryWay>>({
      {RecoveryWay::automatic, "automatic", "Back, where nobody else has changed anything since."},
      {RecoveryWay::back, "back", "Back, what somebody else changed moved to .ratchet/kept/."},
      {RecoveryWay::forward, "forward", "All of it is made visible and kept."},
      {RecoveryWay::forget, "forget",
       "The tree stays; the transaction is moved to .ratchet/kept/."},
  });
};

template <>
struct Choice<TransactionState> {
  static constexpr std::string_view name = "TransactionState";
  static constexpr auto values = std::to_array<ChoiceValue<TransactionState>>({
      {TransactionState::open, "open", "Staged; nothing of it is visible."},
      {TransactionState::interrupted, "interrupted", "Its process ended while it was visible."},
      {TransactionState::abandoned, "abandoned", "Its process ended before it was applied."},
      {TransactionState::ended, "ended", "Only tidying up is left."},
  });
};

template <>
struct Record<FileChangeRequest> {
  using R = FileChangeRequest;
  static constexpr std::string_view name = "FileOperation";
  static constexpr std::string_view sentence = "What is to become of one path.";
  static constexpr auto fields = std::make_tuple(
      field("operation", &R::operation, "What happens.").required(),
      field("path", &R::path, "Relative to the project root, with /.").required().not_empty(),
      field("content", &R::content, "The file's text, in UTF-8."),
      field("content_base64", &R::content_base64, "The file's bytes instead, in base64."),
      field("content_path", &R::content_path, "An absolute path to read the bytes from instead."),
      field("to", &R::to, "Of a move: the new path."),
      field("expected_sha256", &R::expected_sha256,
            "Refuse unless the file before has this SHA-256."),
      field("mode", &R::mode,
            "Permission bits in octal; a new file follows the umask, an old one keeps its own."),
      field("follow_link", &R::follow_link,
            "Change the file that a link leads to, inside the project; else links are refused."));
};

template <>
struct Record<TransactionBeginRequest> {
  using R = TransactionBeginRequest;
  static constexpr std::string_view name = "TransactionBeginRequest";
  static constexpr std::string_view sentence = "Where a transaction is to happen.";
  static constexpr auto fields = std::make_tuple(
      field("project_root", &R::project_root, "Absolute.").required().not_empty(),
      field("id", &R::id, "1 to 64 letters, digits, _ and -; a new ULID when absent."),
      field("detached", &R::detached,
            "It outlives this process: any other may add, commit or roll back by its id."));
};

template <>
struct Record<TransactionAddRequest> {
  using R = TransactionAddRequest;
  static constexpr std::string_view name = "TransactionAddRequest";
  static constexpr std::string_view sentence = "Operations for an open transaction.";
  static constexpr auto fields =
      std::make_tuple(field("project_root", &R::project_root, "Absolute.").required().not_empty(),
                      field("id", &R::id, "Of the transaction.").required(),
                      field("operations", &R::operations,
                            "In order; each sees the tree as those before it leave it.")
                          .required());
};

template <>
struct Record<TransactionRequest> {
  using R = TransactionRequest;
  static constexpr std::string_view name = "TransactionRequest";
  static constexpr std::string_view sentence = "Which transaction.";
  static constexpr auto fields =
      std::make_tuple(field("project_root", &R::project_root, "Absolute.").required().not_empty(),
                      field("id", &R::id, "Of the transaction.").required());
};

template <>
struct Record<TransactionCommitRequest> {
  using R = TransactionCommitRequest;
  static constexpr std::string_view name = "TransactionCommitRequest";
  static constexpr std::string_view sentence = "Which transaction, and how it is to be kept.";
  static constexpr auto fields = std::make_tuple(
      field("project_root", &R::project_root, "Absolute.").required().not_empty(),
      field("id", &R::id, "Of the transaction.").required(),
      field("durability", &R::durability, "What survives a loss of power."),
      field("keep_backups", &R::keep_backups, "So that run.undo can take it back later."),
      field("dry_run", &R::dry_run, "Plan and show the diff; it stays open."),
      field("expect_plan", &R::expect_plan, "Refuse unless the plan has this plan_sha256."));
};

template <>
struct Record<TransactionApplyRequest> {
  using R = TransactionApplyRequest;
  static constexpr std::string_view name = "TransactionApplyRequest";
  static constexpr std::string_view sentence = "A transaction in one call.";
  static constexpr auto fields = std::make_tuple(
      field("project_root", &R::project_root, "Absolute.").required().not_empty(),
      field("operations", &R::operations,
            "In order; each sees the tree as those before it leave it.")
          .required(),
      field("durability", &R::durability, "What survives a loss of power."),
      field("keep_backups", &R::keep_backups, "So that run.undo can take it back later."),
      field("dry_run", &R::dry_run, "Plan and show the diff; write nothing."),
      field("expect_plan", &R::expect_plan, "Refuse unless the plan has this plan_sha256."));
};

template <>
struct Record<TransactionInfo> {
  using R = TransactionInfo;
  static constexpr std::string_view name = "TransactionInfo";
  static constexpr std::string_view sentence = "A transaction, and what it comes to so far.";
  static constexpr auto fields = std::make_tuple(
      field("id", &R::id, "To name it by."), field("project_root", &R::project_root, "Absolute."),
      field("state", &R::state, "How far it is."),
      field("detached", &R::detached, "It outlives the process that began it."),
      field("operations", &R::operations, "The net effect, one row a path."),
      field("hard_linked", &R::hard_linked,
            "Files to be changed that have other names too: those keep the old content."),
      field("plan_sha256", &R::plan_sha256, "Names the plan."),
      field("diff", &R::diff, "The change as a unified diff."));
};

template <>
struct Record<TransactionSummary> {
  using R = TransactionSummary;
  static constexpr std::string_view name = "TransactionSummary";
  static constexpr std::string_view sentence = "A transaction that is there.";
  static constexpr auto fields = std::make_tuple(
      field("id", &R::id, "To name it by."), field("state", &R::state, "How far it is."),
      field("detached", &R::detached, "It outlives the process that began it."),
      field("touched_at", &R::touched_at, "When something was last done with it; UTC, RFC 3339."),
      field("holder", &R::holder, "The process that works with it now."));
};

template <>
struct Record<ProjectRequest> {
  using R = ProjectRequest;
  static constexpr std::string_view name = "ProjectRequest";
  static constexpr std::string_view sentence = "Of which project.";
  static constexpr auto fields =
      std::make_tuple(field("project_root", &R::project_root, "Absolute.").required().not_empty());
};

template <>
struct Record<TransactionList> {
  static constexpr std::string_view name = "TransactionList";
  static constexpr std::string_view sentence = "Transactions that have not ended.";
  static constexpr auto fields =
      std::make_tuple(field("transactions", &TransactionList::transactions, "Sorted by id."));
};

template <>
struct Record<RollbackResult> {
  using R = RollbackResult;
  static constexpr std::string_view name = "RollbackResult";
  static constexpr std::string_view sentence = "A transaction was given up.";
  static constexpr auto fields = std::make_tuple(
      field("id", &R::id, "Of the transaction."), field("success", &R::success, "Always true."),
      field("operations_reverted", &R::operations_reverted, "Rows that it had come to."));
};

template <>
struct Record<RecoverRequest> {
  using R = RecoverRequest;
  static constexpr std::string_view name = "RecoverRequest";
  static constexpr std::string_view sentence = "What to recover, and which way.";
  static constexpr auto fields = std::make_tuple(
      field("project_root", &R::project_root, "Absolute.").required().not_empty(),
      field("id", &R::id, "One transaction; all when absent, and then only automatic."),
      field("direction", &R::direction, "How an interrupted transaction is ended."));
};

template <>
struct Record<RecoveredRecord> {
  using R = RecoveredRecord;
  static constexpr std::string_view name = "Recovered";
  static constexpr std::string_view sentence = "What became of one transaction.";
  static constexpr auto fields = std::make_tuple(
      field("id", &R::id, "Of the transaction."),
      field("outcome", &R::outcome,
            "undone, completed, kept, forgotten, removed; or blocked: see error."),
      field("conflicts", &R::conflicts, "Paths that somebody else has changed since."),
      field("filled", &R::filled, "Folders that stay, because somebody's files are in them."),
      field("kept", &R::kept, "Where content of somebody's lies now."),
      field("error", &R::error, "Why it is blocked."));
};

template <>
struct Record<RecoverResult> {
  using R = RecoverResult;
  static constexpr std::string_view name = "RecoverResult";
  static constexpr std::string_view sentence = "What was recovered.";
  static constexpr auto fields = std::make_tuple(
      field("recovered", &R::recovered, "By id; those of living processes are left."),
      field("errors", &R::errors, "Of those that are blocked."));
};

template <>
struct Record<RunList> {
  static constexpr std::string_view name = "RunList";
  static constexpr std::string_view sentence = "Runs that are kept.";
  static constexpr auto fields =
      std::make_tuple(field("runs", &RunList::runs, "The newest first."));
};

template <>
struct Record<RunUndoRequest> {
  using R = RunUndoRequest;
  static constexpr std::string_view name = "RunUndoRequest";
  static constexpr std::string_view sentence = "Which run is to be taken back.";
  static constexpr auto fields = std::make_tuple(
      field("project_root", &R::project_root, "Absolute; any folder of the project.")
          .required()
          .not_empty(),
      field("run_id", &R::run_id, "As run.list shows it.").required(),
      field("durability", &R::durability, "What survives a loss of power."),
      field("dry_run", &R::dry_run, "Plan and show the diff; write nothing."),
      field("expect_plan", &R::expect_plan, "Refuse unless the plan has this plan_sha256."));
};

}  // namespace ratchet
