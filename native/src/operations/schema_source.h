// A schema as a request names it: what validate.schema and validate.document have in common.
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "core/document.h"
#include "core/fields.h"
#include "executors/environment.h"
#include "validation/schema/schema.h"

namespace ratchet {

/// The fields of a request that name a schema, and those that it refers to.
struct SchemaSource {
  enum class Draft { draft7, draft2020_12 };

  std::optional<json::value> schema;
  std::optional<std::string> schema_path;
  std::optional<std::string> schema_text;
  std::optional<std::string> schema_name;
  std::vector<std::string> references;
  Draft draft = Draft::draft2020_12;
};

/// A schema that was read, and what compiling it needs. Neither copied nor moved: the options refer
/// to the registry, and this to the environment.
class NamedSchema {
 public:
  /// What the schema refers to is in `references` or in a file beside it: a `$ref` of a schema file
  /// is taken relative to it, as a URI of the `file` scheme; of another machine only where the
  /// schema's own file lies there. Throws Error: request.constraint
  /// unless exactly one form is given, io.*, and what the readers throw.
  NamedSchema(const SchemaSource& source, const Environment& environment);
  NamedSchema(const NamedSchema&) = delete;
  NamedSchema& operator=(const NamedSchema&) = delete;

  [[nodiscard]] const Document& document() const { return document_; }
  /// For Schema::compile and lint_schema; by one thread.
  [[nodiscard]] const SchemaOptions& options() const { return options_; }
  /// As Schema::compile, the error with its place in the schema's text. A key that stands twice is
  /// schema.invalid too: which of them was meant nobody can tell.
  [[nodiscard]] Schema compile(bool assert_formats, const Limits& limits) const;

 private:
  const FileSystem* files_;
  Document document_;
  SchemaRegistry registry_;
  SchemaOptions options_;
};

template <>
struct Choice<SchemaSource::Draft> {
  using Draft = SchemaSource::Draft;
  static constexpr std::string_view name = "SchemaDraft";
  static constexpr auto values = std::to_array<ChoiceValue<Draft>>({
      {Draft::draft7, "draft-07", "http://json-schema.org/draft-07/schema#"},
      {Draft::draft2020_12, "2020-12", "https://json-schema.org/draft/2020-12/schema"},
  });
};

/// The fields of a request that is a SchemaSource.
inline constexpr auto kSchemaSourceFields = std::make_tuple(
    field("schema", &SchemaSource::schema, "The schema as a value."),
    field("schema_path", &SchemaSource::schema_path, "Absolute path of a JSON, YAML or TOML file."),
    field("schema_text", &SchemaSource::schema_text, "The schema as JSON or YAML text."),
    field("schema_name", &SchemaSource::schema_name, "What messages call a schema_text."),
    field("references", &SchemaSource::references,
          "Absolute paths of schemas that it refers to by their $id; files are found without."),
    field("draft", &SchemaSource::draft, "Of a schema without $schema."));

}  // namespace ratchet
