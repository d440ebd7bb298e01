// template.list and template.load.
#include "core/document.h"
#include "operations/operation_row.h"
#include "operations/rows.h"
#include "operations/template_source.h"
#include "templates/template_catalog.h"
#include "templates/typed_text.h"

namespace ratchet {
namespace {

struct TemplateListRequest {
  std::optional<std::string> project_root;
};

struct TemplateRow {
  std::string name;
  std::string language;
  std::string description;
  std::string source;
  std::vector<std::string> aliases;
  std::optional<std::string> fault;
};

struct TemplateList {
  std::vector<TemplateRow> templates;
};

struct TemplateLoadRequest : TemplateRequest {};

struct TemplateFileRow {
  std::string source;
  std::string path;
  bool rendered = true;
  bool executable = false;
  std::optional<std::string> each;
  std::optional<std::string> as;
  std::optional<json::value> when;
};

struct TemplateVariableRow {
  std::string name;
  std::string type;
  bool required = false;
  bool secret = false;
  std::optional<std::string> description;
  std::optional<json::value> fallback;
  std::optional<json::value> when;
  std::optional<std::vector<json::value>> choices;
};

struct LoadedTemplateResult {
  std::string name;
  std::string language;
  std::string description;
  std::string source;
  std::optional<std::string> content;
  std::vector<TemplateFileRow> files;
  std::vector<TemplateVariableRow> variables;
  json::object schema;
};

TemplateList list(const TemplateListRequest& request, OperationContext& context) {
  TemplateCatalog catalog(context.environment.files,
                          optional_root(request.project_root, context.environment.files),
                          context.environment.limits);
  TemplateList list;
  for (TemplateSummary& summary : catalog.list()) {
    TemplateRow& row = list.templates.emplace_back();
    row.name = std::move(summary.name);
    row.language = std::move(summary.language);
    row.description = std::move(summary.description);
    row.source = to_string(summary.origin);
    row.aliases = std::move(summary.aliases);
    if (!summary.fault.empty()) row.fault = std::move(summary.fault);
  }
  return list;
}

/// `string`, `string or null`; empty where any will do.
std::string type_of(const json::object& schema) {
  const json::value* type = schema.if_contains("type");
  if (type == nullptr) return {};
  if (const json::string* one = type->if_string()) return std::string(*one);
  std::string text;
  for (const json::value& each : type->as_array())
    text.append(text.empty() ? "" : " or ").append(each.as_string());
  return text;
}

TemplateVariableRow row_of(const TemplateVariables::Declared& declared, const json::object& root) {
  const json::object& schema = dereferenced(*declared.schema, root);
  TemplateVariableRow row;
  row.name = declared.name;
  row.type = type_of(schema);
  row.required = declared.required;
  row.secret = is_secret(schema);
  if (const json::value* text = schema.if_contains("description"); text && text->is_string()) {
    row.description = std::string(text->get_string());
  }
  if (const json::value* fallback = declared.schema->if_contains("default")) {
    row.fallback = *fallback;
  }
  if (const json::value* when = declared.schema->if_contains("when")) row.when = *when;
  if (const json::value* choices = schema.if_contains("enum"); choices && choices->is_array()) {
    row.choices.emplace(choices->get_array().begin(), choices->get_array().end());
  }
  return row;
}

LoadedTemplateResult load(const TemplateLoadRequest& request, OperationContext& context) {
  const auto source = find_template(request, context);
  LoadedTemplateResult result;
  result.name = source->name();
  result.language = source->language();
  result.description = source->description();
  result.source = to_string(source->origin());
  result.schema = source->variables().schema();
  for (const LoadedTemplate::File& file : source->files()) {
    TemplateFileRow& row = result.files.emplace_back();
    row.source = file.source;
    row.path = file.path.source().text;
    row.rendered = file.content.has_value();
    row.executable = file.executable;
    row.each = file.each;
    if (file.each) row.as = file.as;
    if (file.when) row.when = file.when->written();
  }
  const LoadedTemplate::File& first = source->files().front();
  if (source->files().size() == 1 && first.content) {
    result.content = first.content->source().text;
  }
  for (const TemplateVariables::Declared& declared : source->variables().declared()) {
    result.variables.push_back(row_of(declared, source->variables().schema()));
  }
  return result;
}

}  // namespace

template <>
struct Record<TemplateListRequest> {
  static constexpr std::string_view name = "TemplateListRequest";
  static constexpr std::string_view sentence = "Which templates.";
  static constexpr auto fields =
      std::make_tuple(field("project_root", &TemplateListRequest::project_root,
                            "Absolute; lists the project's own templates too."));
};

template <>
struct Record<TemplateRow> {
  static constexpr std::string_view name = "TemplateSummary";
  static constexpr std::string_view sentence = "A template that can be used.";
  static constexpr auto fields =
      std::make_tuple(field("name", &TemplateRow::name, "To call it by."),
                      field("language", &TemplateRow::language, "Empty for one that serves any."),
                      field("description", &TemplateRow::description, "What it makes."),
                      field("source", &TemplateRow::source, "Built in, or of the project."),
                      field("aliases", &TemplateRow::aliases, "Other names of it."),
                      field("fault", &TemplateRow::fault, "Why it cannot be used."));
};

template <>
struct Record<TemplateList> {
  static constexpr std::string_view name = "TemplateList";
  static constexpr std::string_view sentence = "Templates by language and name.";
  static constexpr auto fields =
      std::make_tuple(field("templates", &TemplateList::templates, "Sorted."));
};

template <>
struct Record<TemplateLoadRequest> {
  static constexpr std::string_view name = "TemplateLoadRequest";
  static constexpr std::string_view sentence = "Which template to show.";
  static constexpr auto fields = template_fields<TemplateLoadRequest>();
};

template <>
struct Record<TemplateFileRow> {
  using R = TemplateFileRow;
  static constexpr std::string_view name = "TemplateFile";
  static constexpr std::string_view sentence = "A file of a template.";
  static constexpr auto fields =
      std::make_tuple(field("source", &R::source, "In the template's folder."),
                      field("path", &R::path, "Where it goes, as a template."),
                      field("rendered", &R::rendered, "False for one that is copied as it is."),
                      field("executable", &R::executable, "Whether what it makes may be run."),
                      field("each", &R::each, "The list for whose items it is rendered."),
                      field("as", &R::as, "What an item is called then."),
                      field("when", &R::when, "The condition under which it is rendered."));
};

template <>
struct Record<TemplateVariableRow> {
  using R = TemplateVariableRow;
  static constexpr std::string_view name = "TemplateVariable";
  static constexpr std::string_view sentence = "A variable that a template takes.";
  static constexpr auto fields = std::make_tuple(
      field("name", &R::name, "To give it by."),
      field("type", &R::type, "Its JSON type, or several; empty where any will do."),
      field("required", &R::required, "Whether it must be given, where its condition holds."),
      field("secret", &R::secret, "Whether what is typed for it must not be shown."),
      field("description", &R::description, "What it is for."),
      field("default", &R::fallback, "What stands in for it, as it was written."),
      field("when", &R::when, "The condition under which it is asked for."),
      field("choices", &R::choices, "The values that it may have."));
};

template <>
struct Record<LoadedTemplateResult> {
  using R = LoadedTemplateResult;
  static constexpr std::string_view name = "Template";
  static constexpr std::string_view sentence = "A template as it was loaded.";
  static constexpr auto fields = std::make_tuple(
      field("name", &R::name, "To call it by."),
      field("language", &R::language, "Empty for one that serves any."),
      field("description", &R::description, "What it makes."),
      field("source", &R::source, "built_in, project, path or text."),
      field("content", &R::content, "The text of a template of one file."),
      field("files", &R::files, "In the order in which they are rendered."),
      field("variables", &R::variables, "In the order in which they are asked for."),
      field("schema", &R::schema, "The JSON Schema of all variables."));
};

Operation rows::template_list() {
  return operation<TemplateListRequest, TemplateList, list>(
      "template.list", "Lists the built-in templates and a project's own.", "0.1.0");
}

Operation rows::template_load() {
  return operation<TemplateLoadRequest, LoadedTemplateResult, load>(
      "template.load", "Shows a template: its files and the variables that it takes.", "0.1.0");
}

}  // namespace ratchet
