#include "validation/dependencies/dependency_check.h"

#include <map>

#include "core/text.h"

namespace ratchet {
namespace {

std::unique_ptr<DependencySource> source_of(DependencyKind kind, const Requirements& requirements,
                                            const LookUpPlace& place,
                                            const DependencySeams& seams) {
  switch (kind) {
    case DependencyKind::python:
      return python_source(requirements, place, seams);
    case DependencyKind::npm:
      return npm_source(requirements, place, seams);
    case DependencyKind::npm_global:
      return npm_global_source(requirements, seams);
    case DependencyKind::executable:
      return executable_source(requirements, seams);
    case DependencyKind::dotnet:
      return dotnet_source(requirements, place, seams);
    case DependencyKind::go:
      return go_source(requirements, place, seams);
    case DependencyKind::cargo:
      return cargo_source(requirements, place, seams);
  }
  throw Error("internal.error", "a kind of dependency without a source");
}

/// The requirements of one kind on their way.
struct Group {
  Requirements requirements;
  std::vector<std::size_t> places;  ///< of each among all
  std::unique_ptr<DependencySource> source;
  std::size_t first_question = 0;
  std::size_t question_count = 0;
};

std::optional<bool> fits(const Requirement& requirement, const Installed& installed) {
  if (requirement.asked.empty()) return true;
  if (installed.read) return requirement.fits(*installed.read);
  if (!installed.version) return std::nullopt;
  return requirement.fits(*installed.version);
}

/// The best of those installed: one that will do, else one of which nobody knows, else the first.
const Installed& best_of(const Requirement& requirement, const std::vector<Installed>& installed) {
  const Installed* unknown = nullptr;
  for (const Installed& each : installed) {
    const std::optional<bool> answer = fits(requirement, each);
    if (answer && *answer) return each;
    if (!answer && unknown == nullptr) unknown = &each;
  }
  return unknown != nullptr ? *unknown : installed.front();
}

Finding finding_about(const Requirement& requirement, Code code, Severity severity,
                      const std::string& says, std::string hint) {
  Finding finding = make_finding(
      code, severity,
      std::string(to_string(requirement.kind)) + " " + in_quotes(requirement.name) + " " + says,
      "dependencies");
  if (!hint.empty()) finding.hint = std::move(hint);
  return finding;
}

void judge_found(const Requirement& requirement, const LookedUp& looked_up,
                 DependencyReport& report) {
  const Installed& installed = best_of(requirement, looked_up.installed);
  FoundDependency found;
  found.kind = requirement.kind;
  found.name = requirement.name;
  found.version = installed.version;
  found.path = installed.path;
  if (!requirement.asked.empty()) found.required = requirement.asked;
  found.compatible = fits(requirement, installed);
  const std::string asked = in_quotes(requirement.asked);
  if (!found.compatible) {
    report.unchecked.push_back(requirement.id());
    std::string says = "is installed, but whether " + asked + " holds is not known: ";
    says += installed.version
                ? "its version " + in_quotes(*installed.version) + " cannot be compared"
            : looked_up.reason.empty() ? std::string("its version cannot be told")
                                       : looked_up.reason;
    report.warnings.push_back(finding_about(requirement, "dependency.unknown_version",
                                            Severity::warning, says, "look at it yourself"));
  } else if (!*found.compatible) {
    report.errors.push_back(finding_about(
        requirement, "dependency.incompatible", Severity::error,
        "is installed as " + in_quotes(installed.version.value_or("")) + ", required is " + asked,
        "install a version that fits"));
  }
  report.found.push_back(std::move(found));
}

void judge(const Requirement& requirement, const LookedUp& looked_up, DependencyReport& report) {
  switch (looked_up.state) {
    case LookedUp::State::found:
      return judge_found(requirement, looked_up, report);
    case LookedUp::State::missing:
      report.missing.push_back(requirement.id());
      report.errors.push_back(finding_about(requirement, "dependency.missing", Severity::error,
                                            "is not installed: " + looked_up.reason,
                                            looked_up.hint));
      return;
    case LookedUp::State::unchecked:
      report.unchecked.push_back(requirement.id());
      report.warnings.push_back(finding_about(requirement, "check.unavailable", Severity::warning,
                                              "was not checked: " + looked_up.reason,
                                              looked_up.hint));
      return;
  }
}

}  // namespace

DependencyReport check_dependencies(const Requirements& requirements, const LookUpPlace& place,
                                    const DependencySeams& seams,
                                    const Cancellation& cancellation) {
  std::map<DependencyKind, Group> groups;
  for (std::size_t i = 0; i < requirements.size(); ++i) {
    Group& group = groups[requirements[i].kind];
    group.requirements.push_back(requirements[i]);
    group.places.push_back(i);
  }
  std::vector<ToolQuestion> questions;
  for (auto& [kind, group] : groups) {
    group.source = source_of(kind, group.requirements, place, seams);
    std::vector<ToolQuestion> more = group.source->questions();
    group.first_question = questions.size();
    group.question_count = more.size();
    std::move(more.begin(), more.end(), std::back_inserter(questions));
  }
  const std::vector<ToolAnswer> answers = ask_tools(questions, seams, cancellation);
  std::vector<LookedUp> looked_up(requirements.size());
  for (auto& [kind, group] : groups) {
    cancellation.check();
    std::vector<LookedUp> some = group.source->look_up(
        std::span(answers).subspan(group.first_question, group.question_count));
    for (std::size_t i = 0; i < some.size(); ++i)
      looked_up[group.places[i]] = std::move(some[i]);
  }
  DependencyReport report;
  for (std::size_t i = 0; i < requirements.size(); ++i)
    judge(requirements[i], looked_up[i], report);
  if (!report.errors.empty()) {
    report.valid = false;
  } else if (report.unchecked.empty()) {
    report.valid = true;
  }
  cap_findings(report.errors, static_cast<std::size_t>(seams.limits.findings_per_run));
  cap_findings(report.warnings, static_cast<std::size_t>(seams.limits.findings_per_run));
  return report;
}

}  // namespace ratchet
