// What is wrong or doubtful in a schema itself.
#pragma once

#include <string>
#include <vector>

#include "core/document.h"
#include "core/finding.h"
#include "validation/schema/schema.h"

namespace ratchet {

/// Every fault in the schema and, as warnings, what hardly says what its author meant; each where
/// it stands in the document, in the order of the text, source `schema`. At most
/// `limits.findings_per_file`.
///
/// Errors: values that a keyword of the draft cannot have (all of them, where compiling stops at
/// the first), then whatever else keeps Schema::compile() from taking it. Warnings:
/// `schema.keyword` (an unknown keyword near to a known one, or one of the other draft),
/// `schema.impossible` (nothing can fit: a minimum above its maximum, an enum of the wrong type,
/// …), `schema.no_effect` (a keyword that the type, or what is or is not beside it, makes idle; a
/// definition that nothing refers to).
///
/// The keywords of both drafts are looked at wherever the dialect has subschemas; a schema that
/// does not compile is still linted. Thread-safe. Never throws but for lack of memory.
[[nodiscard]] std::vector<Finding> lint_schema(const Document& schema, const Limits& limits,
                                               const SchemaOptions& options = {});

}  // namespace ratchet
