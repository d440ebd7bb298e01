#include <filesystem>

#include "core/records.h"
#include "operations/operation_row.h"
#include "operations/rows.h"
#include "templates/template_catalog.h"
#include "validation/schema/schema.h"

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

struct RenderRequest {
  std::string template_name;
  std::optional<std::string> language;
  std::optional<std::string> project_root;
  json::object variables;
};

struct RenderedText {
  std::string path;
  std::string content;
};

struct RenderResult {
  std::string name;
  std::string language;
  std::vector<RenderedText> files;
};

std::optional<std::filesystem::path> root_of(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  std::filesystem::path root(*text);
  if (!root.is_absolute()) {
    throw Error("project.relative_root", "project_root \"" + *text + "\" must be absolute");
  }
  return root;
}

TemplateList list(const TemplateListRequest& request, OperationContext& context) {
  TemplateCatalog catalog(context.environment.files, root_of(request.project_root),
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

/// The first thing that the template's own schema says against the variables.
void check_variables(const LoadedTemplate& source, const json::object& variables,
                     const Limits& limits) {
  const SchemaResult result = Schema::compile(source.variables(), limits).validate(variables);
  if (result.valid()) return;
  const SchemaFinding& first = result.findings.front();
  Error error("template.wrong_type", "template \"" + source.name() + "\": " + first.message);
  if (!first.hint.empty()) error.hint(first.hint);
  throw error;  // NOLINT: built in place above
}

RenderResult render(const RenderRequest& request, OperationContext& context) {
  TemplateCatalog catalog(context.environment.files, root_of(request.project_root),
                          context.environment.limits);
  const auto source = catalog.find(request.template_name, request.language.value_or(""));
  json::object variables = request.variables;
  check_variables(*source, variables, context.environment.limits);
  source->apply_defaults(variables);
  RenderResult result{source->name(), source->language(), {}};
  for (RenderedFile& file : source->render_files(variables)) {
    result.files.push_back({std::move(file.path), std::move(file.content)});
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
struct Record<RenderRequest> {
  static constexpr std::string_view name = "RenderRequest";
  static constexpr std::string_view sentence = "A template and its variables.";
  static constexpr auto fields = std::make_tuple(
      field("template", &RenderRequest::template_name, "A name, or a path of a file or folder.")
          .required()
          .not_empty(),
      field("language", &RenderRequest::language,
            "Needed where several languages have a template of that name."),
      field("project_root", &RenderRequest::project_root,
            "Absolute; the project's own templates go first."),
      field("variables", &RenderRequest::variables, "By name."));
};

template <>
struct Record<RenderedText> {
  static constexpr std::string_view name = "RenderedFile";
  static constexpr std::string_view sentence = "A file that a template makes.";
  static constexpr auto fields =
      std::make_tuple(field("path", &RenderedText::path, "Where the template wants it."),
                      field("content", &RenderedText::content, "Its text."));
};

template <>
struct Record<RenderResult> {
  static constexpr std::string_view name = "RenderResult";
  static constexpr std::string_view sentence = "What a template makes of variables.";
  static constexpr auto fields =
      std::make_tuple(field("name", &RenderResult::name, "Of the template."),
                      field("language", &RenderResult::language, "Of the template."),
                      field("files", &RenderResult::files, "In the template's order."));
};

Operation rows::template_list() {
  return operation<TemplateListRequest, TemplateList, list>(
      "template.list", "Lists the built-in templates and a project's own.", "0.1.0");
}

Operation rows::template_render() {
  return operation<RenderRequest, RenderResult, render>(
      "template.render", "Renders a template in memory; writes nothing.", "0.1.0");
}

}  // namespace ratchet
