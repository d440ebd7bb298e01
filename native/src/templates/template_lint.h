// Whether a template is right by itself, whatever its variables.
#pragma once

#include <vector>

#include "core/finding.h"
#include "core/limits.h"
#include "templates/loaded_template.h"

namespace ratchet {

/// Findings with their places:
///
///   template.missing_variable  error: a name is used that is not declared, by the nearest one
///   template.unused_variable   error: a variable is declared and never used; a warning for a
///                              member of one
///   template.*, path.*         error: it does not render with values that its schema allows, with
///                              those values as the hint
///   template.unreached         warning: a section that none of the values opened
///   template.no_sample         warning: no value was found to try it with
///
/// Values are made from the schema (templates/sample_values.h): all variables and the required ones
/// alone, and from both every other choice of each one: flags, choices, empty, one and many items,
/// given or not. Names that an open schema may bring are no faults. Deterministic.
[[nodiscard]] std::vector<Finding> lint_template(const LoadedTemplate& source,
                                                 const Limits& limits);

/// Findings of the names alone: what is used and not declared, declared and not used.
[[nodiscard]] std::vector<Finding> check_names(const LoadedTemplate& source);
/// Findings of rendering alone.
[[nodiscard]] std::vector<Finding> try_branches(const LoadedTemplate& source, const Limits& limits);

/// What the findings of templates name as who judged.
inline constexpr const char* kTemplateJudge = "template";

}  // namespace ratchet
