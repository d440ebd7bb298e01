// The table of keywords: which draft knows them, and what they are compiled to.
#pragma once

#include <optional>
#include <string_view>

#include "validation/schema/compiler.h"
#include "validation/schema/program.h"

namespace ratchet::schema {

/// Compiles a keyword; nothing where it asserts nothing by itself (an annotation, `$defs`, or a
/// keyword whose group another one compiles: `minContains` is part of `contains`). Throws
/// Error{schema.invalid}.
using CompileKeyword = std::optional<Operation> (*)(Compiler& compiler, const KeywordSite& site);

struct KeywordRow {
  std::string_view name;
  bool in_draft7;
  bool in_draft2020_12;
  CompileKeyword compile;
};

/// Nothing where the draft does not define the keyword.
[[nodiscard]] const KeywordRow* find_keyword(std::string_view name, SchemaDraft draft);

}  // namespace ratchet::schema
