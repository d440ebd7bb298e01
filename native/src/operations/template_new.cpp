// template.new.
#include <algorithm>

#include "core/document.h"
#include "core/text.h"
#include "operations/operation_row.h"
#include "operations/rendered_output.h"
#include "operations/rows.h"

namespace ratchet {
namespace {

struct TemplateNewRequest : OutputRequest {
  std::string project_root;
  std::string template_name;
  std::optional<std::string> description;
  std::optional<std::string> language;
};

struct TemplateNewResult : OutputResult {
  std::string name;
  std::string path;
  std::vector<std::string> files;
};

constexpr std::string_view kFolder = "ratchet/templates/";
constexpr std::string_view kDescription = "A note with a title and its points.";

/// Everything a template.yaml usually needs, to be changed.
constexpr std::string_view kVariables = R"(variables:
  type: object
  required: [title]
  properties:
    title:
      type: string
      description: What the note is about.
      minLength: 1
      examples: [Plans for spring]
    author:
      type: string
      description: Who writes it; left out where nobody says.
    slug:
      type: string
      description: The name of the file.
      pattern: ^[a-z0-9-]+$
      default: '{{title|kebab}}'
    points:
      type: array
      description: One line each.
      items: {type: string}
      default: []
files:
  - source: note.md.mustache
    path: '{{slug}}.md'
)";

constexpr std::string_view kSource = R"(# {{title}}
{{#author?}}
by {{author}}
{{/author?}}

{{#points}}
- {{.}}
{{/points}}
{{^points}}
Nothing yet.
{{/points}}
)";

void require_name(const std::string& name) {
  const auto fits = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_' ||
           letter == '-';
  };
  const bool is_name = !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
                       std::all_of(name.begin(), name.end(), fits);
  if (is_name) return;
  throw Error("request.constraint",
              "template name " + in_quotes(std::string_view(name)) +
                  " must begin with a small letter and go on with those, digits, _ and -");
}

TemplateNewResult make(const TemplateNewRequest& request, OperationContext& context) {
  require_name(request.template_name);
  json::object head{{"name", request.template_name},
                    {"description", request.description.value_or(std::string(kDescription))}};
  if (request.language) head["language"] = *request.language;
  TemplateNewResult result;
  result.name = request.template_name;
  result.path = std::string(kFolder) + request.template_name;
  const std::vector<RenderedFile> files{
      {result.path + "/note.md.mustache", std::string(kSource), false},
      {result.path + "/template.yaml", write_yaml(head) + std::string(kVariables), false}};
  for (const RenderedFile& file : files)
    result.files.push_back(file.path);
  write_output(request.project_root, files, false, request, "template new " + result.name, context,
               result);
  return result;
}

}  // namespace

template <>
struct Record<TemplateNewRequest> {
  using R = TemplateNewRequest;
  static constexpr std::string_view name = "TemplateNewRequest";
  static constexpr std::string_view sentence = "A template to begin with.";
  static constexpr auto fields = std::tuple_cat(
      std::make_tuple(
          field("project_root", &R::project_root, "Absolute; where ratchet/templates lies.")
              .required()
              .not_empty(),
          field("template", &R::template_name, "Its name: small letters, digits, _ and -.")
              .required()
              .not_empty(),
          field("description", &R::description, "One sentence: what it makes."),
          field("language", &R::language, "Of the files that it makes.")),
      output_fields<R>());
};

template <>
struct Record<TemplateNewResult> {
  using R = TemplateNewResult;
  static constexpr std::string_view name = "NewTemplate";
  static constexpr std::string_view sentence = "A template that was begun.";
  static constexpr auto fields = std::tuple_cat(
      std::make_tuple(field("name", &R::name, "Of the template."),
                      field("path", &R::path, "Its folder, relative to the project."),
                      field("files", &R::files, "What lies in it.")),
      output_result_fields<R>());
};

Operation rows::template_new() {
  return operation<TemplateNewRequest, TemplateNewResult, make>(
      "template.new", "Writes a template to begin with into a project.", "0.1.0");
}

}  // namespace ratchet
