// A scheduler's run as the operations show it: events while it lasts, records in the end.
#include <algorithm>
#include <utility>

#include "core/base64.h"
#include "core/text.h"
#include "core/ulid.h"
#include "operations/parallel_types.h"
#include "parallel/host_desk.h"

namespace ratchet {
namespace {

/// Names of running actions in a progress event; a line shows no more.
constexpr std::size_t kNamesShown = 8;

/// A stream as text, and as bytes where it is none.
void put_stream(CapturedStream& stream, std::optional<std::string>& text,
                std::optional<std::string>& base64) {
  if (first_invalid_utf8(stream.bytes)) {
    base64 = base64_encode(stream.bytes);
    text = repaired_utf8(stream.bytes);
  } else {
    text = std::move(stream.bytes);
  }
}

/// All of a process but for its streams.
void put_process(ActionRecord& record, ProcessResult& process, OutputMode output) {
  if (process.exit_code >= 0) record.exit_code = process.exit_code;
  if (process.signal > 0) record.signal = process.signal;
  if (!process.spawn_error.empty())
    record.error = record_of(Error("process.spawn_failed", std::move(process.spawn_error)));
  record.survivors = std::move(process.survivors);
  if (output != OutputMode::capture) return;
  if (process.out.dropped_bytes > 0)
    record.output_dropped = static_cast<std::int64_t>(process.out.dropped_bytes);
  if (process.error.dropped_bytes > 0)
    record.error_output_dropped = static_cast<std::int64_t>(process.error.dropped_bytes);
  for (const CapturedStream* stream : {&process.out, &process.error}) {
    if (!stream->spill_error.empty()) record.spill_error = stream->spill_error;
  }
}

void put_task(ActionRecord& record, TaskResult& task) {
  const bool ended_by_itself =
      record.state == ActionState::passed || record.state == ActionState::failed;
  if (ended_by_itself) record.exit_code = task.exit_code;
  if (!task.value.is_null()) record.result = std::move(task.value);
  if (task.error) record.error = record_of(*task.error);
}

Error error_of(const ActionRecord& record) {
  const std::string name = in_quotes(record.name);
  switch (record.state) {
    case ActionState::signalled:
      return {"action.signalled",
              name + " was ended by signal " + std::to_string(record.signal.value_or(0))};
    case ActionState::timed_out:
      return Error("action.timed_out", name + " ran past its limit and was ended")
          .hint("give it more time, or look at what it waits for");
    case ActionState::spawn_failed:
      return {"process.spawn_failed",
              name + " did not start: " + record.error.value_or(ErrorRecord{}).message};
    case ActionState::leaked:
      return Error("action.leaked",
                   name + " exited, but a process that it started held its output open")
          .hint("have it wait for its children, or redirect their output");
    case ActionState::status_unknown:
      return {"action.status_unknown", name + " exited, but its exit code was taken by its host"};
    case ActionState::cancelled:
      return {"job.cancelled", name + " was cancelled: " + record.reason.value_or("")};
    default:
      return {"action.failed",
              name + " failed with exit code " + std::to_string(record.exit_code.value_or(0))};
  }
}

/// A task's own error keeps its code, under the action's name.
ErrorRecord error_record_of(const ActionRecord& record) {
  ErrorRecord error;
  if (record.error && record.state == ActionState::failed) {
    error = *record.error;
    error.message = in_quotes(record.name) + ": " + error.message;
  } else {
    error = record_of(error_of(record));
  }
  if (!error.details) error.details.emplace();
  error.details->emplace("action", record.name);
  error.details->emplace("state", to_string(record.state));
  return error;
}

class Narrator final : public ActionObserver {
 public:
  Narrator(const std::vector<Action>& actions, const RunSettings& settings, std::string run_id,
           OperationContext& context)
      : actions_(actions), settings_(settings), context_(context), records_(actions.size()) {
    outcome_.run_id = std::move(run_id);
  }

  void begin() {
    context_.events.emit(EventKind::lifecycle,
                         {{"event", "run.started"},
                          {"run_id", outcome_.run_id},
                          {"total", static_cast<std::int64_t>(actions_.size())}});
  }

  void began(std::size_t action, std::int64_t attempt) override {
    json::object event{
        {"event", "job.started"}, {"name", actions_[action].name}, {"attempt", attempt}};
    if (std::holds_alternative<HostWork>(actions_[action].work)) event.emplace("host", true);
    context_.events.emit(EventKind::lifecycle, std::move(event));
  }

