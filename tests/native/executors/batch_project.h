// A project on a disk in memory whose batches are run.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <string>

#include "executors/pattern_run.h"
#include "fs/memory_file_system.h"
#include "process/scripted_launcher.h"
#include "transactions/fixed_seams.h"

namespace ratchet::test {

/// A project on a disk in memory, with a template of its own whose text is no program.
struct BatchProject {
  BatchProject() {
    files.put_folder("/p");
    files.put_file("/p/ratchet/templates/note/template.yaml",
                   "name: note\ndescription: A note.\nvariables:\n  type: object\n"
                   "  properties:\n    title: {type: string, description: The title.}\n"
                   "  required: [title]\n  additionalProperties: false\n"
                   "files:\n  - source: note.txt.mustache\n");
    files.put_file("/p/ratchet/templates/note/note.txt.mustache", "# {{title}}\n");
    files.forget_operations();
  }

  RunResult run(const std::string& instance, PatternRunRequest request = {}) {
    request.pattern = "batch_create";
    request.instance_text = instance;
    request.instance_name = "two.yaml";
    if (!request.base_folder) request.base_folder = "/p";
    const Environment environment{files, launcher, clock, random, limits, 2};
    return run_pattern(request, environment, no_events(), cancel.token());
  }

  /// What stands in the project but for its template.
  std::map<std::string, std::string> tree() const {
    std::map<std::string, std::string> all = files.tree("/p");
    std::erase_if(all, [](const auto& row) { return row.first.starts_with("ratchet/"); });
    return all;
  }

  MemoryFileSystem files;
  ScriptedLauncher launcher;
  WaitingClock clock;
  CountingRandom random;
  Limits limits;
  CancelSource cancel;
};

inline std::string code_of(const RunResult& result) {
  return result.errors.empty() ? std::string() : result.errors.front().code;
}

inline std::string with(std::string text, const std::string& old, const std::string& replacement) {
  const std::size_t at = text.find(old);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old.size(), replacement);
}

inline const Finding& first_finding(const RunResult& result) {
  for (const StepResult& step : result.steps) {
    if (!step.findings.empty()) return step.findings.front();
  }
  FAIL("the run has no finding");
  static const Finding none;
  return none;
}

}  // namespace ratchet::test
