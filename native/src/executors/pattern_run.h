// The frame of a run: steps, events, the plan, and how a run ends, whatever happens.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/cancel.h"
#include "core/events.h"
#include "executors/change_plan.h"
#include "executors/environment.h"
#include "executors/instance.h"
#include "executors/pattern_catalog.h"
#include "executors/run_request.h"
#include "reporting/run_result.h"

namespace ratchet {

/// One run of a pattern; a pattern's own function fills it step by step. One thread.
class PatternRun {
 public:
  PatternRun(const Pattern& pattern, const PatternRunRequest& request,
             const Environment& environment, EventSink& events, const Cancellation& cancellation);

  /// Runs `body` as the step with this id of the pattern's description: times it, tells the events,
  /// records its findings. An Error marks the step failed and passes on; an error finding without
  /// an Error does not. Checks for a cancel first.
  void step(std::string_view id, const std::function<void(StepResult& step)>& body);

  /// Fixes the plan: its hash, and for a dry run the plan itself. Throws Error{plan.changed} when
  /// another one was approved.
  void set_plan(std::vector<PlanEntry> plan);

  /// From here on an Error means `failed` (undone) and no more `refused`.
  void begin_writing() { writing_ = true; }

  /// Runs all of `body` and settles status, errors and times from how it ended.
  [[nodiscard]] RunResult finish(const std::function<void(PatternRun& run)>& body);

  [[nodiscard]] const Pattern& pattern() const { return pattern_; }
  [[nodiscard]] const PatternRunRequest& request() const { return request_; }
  [[nodiscard]] const Environment& environment() const { return environment_; }
  [[nodiscard]] EventSink& events() { return events_; }
  [[nodiscard]] const Cancellation& cancellation() const { return cancellation_; }
  [[nodiscard]] RunResult& result() { return result_; }
  [[nodiscard]] bool dry_run() const { return result_.dry_run; }
  void set_dry_run(bool dry_run) { result_.dry_run = dry_run; }

 private:
  void settle(const Error& error);

  const Pattern& pattern_;
  const PatternRunRequest& request_;
  const Environment& environment_;
  EventSink& events_;
  const Cancellation& cancellation_;
  RunResult result_;
  bool writing_ = false;
};

/// The root of a run: the request's, else the instance's, a relative one taken from the request's
/// base folder, else the instance file's folder. Throws Error: project.missing_root,
/// project.relative_root, io.not_found, io.not_a_folder.
[[nodiscard]] std::filesystem::path project_root_of(const PatternRunRequest& request,
                                                    const Instance& instance,
                                                    const Environment& environment);

/// Runs the pattern that the request names. Faults of the instance or the tree are in the result;
/// Error only where there is no run: pattern.unknown, pattern.unsupported.
[[nodiscard]] RunResult run_pattern(const PatternRunRequest& request,
                                    const Environment& environment, EventSink& events,
                                    const Cancellation& cancellation);

}  // namespace ratchet