  void output(std::size_t action, const ProcessOutput& output) override {
    json::object event{{"event", "job.output"},
                       {"name", actions_[action].name},
                       {"stream", output.stream == StreamName::output ? "stdout" : "stderr"},
                       {"sequence", static_cast<std::int64_t>(output.sequence)}};
    // A piece may end in the middle of a character: whoever puts the pieces together has the bytes.
    if (first_invalid_utf8(output.bytes)) {
      event.emplace("base64", base64_encode(output.bytes));
    } else {
      event.emplace("text", output.bytes);
    }
    context_.events.emit(EventKind::output, std::move(event));
  }

  void changed(std::size_t action, ActionState state) override {
    context_.events.emit(
        EventKind::lifecycle,
        {{"event", "job.state"}, {"name", actions_[action].name}, {"state", to_string(state)}});
  }

  void stop_host(std::size_t action, bool at_once) override {
    context_.events.emit(
        EventKind::lifecycle,
        {{"event", "job.stop"}, {"name", actions_[action].name}, {"at_once", at_once}});
  }

  void will_retry(std::size_t action, ActionState failed_as,
                  std::chrono::milliseconds wait) override {
    context_.events.emit(EventKind::lifecycle,
                         {{"event", "job.retry"},
                          {"name", actions_[action].name},
                          {"state", to_string(failed_as)},
                          {"wait_ms", static_cast<std::int64_t>(wait.count())}});
  }

  void ended(std::size_t action, ActionResult& result) override {
    ActionRecord& record = records_[action];
    record = record_of_result(action, result);
    json::object event{{"event", "job.finished"}};
    // Streams are large, and go to one of the two.
    if (settings_.output_in_events) {
      ActionRecord told = record;
      if (result.process) put_streams(told, *result.process);
      add_fields(event, told);
    } else {
      add_fields(event, record);
      if (result.process) put_streams(record, *result.process);
    }
    result.process.reset();
    result.task.reset();
    context_.events.emit(EventKind::lifecycle, std::move(event));
  }

  void progress(const ActionProgress& progress) override {
    json::array running;
    for (std::size_t i = 0; i < std::min(progress.running.size(), kNamesShown); ++i)
      running.emplace_back(actions_[progress.running[i]].name);
    json::object event{{"event", "progress"},
                       {"done", static_cast<std::int64_t>(progress.done)},
                       {"total", static_cast<std::int64_t>(progress.total)},
                       {"label", "actions"},
                       {"not_passed", static_cast<std::int64_t>(progress.not_passed)},
                       {"running", std::move(running)},
                       {"running_count", static_cast<std::int64_t>(progress.running.size())}};
    if (progress.left) event.emplace("left_ms", static_cast<std::int64_t>(progress.left->count()));
    context_.events.emit(EventKind::progress, std::move(event));
  }

  bool is_behind() override { return context_.events.is_behind(); }

  [[nodiscard]] RunOutcome finish(const Cancellation& cancellation,
                                  std::chrono::milliseconds duration) {
    outcome_.duration_ms = duration.count();
    // The caller's own wish comes first: it decides the exit code.
    if (cancellation.requested())
      outcome_.errors.push_back(record_of(Error("job.cancelled", "cancelled by the caller")));
    for (std::size_t action = 0; action < records_.size(); ++action)
      add_error(action);
    add_what_never_ran();
    outcome_.records = std::move(records_);
    context_.events.emit(EventKind::lifecycle,
                         {{"event", "run.finished"}, {"run_id", outcome_.run_id}});
    return std::move(outcome_);
  }

 private:
  ActionRecord record_of_result(std::size_t action, ActionResult& result) {
    ActionRecord record;
    record.name = actions_[action].name;
    record.success = result.passed();
    record.state = result.state;
    record.attempts = result.attempts;
    record.earlier_states = std::move(result.earlier);
    record.slow = result.was_slow;
    record.duration_ms = result.duration.count();
    if (!result.reason.empty()) record.reason = std::move(result.reason);
    if (result.process) {
      put_process(record, *result.process, settings_.output);
      put_files(record, action, *result.process);
    }
    if (result.task) put_task(record, *result.task);
    return record;
  }

  void put_streams(ActionRecord& record, ProcessResult& process) const {
    if (settings_.output != OutputMode::capture) return;
    put_stream(process.out, record.output, record.output_base64);
    put_stream(process.error, record.error_output, record.error_output_base64);
  }

  void put_files(ActionRecord& record, std::size_t action, const ProcessResult& process) const {
    if (!settings_.spill_folder) return;
    const std::string folder = *settings_.spill_folder + "/";
    if (process.out.spilled)
      record.output_file = folder + spill_name(action + 1, StreamName::output);
    if (process.error.spilled)
      record.error_output_file = folder + spill_name(action + 1, StreamName::error);
  }

