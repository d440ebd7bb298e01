// What came of a run of a pattern: one model for results, records and reports.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/finding.h"
#include "core/json.h"
#include "core/records.h"
#include "transactions/transaction.h"

namespace ratchet {

enum class RunStatus {
  succeeded,
  failed,     ///< all was undone
  refused,    ///< before the first write
  cancelled,  ///< all was undone
  planned,    ///< dry run
};

enum class StepStatus { succeeded, failed, skipped };

struct StepResult {
  std::string id;
  std::string name;
  StepStatus status = StepStatus::skipped;
  std::int64_t duration_ms = 0;
  std::string message;
  std::vector<Finding> findings;
};

/// One file of a plan. Hashes are lower-case hexadecimal.
struct PlanEntry {
  std::string operation;  ///< create
  std::string path;       ///< relative to the project root, with `/`
  std::optional<std::string> from;
  std::optional<std::string> pre_sha256;
  std::optional<std::string> post_sha256;
  std::string mode;  ///< octal, `0644`
};

struct RecordReference {
  std::string path;  ///< relative to the project root
  std::string sha256;
};

struct RunResult {
  std::string run_id;
  std::string pattern_id;
  std::string pattern_version;
  RunStatus status = RunStatus::refused;
  std::string started_at;
  std::string ended_at;
  std::int64_t duration_ms = 0;
  bool dry_run = false;
  std::optional<std::string> plan_sha256;
  std::vector<StepResult> steps;
  json::object outputs;
  Changes changes;
  std::vector<ErrorRecord> errors;
  std::optional<RecordReference> record;
  std::optional<std::vector<PlanEntry>> plan;  ///< dry runs
  std::optional<std::string> diff;             ///< dry runs: unified
};

template <>
struct Choice<RunStatus> {
  static constexpr std::string_view name = "RunStatus";
  static constexpr auto values = std::to_array<ChoiceValue<RunStatus>>({
      {RunStatus::succeeded, "succeeded", "All is done and kept."},
      {RunStatus::failed, "failed", "All was undone."},
      {RunStatus::refused, "refused", "Nothing was written."},
      {RunStatus::cancelled, "cancelled", "The caller cancelled; all was undone."},
      {RunStatus::planned, "planned", "A dry run; nothing was written."},
  });
};

template <>
struct Choice<StepStatus> {
  static constexpr std::string_view name = "StepStatus";
  static constexpr auto values = std::to_array<ChoiceValue<StepStatus>>({
      {StepStatus::succeeded, "succeeded", "Done."},
      {StepStatus::failed, "failed", "Ended the run."},
      {StepStatus::skipped, "skipped", "Not reached, or not asked for."},
  });
};

template <>
struct Record<StepResult> {
  static constexpr std::string_view name = "StepResult";
  static constexpr std::string_view sentence = "A step of a run.";
  static constexpr auto fields =
      std::make_tuple(field("id", &StepResult::id, "As in the pattern's description."),
                      field("name", &StepResult::name, "For people."),
                      field("status", &StepResult::status, "How it ended."),
                      field("duration_ms", &StepResult::duration_ms, "Milliseconds."),
                      field("message", &StepResult::message, "One line on what it did."),
                      field("findings", &StepResult::findings, "What it found wrong."));
};

template <>
struct Record<PlanEntry> {
  static constexpr std::string_view name = "PlanEntry";
  static constexpr std::string_view sentence = "What a run would do to one file.";
  static constexpr auto fields =
      std::make_tuple(field("operation", &PlanEntry::operation, "create."),
                      field("path", &PlanEntry::path, "Relative to the project root."),
                      field("from", &PlanEntry::from, "Where it is moved from."),
                      field("pre_sha256", &PlanEntry::pre_sha256, "Of the content before."),
                      field("post_sha256", &PlanEntry::post_sha256, "Of the content after."),
                      field("mode", &PlanEntry::mode, "Permission bits, octal."));
};

template <>
struct Record<Changes> {
  static constexpr std::string_view name = "Changes";
  static constexpr std::string_view sentence = "What a finished change did, relative to its root.";
  static constexpr auto fields =
      std::make_tuple(field("created", &Changes::created, "New files."),
                      field("modified", &Changes::modified, "Files with a new content."),
                      field("deleted", &Changes::deleted, "Files that are gone."));
};

template <>
struct Record<RecordReference> {
  static constexpr std::string_view name = "RecordReference";
  static constexpr std::string_view sentence = "Where the record of a run lies.";
  static constexpr auto fields =
      std::make_tuple(field("path", &RecordReference::path, "Relative to the project root."),
                      field("sha256", &RecordReference::sha256, "Of its bytes."));
};

template <>
struct Record<RunResult> {
  using R = RunResult;
  static constexpr std::string_view name = "RunResult";
  static constexpr std::string_view sentence = "What came of a run.";
  static constexpr auto fields = std::make_tuple(
      field("run_id", &R::run_id, "ULID."), field("pattern_id", &R::pattern_id, "PAT-…"),
      field("pattern_version", &R::pattern_version, "Of the pattern's description."),
      field("status", &R::status, "How it ended."),
      field("started_at", &R::started_at, "UTC, RFC 3339."),
      field("ended_at", &R::ended_at, "UTC, RFC 3339."),
      field("duration_ms", &R::duration_ms, "Milliseconds."),
      field("dry_run", &R::dry_run, "True when nothing was to be written."),
      field("plan_sha256", &R::plan_sha256,
            "Names the plan: give it as expect_plan to approve it."),
      field("steps", &R::steps, "In order."),
      field("outputs", &R::outputs, "The pattern's own outputs."),
      field("changes", &R::changes, "What was changed and kept."),
      field("errors", &R::errors, "Why it did not succeed; the first decides the exit code."),
      field("record", &R::record, "The stored record of a run that succeeded."),
      field("plan", &R::plan, "Dry runs: each file, in order."),
      field("diff", &R::diff, "Dry runs: the change as a unified diff."));
};

}  // namespace ratchet
