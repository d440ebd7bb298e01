// Whether what a project depends on is installed, in versions that will do.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/cancel.h"
#include "core/finding.h"
#include "validation/dependencies/dependency_source.h"

namespace ratchet {

/// One dependency that is installed.
struct FoundDependency {
  DependencyKind kind = DependencyKind::executable;
  std::string name;                     ///< as it was asked for
  std::optional<std::string> version;   ///< absent where it could not be told
  std::optional<std::string> path;      ///< where it lies, or the folder that it lies in
  std::optional<std::string> required;  ///< the versions asked for
  std::optional<bool> compatible;       ///< absent where the version could not be compared
};

struct DependencyReport {
  /// True: all are there and compatible. False: one is missing or not compatible. Nothing: neither,
  /// but some could not be checked, or have a version that could not be told.
  std::optional<bool> valid;
  std::vector<std::string> missing;    ///< `kind:name`
  std::vector<std::string> unchecked;  ///< `kind:name`; not looked up, or of unknown version
  std::vector<FoundDependency> found;
  std::vector<Finding> errors;    ///< dependency.missing, dependency.incompatible
  std::vector<Finding> warnings;  ///< check.unavailable, dependency.unknown_version
};

/// Looks all of them up: files are read here, programs are asked all at once (tool_questions.h).
/// Nothing that is asked for becomes part of code or of a shell's line: names are looked up in
/// tables, or go to a child as data. Of several versions installed side by side the first that will
/// do counts. In the order of the requirements. Error: job.cancelled.
[[nodiscard]] DependencyReport check_dependencies(const Requirements& requirements,
                                                  const LookUpPlace& place,
                                                  const DependencySeams& seams,
                                                  const Cancellation& cancellation);

}  // namespace ratchet
