// The table of keywords: which draft knows them, what their values look like, and what they are
// compiled to.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "validation/schema/dialect.h"
#include "validation/schema/program.h"

namespace ratchet::schema {

class Compiler;
struct KeywordSite;

/// Compiles a keyword; nothing where it asserts nothing by itself (an annotation, `$defs`, or a
/// keyword whose group another one compiles: `minContains` is part of `contains`). Throws
/// Error{schema.invalid}.
using CompileKeyword = std::optional<Operation> (*)(Compiler& compiler, const KeywordSite& site);

/// What a keyword's value looks like; tells where subschemas stand, and makes the metaschemas.
enum class Shape : std::uint8_t {
  anything,
  schema,
  schemas,            ///< an array of at least one
  schema_or_schemas,  ///< `items` of draft-07
  schemas_by_name,    ///< an object of schemas
  schemas_or_names,   ///< an object of schemas and of lists of names: `dependencies`
  schemas_by_pattern,
  names,
  names_by_name,
  types,
  list,
  boolean,
  count,
  number,
  positive_number,
  text,
  pattern,
  anchor,
  identifier,
  reference,
  vocabularies,
};

struct KeywordRow {
  std::string_view name;
  SchemaDraft draft;
  VocabularySet vocabularies;  ///< any of which brings it
  Shape shape;
  CompileKeyword compile;
};

/// Sorted by name; one row a draft where both know a keyword.
[[nodiscard]] std::span<const KeywordRow> keyword_rows();

/// Nothing where the dialect does not define the keyword.
[[nodiscard]] const KeywordRow* find_keyword(std::string_view name, const Dialect& dialect);

}  // namespace ratchet::schema
