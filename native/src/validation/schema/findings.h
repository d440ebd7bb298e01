// A schema's findings as findings in the user's file.
#pragma once

#include <vector>

#include "core/document.h"
#include "core/finding.h"
#include "core/limits.h"
#include "validation/schema/schema.h"

namespace ratchet {

/// Each finding with the line and column of the value that it concerns in `document` (of the key
/// where the key is wrong), in the order of the text; source `schema`, path = the document's name.
/// At most `limits.findings_per_file`, the last one then being findings.truncated with the count of
/// the rest. `result` must come from validating `document.value()`.
[[nodiscard]] std::vector<Finding> to_findings(const SchemaResult& result, const Document& document,
                                               const Limits& limits);

/// The same for a value that is not the document's root: every pointer is found below `base`, a
/// JSON pointer into the document (`/inputs` for a nested instance).
[[nodiscard]] std::vector<Finding> to_findings(const SchemaResult& result, const Document& document,
                                               const std::string& base, const Limits& limits);

}  // namespace ratchet
