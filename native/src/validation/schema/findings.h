// A schema's findings as findings in the user's file.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/document.h"
#include "core/finding.h"
#include "core/limits.h"
#include "validation/schema/schema.h"

namespace ratchet {

/// Gives a finding the place of what stands at a JSON pointer (of its key, when `at_key`): its
/// path, line, column and pointer, in whatever text the value came from.
using PlaceFinding = std::function<void(Finding& finding, const std::string& pointer, bool at_key)>;

/// Each finding with its place, in the order of the text; source `schema`. At most
/// `limits.findings_per_file`, the last one then being findings.truncated with the count of the
/// rest.
[[nodiscard]] std::vector<Finding> to_findings(const SchemaResult& result,
                                               const PlaceFinding& place, const Limits& limits);

/// The same for a document; `result` comes from validating the value at `base`, a JSON pointer into
/// it.
[[nodiscard]] std::vector<Finding> to_findings(const SchemaResult& result, const Document& document,
                                               const std::string& base, const Limits& limits);
[[nodiscard]] std::vector<Finding> to_findings(const SchemaResult& result, const Document& document,
                                               const Limits& limits);

}  // namespace ratchet
