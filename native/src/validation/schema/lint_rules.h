// The rules of the linter, one function a concern; lint.cpp walks over the subschemas.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error_codes.h"
#include "core/json.h"
#include "validation/schema/dialect.h"

namespace ratchet::schema {

/// A doubt about a keyword, which stands at `pointer` of the schema document.
struct Remark {
  Code code;
  std::string pointer;
  std::string keyword;
  std::string message;
  std::string hint;
};

/// A subschema to look at.
struct LintSite {
  const json::object& schema;
  const std::string& pointer;
  Dialect dialect;
};

using LintRule = void (*)(const LintSite& site, std::vector<Remark>& remarks);

/// Names that no keyword of the dialect has: misspelt, or of another draft.
void lint_names(const LintSite& site, std::vector<Remark>& remarks);
/// Bounds, lists and types that leave nothing to fit.
void lint_impossible(const LintSite& site, std::vector<Remark>& remarks);
/// Keywords that say nothing where they stand.
void lint_idle(const LintSite& site, std::vector<Remark>& remarks);

}  // namespace ratchet::schema
