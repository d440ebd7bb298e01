// Requests and results of the parallel.* operations. For sources of this room only.
#pragma once

#include "core/records.h"
#include "operations/action_form.h"
#include "parallel/scheduler.h"

namespace ratchet {

struct ActionRequest : ActionForm {
  std::optional<std::string> name;
  std::int64_t retries = -1;
  std::vector<std::string> needs;
  std::optional<std::string> pool;
  std::optional<double> expected_seconds;
};

enum class BackoffKind { exponential, fixed };

/// What all doors can say about a run as a whole.
struct RunSettings {
  std::int64_t throttle_limit = 0;
  std::optional<double> timeout_seconds;
  std::optional<double> total_timeout_seconds;
  std::optional<double> grace_seconds;
  double slow_after_seconds = 60;
  bool fail_fast = false;
  std::int64_t retries = 0;
  BackoffKind backoff = BackoffKind::exponential;
  double retry_seconds = 1;
  std::map<std::string, std::int64_t> pools;
  std::optional<std::string> cwd;
  OutputMode output = OutputMode::capture;
  bool stream_output = false;
  bool output_in_events = false;
  std::optional<std::string> spill_folder;
};

struct ParallelRunRequest : RunSettings {
  std::vector<ActionRequest> actions;
};

struct ActionRecord {
  std::string name;
  bool success = false;
  ActionState state = ActionState::queued;
  std::optional<std::int64_t> exit_code;
  std::optional<std::int64_t> signal;
  std::optional<json::value> result;
  std::optional<ErrorRecord> error;
  std::optional<std::string> reason;
  std::optional<std::string> output;
  std::optional<std::string> error_output;
  std::optional<std::string> output_base64;
  std::optional<std::string> error_output_base64;
  std::optional<std::int64_t> output_dropped;
  std::optional<std::int64_t> error_output_dropped;
  std::optional<std::string> output_file;
  std::optional<std::string> error_output_file;
  std::optional<std::string> spill_error;
  std::int64_t attempts = 0;
  std::vector<ActionState> earlier_states;
  bool slow = false;
  std::int64_t duration_ms = 0;
  std::vector<Survivor> survivors;
};

struct ParallelResult {
  std::string run_id;
  bool all_passed = false;
  std::int64_t passed = 0;
  std::int64_t not_passed = 0;
  std::int64_t duration_ms = 0;
  std::vector<ActionRecord> actions;
  std::vector<ErrorRecord> errors;
  std::int64_t errors_left_out = 0;
};

enum class CheckSeverity { critical, high, warning };

struct CheckRequest {
  std::string id;
  std::optional<std::string> name;
  ActionForm check;
  CheckSeverity severity = CheckSeverity::high;
  std::int64_t retries = -1;
  std::vector<std::string> needs;
  std::optional<std::string> pool;
};

struct ParallelCheckRequest : RunSettings {
  std::vector<CheckRequest> checks;
};

struct CheckRecord {
  std::string id;
  std::string name;
  CheckSeverity severity = CheckSeverity::high;
  ActionRecord outcome;
};

struct ParallelCheckResult {
  std::string run_id;
  bool all_passed = false;
  bool critical_failed = false;
  std::int64_t passed = 0;
  std::int64_t failed = 0;
  std::int64_t warnings = 0;
  std::int64_t skipped = 0;
  std::int64_t duration_ms = 0;
  std::vector<CheckRecord> checks;
  std::vector<ErrorRecord> errors;
  std::int64_t errors_left_out = 0;
};

struct ReportRequest {
  std::string run_id;
  std::string name;
  std::int64_t attempt = 1;
  bool passed = false;
  std::optional<json::value> result;
  std::optional<std::string> message;
};

struct ReportResult {
  bool taken = true;
};

/// The actions' defaults of a run. Throws Error: request.constraint, io.*.
[[nodiscard]] CommandDefaults defaults_of(const RunSettings& settings, OperationContext& context);
[[nodiscard]] SchedulerOptions options_of(const RunSettings& settings, OperationContext& context);

/// What became of all actions of a run, told in events while it lasts.
struct RunOutcome {
  std::string run_id;
  std::vector<ActionRecord> records;  ///< in the order of the actions
  std::vector<ErrorRecord> errors;    ///< of those that did not pass, but for skipped ones
  std::int64_t errors_left_out = 0;
  std::int64_t duration_ms = 0;
};
[[nodiscard]] RunOutcome run_actions(const std::vector<Action>& actions,
                                     const RunSettings& settings, OperationContext& context);

template <>
struct Choice<ActionState> {
  static constexpr std::string_view name = "ActionState";
  static constexpr auto values = [] {
    std::array<ChoiceValue<ActionState>, kActionStates.size()> all{};
    for (std::size_t i = 0; i < all.size(); ++i)
      all[i] = {kActionStates[i].state, kActionStates[i].name, kActionStates[i].sentence};
    return all;
  }();
};

template <>
struct Choice<OutputMode> {
  static constexpr std::string_view name = "OutputMode";
  static constexpr auto values = std::to_array<ChoiceValue<OutputMode>>({
      {OutputMode::capture, "capture", "Kept within bounds and returned."},
      {OutputMode::inherit, "inherit", "Goes where the caller's own output goes."},
      {OutputMode::discard, "discard", "Goes nowhere."},
  });
};

template <>
struct Choice<BackoffKind> {
  static constexpr std::string_view name = "BackoffKind";
  static constexpr auto values = std::to_array<ChoiceValue<BackoffKind>>({
      {BackoffKind::exponential, "exponential",
       "Doubled after each attempt, a minute at most, a random half of it taken off."},
      {BackoffKind::fixed, "fixed", "The same each time."},
  });
};

template <>
struct Choice<CheckSeverity> {
  static constexpr std::string_view name = "CheckSeverity";
  static constexpr auto values = std::to_array<ChoiceValue<CheckSeverity>>({
      {CheckSeverity::critical, "critical", "What needs it does not run when it fails."},
      {CheckSeverity::high, "high", "Fails the whole."},
      {CheckSeverity::warning, "warning", "Is told, and fails nothing."},
  });
};

inline constexpr auto kRunSettingsFields = std::make_tuple(
    field("throttle_limit", &RunSettings::throttle_limit,
          "How many run at once; 0 means as many as the machine has cores.")
        .at_least(0)
        .at_most(4096),
    field("timeout_seconds", &RunSettings::timeout_seconds,
          "The limit of each attempt; none when absent."),
    field("total_timeout_seconds", &RunSettings::total_timeout_seconds,
          "The limit of all together; none when absent."),
    field("grace_seconds", &RunSettings::grace_seconds,
          "Between asking a process to end and killing it; the engine's limits.grace_ms when "
          "absent."),
    field("slow_after_seconds", &RunSettings::slow_after_seconds,
          "When an action that runs is called slow."),
    field("fail_fast", &RunSettings::fail_fast,
          "The first that fails for good ends what runs and what waits."),
    field("retries", &RunSettings::retries, "How often one that did not pass is tried again.")
        .at_least(0)
        .at_most(1000),
    field("backoff", &RunSettings::backoff, "How the wait before another try grows."),
    field("retry_seconds", &RunSettings::retry_seconds, "The first wait before another try."),
    field("pools", &RunSettings::pools, "How many of each pool run at once."),
    field("cwd", &RunSettings::cwd,
          "Absolute; where commands run that say nothing else. The host's own when absent."),
    field("output", &RunSettings::output, "What happens to what commands write."),
    field("stream_output", &RunSettings::stream_output,
          "Tells each piece of output in an event job.output, too."),
    field("output_in_events", &RunSettings::output_in_events,
          "The events job.finished carry the output, and the result does not."),
    field("spill_folder", &RunSettings::spill_folder,
          "Absolute; output that outgrows limits.output_bytes is written there whole."));

template <>
struct Record<ActionRequest> {
  static constexpr std::string_view name = "ActionRequest";
  static constexpr std::string_view sentence = "Something to do, and when.";
  static constexpr auto fields = std::tuple_cat(
      std::make_tuple(field("name", &ActionRequest::name,
                            "Unique in the run; the action's number from 1 when absent.")),
      kActionFormFields,
      std::make_tuple(
          field("retries", &ActionRequest::retries, "As the run's; -1 means the run's own.")
              .at_least(-1)
              .at_most(1000),
          field("needs", &ActionRequest::needs, "Names of those that must have passed before."),
          field("pool", &ActionRequest::pool, "The pool that it takes a place of."),
          field("expected_seconds", &ActionRequest::expected_seconds,
                "How long it will take: the longest way to the end goes first.")));
};

template <>
struct Record<ParallelRunRequest> {
  static constexpr std::string_view name = "ParallelRunRequest";
  static constexpr std::string_view sentence = "Actions to run at once.";
  static constexpr auto fields = std::tuple_cat(
      std::make_tuple(field("actions", &ParallelRunRequest::actions, "What to do.").required()),
      kRunSettingsFields);
};

template <>
struct Record<Survivor> {
  static constexpr std::string_view name = "Survivor";
  static constexpr std::string_view sentence = "A process that left its group and still runs.";
  static constexpr auto fields = std::make_tuple(
      field("pid", &Survivor::pid, "Its id."), field("command", &Survivor::command, "What it is."));
};

template <>
struct Record<ActionRecord> {
  static constexpr std::string_view name = "ActionRecord";
  static constexpr std::string_view sentence = "What became of an action.";
  static constexpr auto fields = std::make_tuple(
      field("name", &ActionRecord::name, "As in the request."),
      field("success", &ActionRecord::success, "Whether the state is passed."),
      field("state", &ActionRecord::state, "How the last attempt ended."),
      field("exit_code", &ActionRecord::exit_code, "Of what ended by itself."),
      field("signal", &ActionRecord::signal, "What ended it, where a signal did."),
      field("result", &ActionRecord::result, "What the operation or the host gave."),
      field("error", &ActionRecord::error, "Why it could not be done."),
      field("reason", &ActionRecord::reason, "What caused it to be cancelled or skipped."),
      field("stdout", &ActionRecord::output, "What the command wrote; malformed UTF-8 repaired."),
      field("stderr", &ActionRecord::error_output, "The same of its errors."),
      field("stdout_base64", &ActionRecord::output_base64,
            "The very bytes, where they are not UTF-8."),
      field("stderr_base64", &ActionRecord::error_output_base64, "The same of its errors."),
      field("stdout_dropped", &ActionRecord::output_dropped,
            "Bytes left out in the middle of stdout; absent when all is there."),
      field("stderr_dropped", &ActionRecord::error_output_dropped, "The same of its errors."),
      field("stdout_file", &ActionRecord::output_file, "The file that has all of it."),
      field("stderr_file", &ActionRecord::error_output_file, "The same of its errors."),
      field("spill_error", &ActionRecord::spill_error, "Why such a file could not be written."),
      field("attempts", &ActionRecord::attempts, "How often it was begun."),
      field("earlier_states", &ActionRecord::earlier_states, "Of the attempts before the last."),
      field("slow", &ActionRecord::slow, "Whether an attempt took longer than slow_after_seconds."),
      field("duration_ms", &ActionRecord::duration_ms, "From the first begin to the last end."),
      field("survivors", &ActionRecord::survivors,
            "Processes that it started, that left its group and still run."));
};

template <>
struct Record<ParallelResult> {
  static constexpr std::string_view name = "ParallelResult";
  static constexpr std::string_view sentence = "What became of all actions.";
  static constexpr auto fields = std::make_tuple(
      field("run_id", &ParallelResult::run_id, "As in the events."),
      field("all_passed", &ParallelResult::all_passed, "Whether every action passed."),
      field("passed", &ParallelResult::passed, "How many passed."),
      field("not_passed", &ParallelResult::not_passed, "How many did not."),
      field("duration_ms", &ParallelResult::duration_ms, "Of all together."),
      field("actions", &ParallelResult::actions, "In the order of the request."),
      field("errors", &ParallelResult::errors, "One for each that failed, in the same order."),
      field("errors_left_out", &ParallelResult::errors_left_out,
            "How many more there are than limits.findings_per_run."));
};

template <>
struct Record<CheckRequest> {
  static constexpr std::string_view name = "CheckRequest";
  static constexpr std::string_view sentence = "Something that must hold.";
  static constexpr auto fields = std::make_tuple(
      field("id", &CheckRequest::id, "Unique in the run.").required().not_empty(),
      field("name", &CheckRequest::name, "For people; the id when absent."),
      field("check", &CheckRequest::check, "It holds when this passes.").required(),
      field("severity", &CheckRequest::severity, "What its failure means."),
      field("retries", &CheckRequest::retries, "As the run's; -1 means the run's own.")
          .at_least(-1)
          .at_most(1000),
      field("needs", &CheckRequest::needs, "Ids of those that must have passed before."),
      field("pool", &CheckRequest::pool, "The pool that it takes a place of."));
};

template <>
struct Record<ParallelCheckRequest> {
  static constexpr std::string_view name = "ParallelCheckRequest";
  static constexpr std::string_view sentence = "Checks to run at once.";
  static constexpr auto fields = std::tuple_cat(
      std::make_tuple(field("checks", &ParallelCheckRequest::checks, "What must hold.").required()),
      kRunSettingsFields);
};

template <>
struct Record<CheckRecord> {
  static constexpr std::string_view name = "CheckRecord";
  static constexpr std::string_view sentence = "What became of a check.";
  static constexpr auto fields =
      std::make_tuple(field("id", &CheckRecord::id, "As in the request."),
                      field("name", &CheckRecord::name, "For people."),
                      field("severity", &CheckRecord::severity, "What its failure means."),
                      field("outcome", &CheckRecord::outcome, "What became of its action."));
};

template <>
struct Record<ParallelCheckResult> {
  static constexpr std::string_view name = "ParallelCheckResult";
  static constexpr std::string_view sentence = "Whether all holds.";
  static constexpr auto fields = std::make_tuple(
      field("run_id", &ParallelCheckResult::run_id, "As in the events."),
      field("all_passed", &ParallelCheckResult::all_passed,
            "Whether every check passed that is no warning."),
      field("critical_failed", &ParallelCheckResult::critical_failed,
            "Whether a critical one did not pass."),
      field("passed", &ParallelCheckResult::passed, "How many passed."),
      field("failed", &ParallelCheckResult::failed, "How many critical and high ones did not."),
      field("warnings", &ParallelCheckResult::warnings, "How many warnings did not."),
      field("skipped", &ParallelCheckResult::skipped, "How many were never decided."),
      field("duration_ms", &ParallelCheckResult::duration_ms, "Of all together."),
      field("checks", &ParallelCheckResult::checks, "In the order of the request."),
      field("errors", &ParallelCheckResult::errors,
            "One for each that failed and is no warning, in the same order."),
      field("errors_left_out", &ParallelCheckResult::errors_left_out,
            "How many more there are than limits.findings_per_run."));
};

template <>
struct Record<ReportRequest> {
  static constexpr std::string_view name = "ReportRequest";
  static constexpr std::string_view sentence = "What came of work that the caller did.";
  static constexpr auto fields = std::make_tuple(
      field("run_id", &ReportRequest::run_id, "Of the event run.started.").required(),
      field("name", &ReportRequest::name, "Of the event job.started.").required(),
      field("attempt", &ReportRequest::attempt, "Of the same event.").required().at_least(1),
      field("passed", &ReportRequest::passed, "Whether it was done.").required(),
      field("result", &ReportRequest::result, "What it gave."),
      field("message", &ReportRequest::message, "Why it was not done: one line."));
};

template <>
struct Record<ReportResult> {
  static constexpr std::string_view name = "ReportResult";
  static constexpr std::string_view sentence = "The answer was taken.";
  static constexpr auto fields =
      std::make_tuple(field("taken", &ReportResult::taken, "True; else the call fails."));
};

}  // namespace ratchet
