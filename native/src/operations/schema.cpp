#include "core/excerpt.h"
#include "core/records.h"
#include "operations/operation_row.h"
#include "operations/rows.h"
#include "operations/schema_source.h"
#include "validation/schema/lint.h"

namespace ratchet {
namespace {

struct SchemaRequest : SchemaSource {};

struct SchemaVerdict {
  bool valid = false;
  std::vector<Finding> errors;
  std::vector<Finding> warnings;
};

SchemaVerdict lint(const SchemaRequest& request, OperationContext& context) {
  const Environment& environment = context.environment;
  const NamedSchema schema(request, environment);
  SchemaVerdict verdict;
  std::vector<Finding> findings =
      lint_schema(schema.document(), environment.limits, schema.options());
  add_excerpts(findings, schema.document().text());
  for (Finding& finding : findings) {
    auto& list = finding.severity == Severity::error ? verdict.errors : verdict.warnings;
    list.push_back(std::move(finding));
  }
  verdict.valid = verdict.errors.empty();
  return verdict;
}

}  // namespace

template <>
struct Record<SchemaRequest> {
  static constexpr std::string_view name = "SchemaRequest";
  static constexpr std::string_view sentence = "A schema to look through.";
  static constexpr auto fields = kSchemaSourceFields;
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
