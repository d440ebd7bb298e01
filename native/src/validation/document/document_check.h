// Judging one document of any format by a schema.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "core/finding.h"
#include "core/json.h"
#include "core/limits.h"
#include "validation/schema/schema.h"

namespace ratchet {

/// What is told of a verdict, beside what is wrong in the file.
enum class SchemaOutput {
  findings,  ///< nothing more
  flag,      ///< the standard's flag output
  basic,     ///< its basic output
};

/// What came out for one document.
struct DocumentVerdict {
  std::string language;  ///< json, jsonc, yaml or toml
  bool valid = false;
  std::vector<Finding> findings;
  std::optional<json::object> output;  ///< as SchemaOutput asks; also of a text that is none
};

/// Throws Error{document.unsupported} for a name or alias of a language without documents, or of
/// none.
void require_document_language(std::string_view name);

/// Reads a document as its name, or its text, says: JSON, JSON with comments where its kind of file
/// has them (`tsconfig.json`, `.jsonc`, …), YAML or TOML; a name that says nothing is JSON where
/// the text begins with `{`, `[` or a comment of JSON's, else YAML. `language` (a name or alias of
/// validation/syntax/language.h) decides instead unless it is empty.
///
/// Throws Error: what the readers of core/document.h throw, and document.unsupported for a language
/// that has no documents, python for one.
struct NamedDocument {
  std::string_view language;
  Document document;
};
[[nodiscard]] NamedDocument read_named_document(std::string text, std::string name,
                                                std::string_view language, const Limits& limits);

/// Judges a document's text. A text that is none of its format is a finding, as is a key that
/// stands twice. Throws Error as read_named_document() where a text is more than its reader takes
/// on, and schema.undecided where nothing is wrong but what exceeded its bounds. Thread-safe.
[[nodiscard]] DocumentVerdict check_document(std::string_view text, const std::string& name,
                                             std::string_view language, const Schema& schema,
                                             SchemaOutput output, const Limits& limits);

/// The same for a value that was never a text: findings have pointers and no places.
[[nodiscard]] DocumentVerdict check_value(const json::value& value, const std::string& name,
                                          const Schema& schema, SchemaOutput output,
                                          const Limits& limits);

}  // namespace ratchet
