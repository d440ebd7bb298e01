// What the keywords compile to, one function a keyword; keywords.cpp lists which serves which.
#pragma once

#include <optional>

#include "validation/schema/compiler.h"
#include "validation/schema/program.h"

namespace ratchet::schema {

/// Nothing where another keyword of the group compiles the whole group: of properties,
/// patternProperties and additionalProperties one does. All throw Error{schema.invalid} for a value
/// of the wrong kind.
using Compiled = std::optional<Operation>;

// Assertions (assertion_keywords.cpp).
[[nodiscard]] Compiled type(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled constant(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled enumeration(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled multiple_of(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled pattern(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled format(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled unique_items(Compiler& compiler, const KeywordSite& site);

// Keys and subschemas (applicator_keywords.cpp).
[[nodiscard]] Compiled required(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled dependent_required(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled dependent_schemas(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled dependencies(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled members(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled property_names(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled items7(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled items2020(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled contains7(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled contains2020(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled unevaluated_items(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled unevaluated_properties(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled all_of(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled any_of(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled one_of(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled negation(Compiler& compiler, const KeywordSite& site);
[[nodiscard]] Compiled conditional(Compiler& compiler, const KeywordSite& site);

}  // namespace ratchet::schema
