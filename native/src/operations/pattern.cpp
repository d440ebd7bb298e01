#include "executors/instance_check.h"
#include "executors/pattern_run.h"
#include "operations/operation_row.h"
#include "operations/rows.h"
#include "operations/schema_source.h"

namespace ratchet {
namespace {

struct PatternListRequest {};

struct PatternSummary {
  std::string id;
  std::string name;
  std::string version;
  std::string description;
};

struct PatternList {
  std::vector<PatternSummary> patterns;
};

struct PatternDescribeRequest {
  std::string pattern;
};

struct InstanceRequest : InstanceSource {
  std::optional<std::string> pattern_id;
  std::optional<std::vector<std::string>> required_fields;
  std::optional<json::value> schema;
  std::optional<std::string> schema_path;
  std::optional<std::string> schema_text;
};

struct InstanceVerdict {
  bool valid = false;
  std::optional<std::string> pattern_id;
  json::object instance;
  std::vector<Finding> errors;
  std::vector<Finding> warnings;
};

PatternList list(const PatternListRequest& /*request*/, OperationContext& /*context*/) {
  PatternList list;
  for (const Pattern& pattern : patterns()) {
    list.patterns.push_back({pattern.id, pattern.name, pattern.version, pattern.description});
  }
  return list;
}

Pattern describe(const PatternDescribeRequest& request, OperationContext& /*context*/) {
  return find_pattern(request.pattern);
}

RunResult run(const PatternRunRequest& request, OperationContext& context) {
  return run_pattern(request, context.environment, context.events, context.cancellation);
}

/// Of a pattern that nobody knows, only what every instance has can be asked for.
constexpr auto kFieldsOfAnyInstance =
    std::to_array<std::string_view>({"pattern_id", "project_root"});

/// The schema that the instance is held against instead of its pattern's, if there is one.
std::optional<Schema> own_schema(const InstanceRequest& request, const Environment& environment) {
  if (!request.schema && !request.schema_path && !request.schema_text) return std::nullopt;
  SchemaSource source;
  source.schema = request.schema;
  source.schema_path = request.schema_path;
  source.schema_text = request.schema_text;
  return NamedSchema(source, environment).compile(false, environment.limits);
}

InstanceVerdict validate(const InstanceRequest& request, OperationContext& context) {
  const Environment& environment = context.environment;
  const Instance instance = Instance::read(request, environment);
  InstanceVerdict verdict;
  verdict.pattern_id = request.pattern_id ? request.pattern_id : instance.text("pattern_id");
  std::vector<Finding> findings;
  if (const std::optional<Schema> schema = own_schema(request, environment)) {
    findings = check_instance(instance, *schema, environment.limits);
  } else if (verdict.pattern_id) {
    const Pattern& pattern = find_pattern(*verdict.pattern_id);
    verdict.pattern_id = pattern.id;
    findings = check_instance(instance, pattern, environment.limits);
  } else if (!request.required_fields) {
    findings = missing_fields(instance, std::vector<std::string>(kFieldsOfAnyInstance.begin(),
                                                                 kFieldsOfAnyInstance.end()));
  }
  if (request.required_fields) {
    for (Finding& finding : missing_fields(instance, *request.required_fields)) {
      findings.push_back(std::move(finding));
    }
  }
  instance.add_excerpts(findings);
  for (Finding& finding : findings) {
    auto& list = finding.severity == Severity::error ? verdict.errors : verdict.warnings;
    list.push_back(std::move(finding));
  }
  verdict.valid = verdict.errors.empty();
  verdict.instance = instance.values();
  return verdict;
}

}  // namespace

template <>
struct Record<PatternListRequest> {
  static constexpr std::string_view name = "PatternListRequest";
  static constexpr std::string_view sentence = "Nothing to say.";
  static constexpr auto fields = std::make_tuple();
};

template <>
struct Record<PatternSummary> {
  static constexpr std::string_view name = "PatternSummary";
  static constexpr std::string_view sentence = "A pattern that can be run.";
  static constexpr auto fields =
      std::make_tuple(field("id", &PatternSummary::id, "PAT-…"),
                      field("name", &PatternSummary::name, "To call it by."),
                      field("version", &PatternSummary::version, "Semantic version."),
                      field("description", &PatternSummary::description, "What it is for."));
};

template <>
struct Record<PatternList> {
  static constexpr std::string_view name = "PatternList";
  static constexpr std::string_view sentence = "The patterns of this engine.";
  static constexpr auto fields =
      std::make_tuple(field("patterns", &PatternList::patterns, "In the order of their names."));
};

template <>
struct Record<PatternDescribeRequest> {
  static constexpr std::string_view name = "PatternDescribeRequest";
  static constexpr std::string_view sentence = "Which pattern.";
  static constexpr auto fields = std::make_tuple(
      field("pattern", &PatternDescribeRequest::pattern, "Name or id.").required().not_empty());
};

template <>
struct Record<InstanceRequest> {
  using R = InstanceRequest;
  static constexpr std::string_view name = "InstanceRequest";
  static constexpr std::string_view sentence = "An instance to check.";
  static constexpr auto fields = std::make_tuple(
      field("instance", &R::instance, "The instance as an object."),
      field("instance_path", &R::instance_path, "Absolute path of a JSON or YAML file."),
      field("instance_text", &R::instance_text, "The instance as JSON or YAML text."),
      field("instance_name", &R::instance_name, "What messages call an instance_text."),
      field("pattern_id", &R::pattern_id, "Id or name; the instance's own pattern_id when absent."),
      field("required_fields", &R::required_fields,
            "Keys that must be there; without a pattern, pattern_id and project_root when absent."),
      field("schema", &R::schema, "A schema to hold the flat form against, not the pattern's."),
      field("schema_path", &R::schema_path,
            "The same: absolute path of a JSON, YAML or TOML file."),
      field("schema_text", &R::schema_text, "The same: as JSON or YAML text."));
};

template <>
struct Record<InstanceVerdict> {
  using R = InstanceVerdict;
  static constexpr std::string_view name = "InstanceVerdict";
  static constexpr std::string_view sentence = "Whether an instance is one of its pattern.";
  static constexpr auto fields =
      std::make_tuple(field("valid", &R::valid, "No errors."),
                      field("pattern_id", &R::pattern_id, "The pattern that it is for."),
                      field("instance", &R::instance, "Its flat form."),
                      field("errors", &R::errors, "What is wrong."),
                      field("warnings", &R::warnings, "What may be wrong."));
};

Operation rows::pattern_list() {
  return operation<PatternListRequest, PatternList, list>(
      "pattern.list", "Lists the patterns that can be run.", "0.1.0");
}

Operation rows::pattern_describe() {
  return operation<PatternDescribeRequest, Pattern, ratchet::describe>(
      "pattern.describe", "Tells a pattern's steps, outputs, ground truth and instance schema.",
      "0.1.0");
}

Operation rows::pattern_run() {
  return operation<PatternRunRequest, RunResult, run>(
      "pattern.run", "Runs an instance of a pattern, whole or not at all.", "0.1.0");
}

Operation rows::validate_instance() {
  return operation<InstanceRequest, InstanceVerdict, validate>(
      "validate.instance", "Checks an instance against its pattern's schema.", "0.1.0");
}

}  // namespace ratchet
