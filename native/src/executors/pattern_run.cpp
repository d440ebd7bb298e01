#include "executors/pattern_run.h"

#include <algorithm>

#include "core/text.h"
#include "core/ulid.h"
#include "executors/batch_create.h"

namespace ratchet {
namespace {

std::int64_t milliseconds_between(SteadyTime from, SteadyTime to) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(to - from).count();
}

}  // namespace

PatternRun::PatternRun(const Pattern& pattern, const PatternRunRequest& request,
                       const Environment& environment, EventSink& events,
                       const Cancellation& cancellation)
    : pattern_(pattern),
      request_(request),
      environment_(environment),
      events_(events),
      cancellation_(cancellation) {
  result_.run_id = new_ulid(environment.clock, environment.random);
  result_.pattern_id = pattern.id;
  result_.pattern_version = pattern.version;
  result_.dry_run = request.dry_run.value_or(false);
  for (const PatternStep& step : pattern.steps) {
    StepResult& row = result_.steps.emplace_back();
    row.id = step.id;
    row.name = step.name;
  }
}

void PatternRun::step(std::string_view id, const std::function<void(StepResult& step)>& body) {
  cancellation_.check();
  const auto row = std::find_if(result_.steps.begin(), result_.steps.end(),
                                [&](const StepResult& step) { return step.id == id; });
  if (row == result_.steps.end()) {
    throw Error("internal.error", "pattern " + pattern_.name + " has no step " + std::string(id));
  }
  StepResult& step = *row;
  const SteadyTime start = environment_.clock.steady();
  events_.emit(EventKind::lifecycle,
               {{"event", "step.started"}, {"id", step.id}, {"name", step.name}});
  const auto end_step = [&](StepStatus status) {
    step.status = status;
    step.duration_ms = milliseconds_between(start, environment_.clock.steady());
    cap_findings(step.findings, static_cast<std::size_t>(environment_.limits.findings_per_run));
    for (const Finding& finding : step.findings) {
      events_.emit(EventKind::lifecycle, {{"event", "finding"}, {"finding", to_json(finding)}});
    }
    events_.emit(EventKind::lifecycle, {{"event", "step.finished"},
                                        {"id", step.id},
                                        {"name", step.name},
                                        {"status", to_json(status)},
                                        {"duration_ms", step.duration_ms},
                                        {"message", step.message}});
  };
  try {
    body(step);
  } catch (const Error& error) {
    if (step.message.empty()) step.message = error.message();
    end_step(StepStatus::failed);
    throw;
  }
  end_step(StepStatus::succeeded);
}

void PatternRun::set_plan(std::vector<PlanEntry> plan) {
  result_.plan_sha256 = plan_sha256(plan);
  if (dry_run()) result_.plan = std::move(plan);
  require_plan(request_.expect_plan, *result_.plan_sha256);
}

RunResult PatternRun::finish(const std::function<void(PatternRun& run)>& body) {
  const SteadyTime start = environment_.clock.steady();
  result_.started_at = rfc3339(environment_.clock.utc());
  events_.emit(EventKind::lifecycle, {{"event", "run.started"},
                                      {"run_id", result_.run_id},
                                      {"pattern_id", result_.pattern_id},
                                      {"steps", static_cast<std::int64_t>(result_.steps.size())}});
  try {
    body(*this);
    result_.status = dry_run() ? RunStatus::planned : RunStatus::succeeded;
  } catch (const Error& error) {
    settle(error);
  } catch (const std::exception& fault) {
    settle(Error("internal.error", std::string("unexpected fault: ") + fault.what()));
  }
  result_.ended_at = rfc3339(environment_.clock.utc());
  result_.duration_ms = milliseconds_between(start, environment_.clock.steady());
  events_.emit(EventKind::lifecycle, {{"event", "run.finished"},
                                      {"run_id", result_.run_id},
                                      {"status", to_json(result_.status)},
                                      {"duration_ms", result_.duration_ms}});
  return std::move(result_);
}

void PatternRun::settle(const Error& error) {
  result_.errors.push_back(record_of(error));
  result_.changes = {};
  result_.outputs = {};
  result_.record.reset();
  if (error.category() == Category::cancelled) {
    result_.status = RunStatus::cancelled;
  } else {
    result_.status = writing_ ? RunStatus::failed : RunStatus::refused;
  }
}

std::filesystem::path project_root_of(const PatternRunRequest& request, const Instance& instance,
                                      const Environment& environment) {
  const std::optional<std::string> written =
      request.project_root ? request.project_root : instance.text("project_root");
  if (!written || written->empty()) {
    throw Error("project.missing_root", "no project_root is given")
        .hint("name it in the instance, or with --project-root (-ProjectRoot)");
  }
  std::filesystem::path root(*written);
  if (!environment.files.is_absolute(root)) {
    const std::filesystem::path base(request.base_folder.value_or(instance.folder()));
    if (!environment.files.is_absolute(base)) {
      throw Error("project.relative_root", "project_root " + in_quotes(*written) +
                                               " is relative, and no absolute folder is known "
                                               "that it could be taken from")
          .hint("give an absolute one, or a base_folder");
    }
    root = base / root;
  }
  root = root.lexically_normal();
  const std::optional<FileStatus> status = environment.files.status(root);
  if (!status) {
    throw Error("io.not_found", "project_root " + in_quotes(root.string(), 200) + " does not exist")
        .at(root.string());
  }
  if (status->kind != FileKind::folder) {
    throw Error("io.not_a_folder",
                "project_root " + in_quotes(root.string(), 200) + " is no folder")
        .at(root.string());
  }
  return root;
}

RunResult run_pattern(const PatternRunRequest& request, const Environment& environment,
                      EventSink& events, const Cancellation& cancellation) {
  const Pattern& pattern = find_pattern(request.pattern);
  PatternRun run(pattern, request, environment, events, cancellation);
  if (pattern.name == "batch_create") return run.finish(batch_create);
  throw Error("pattern.unsupported", "pattern " + pattern.name + " has no executor");
}

}  // namespace ratchet