  static void add_fields(json::object& event, const ActionRecord& record) {
    json::value fields = to_json(record);
    for (auto& field : fields.as_object())
      event.emplace(field.key(), std::move(field.value()));
  }

  /// Where time ran out with nothing running, nothing has failed, and yet not all was done.
  void add_what_never_ran() {
    if (!outcome_.errors.empty()) return;
    const auto cancelled = std::find_if(
        records_.begin(), records_.end(),
        [](const ActionRecord& record) { return record.state == ActionState::cancelled; });
    if (cancelled != records_.end()) outcome_.errors.push_back(error_record_of(*cancelled));
  }

  /// A skipped one failed at nothing, and a cancelled one at nothing of its own.
  void add_error(std::size_t action) {
    const ActionRecord& record = records_[action];
    const bool is_told = !record.success && actions_[action].blocks &&
                         record.state != ActionState::skipped &&
                         record.state != ActionState::cancelled;
    if (!is_told) return;
    const auto most = static_cast<std::size_t>(context_.environment.limits.findings_per_run);
    if (outcome_.errors.size() >= most) {
      ++outcome_.errors_left_out;
      return;
    }
    outcome_.errors.push_back(error_record_of(record));
  }

  const std::vector<Action>& actions_;
  const RunSettings& settings_;
  OperationContext& context_;
  std::vector<ActionRecord> records_;
  RunOutcome outcome_;
};

std::chrono::milliseconds grace_of(const RunSettings& settings, const OperationContext& context) {
  if (!settings.grace_seconds)
    return std::chrono::milliseconds(context.environment.limits.grace_ms);
  // Zero is a wish here: kill without asking.
  if (*settings.grace_seconds == 0) return std::chrono::milliseconds(0);
  return milliseconds_of(*settings.grace_seconds, "grace_seconds");
}

}  // namespace

CommandDefaults defaults_of(const RunSettings& settings, OperationContext& context) {
  const Limits& limits = context.environment.limits;
  CommandDefaults defaults;
  defaults.cwd = settings.cwd;
  defaults.grace = grace_of(settings, context);
  defaults.output = settings.output;
  defaults.streams = settings.stream_output;
  defaults.output_limit = static_cast<std::size_t>(limits.output_bytes);
  if (settings.spill_folder) {
    defaults.spill =
        std::make_shared<SpillFolder>(context.environment.files, *settings.spill_folder,
                                      static_cast<std::uint64_t>(limits.spill_bytes));
  }
  return defaults;
}

SchedulerOptions options_of(const RunSettings& settings, OperationContext& context) {
  SchedulerOptions options;
  options.at_once = settings.throttle_limit == 0
                        ? context.environment.threads
                        : static_cast<std::size_t>(settings.throttle_limit);
  for (const auto& [name, size] : settings.pools) {
    if (size < 1) {
      throw Error("request.constraint", "pool " + in_quotes(name) + " must have room for one");
    }
    options.pools.emplace(name, static_cast<std::size_t>(size));
  }
  options.fail_fast = settings.fail_fast;
  if (settings.timeout_seconds)
    options.time_limit = milliseconds_of(*settings.timeout_seconds, "timeout_seconds");
  if (settings.total_timeout_seconds)
    options.total_limit = milliseconds_of(*settings.total_timeout_seconds, "total_timeout_seconds");
  options.grace = grace_of(settings, context);
  options.slow_after = milliseconds_of(settings.slow_after_seconds, "slow_after_seconds");
  options.backoff.exponential = settings.backoff == BackoffKind::exponential;
  options.backoff.base = milliseconds_of(settings.retry_seconds, "retry_seconds");
  return options;
}

RunOutcome run_actions(const std::vector<Action>& actions, const RunSettings& settings,
                       OperationContext& context) {
  const Environment& environment = context.environment;
  const std::string run_id = new_ulid(environment.clock, environment.random);
  Narrator narrator(actions, settings, run_id, context);
  Scheduler scheduler(actions, options_of(settings, context),
                      {environment.launcher, environment.clock, environment.random}, narrator);
  const HostDesk::Place place(context.host_desk, run_id, scheduler.inbox());
  const SteadyTime began = environment.clock.steady();
  narrator.begin();
  static_cast<void>(scheduler.run(context.cancellation));
  return narrator.finish(context.cancellation, std::chrono::round<std::chrono::milliseconds>(
                                                   environment.clock.steady() - began));
}

}  // namespace ratchet
