#include <filesystem>

#include "core/excerpt.h"
#include "core/records.h"
#include "core/text.h"
#include "operations/operation_row.h"
#include "operations/rows.h"
#include "validation/schema/lint.h"

namespace ratchet {
namespace {

enum class Draft { draft7, draft2020_12 };

struct SchemaRequest {
  std::optional<json::value> schema;
  std::optional<std::string> schema_path;
  std::optional<std::string> schema_text;
  std::optional<std::string> schema_name;
  std::vector<std::string> references;
  Draft draft = Draft::draft2020_12;
};

struct SchemaVerdict {
  bool valid = false;
  std::vector<Finding> errors;
  std::vector<Finding> warnings;
};

std::string read_file(const std::string& path, const Environment& environment) {
  if (!std::filesystem::path(path).is_absolute()) {
    throw Error("request.constraint", "path " + in_quotes(path, 200) + " must be absolute");
  }
  return environment.files.read(path, static_cast<std::uint64_t>(environment.limits.input_bytes));
}

std::string file_uri(const std::string& path) {
  return "file://" + path;
}

Document read_schema(const SchemaRequest& request, const Environment& environment) {
  const int forms = static_cast<int>(request.schema.has_value()) +
                    static_cast<int>(request.schema_path.has_value()) +
                    static_cast<int>(request.schema_text.has_value());
  if (forms != 1) {
    throw Error("request.constraint", "give exactly one of schema, schema_path and schema_text");
  }
  if (request.schema_path) {
    return read_document(read_file(*request.schema_path, environment), *request.schema_path,
                         environment.limits);
  }
  std::string text =
      request.schema_text ? *request.schema_text : write_json_pretty(*request.schema);
  return read_document(std::move(text), request.schema_name.value_or("schema"), environment.limits);
}

/// Each under the URI of its file, and under its `$id` where that is absolute.
SchemaRegistry registry_of(const std::vector<std::string>& paths, const Environment& environment) {
  SchemaRegistry registry;
  for (const std::string& path : paths) {
    const json::value schema =
        read_document(read_file(path, environment), path, environment.limits).value();
    const json::object* object = schema.if_object();
    const json::value* identifier = object != nullptr ? object->if_contains("$id") : nullptr;
    if (identifier != nullptr && identifier->is_string() &&
        identifier->get_string().find(':') != json::string::npos) {
      registry.add(identifier->get_string(), schema);
    }
    registry.add(file_uri(path), schema);
  }
  return registry;
}

SchemaVerdict lint(const SchemaRequest& request, OperationContext& context) {
  const Environment& environment = context.environment;
  const Document document = read_schema(request, environment);
  const SchemaRegistry registry = registry_of(request.references, environment);
  SchemaOptions options;
  options.registry = &registry;
  options.draft = request.draft == Draft::draft7 ? SchemaDraft::draft7 : SchemaDraft::draft2020_12;
  if (request.schema_path) options.base_uri = file_uri(*request.schema_path);
  SchemaVerdict verdict;
  std::vector<Finding> findings = lint_schema(document, environment.limits, options);
  add_excerpts(findings, document.text());
  for (Finding& finding : findings) {
    auto& list = finding.severity == Severity::error ? verdict.errors : verdict.warnings;
    list.push_back(std::move(finding));
  }
  verdict.valid = verdict.errors.empty();
  return verdict;
}

}  // namespace

template <>
struct Choice<Draft> {
  static constexpr std::string_view name = "SchemaDraft";
  static constexpr auto values = std::to_array<ChoiceValue<Draft>>({
      {Draft::draft7, "draft-07", "http://json-schema.org/draft-07/schema#"},
      {Draft::draft2020_12, "2020-12", "https://json-schema.org/draft/2020-12/schema"},
  });
};

template <>
struct Record<SchemaRequest> {
  using R = SchemaRequest;
  static constexpr std::string_view name = "SchemaRequest";
  static constexpr std::string_view sentence = "A schema to look through.";
  static constexpr auto fields = std::make_tuple(
      field("schema", &R::schema, "The schema as a value."),
      field("schema_path", &R::schema_path, "Absolute path of a JSON or YAML file."),
      field("schema_text", &R::schema_text, "The schema as JSON or YAML text."),
      field("schema_name", &R::schema_name, "What messages call a schema_text."),
      field("references", &R::references,
            "Absolute paths of schemas that it refers to by their $id or file name."),
      field("draft", &R::draft, "Of a schema without $schema."));
};

template <>
struct Record<SchemaVerdict> {
  using R = SchemaVerdict;
  static constexpr std::string_view name = "SchemaVerdict";
  static constexpr std::string_view sentence = "What is wrong or doubtful in a schema.";
  static constexpr auto fields =
      std::make_tuple(field("valid", &R::valid, "No errors: it compiles."),
                      field("errors", &R::errors, "What is wrong."),
                      field("warnings", &R::warnings, "What hardly says what its author meant."));
};

Operation rows::validate_schema() {
  return operation<SchemaRequest, SchemaVerdict, lint>(
      "validate.schema", "Looks through a JSON Schema for faults and for what says nothing.",
      "0.1.0");
}

}  // namespace ratchet
