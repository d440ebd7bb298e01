// template.render.
#include "core/base64.h"
#include "core/text.h"
#include "operations/operation_row.h"
#include "operations/rendered_output.h"
#include "operations/rows.h"
#include "operations/template_source.h"
#include "parallel/for_each.h"
#include "transactions/records.h"

namespace ratchet {
namespace {

/// Judges all sets before anything is rendered, and completes them.
std::vector<json::value> complete(RequestedVariables& requested, const LoadedTemplate& source,
                                  const Limits& limits) {
  const auto most = static_cast<std::size_t>(limits.batch_files);
  if (requested.sets().size() > most) {
    throw Error("limit.items", std::to_string(requested.sets().size()) +
                                   " sets of variables are more than the limit of " +
                                   std::to_string(most))
        .hint("raise the limit batch_files");
  }
  std::vector<json::value> complete;
  for (std::size_t i = 0; i < requested.sets().size(); ++i) {
    json::object& set = requested.sets()[i];
    const SchemaResult verdict = source.variables().fit(set, kVariablesSubject);
    const std::vector<Finding> findings = requested.findings_of(verdict, i, source, limits);
    if (!findings.empty()) throw variables_error(source, set, findings);
    complete.emplace_back(std::move(set));
  }
  return complete;
}

std::vector<RenderedFile> render_all(const LoadedTemplate& source,
                                     const std::vector<json::value>& sets, bool strict,
                                     OperationContext& context) {
  std::vector<std::vector<RenderedFile>> by_set(sets.size());
  parallel_for(sets.size(), context.environment.threads, context.cancellation, [&](std::size_t i) {
    RenderedPaths own;
    by_set[i] = source.render_files(sets[i], own, {.strict = strict});
  });
  std::vector<RenderedFile> files;
  RenderedPaths paths;
  const Template& place = source.files().front().path;
  for (std::vector<RenderedFile>& several : by_set) {
    for (RenderedFile& file : several) {
      if (sets.size() > 1) paths.add(file.path, place);
      files.push_back(std::move(file));
    }
  }
  return files;
}

std::vector<RenderedText> shown(std::vector<RenderedFile> files, bool with_content,
                                FileSystem& system) {
  std::vector<RenderedText> rows;
  rows.reserve(files.size());
  for (RenderedFile& file : files) {
    RenderedText& row = rows.emplace_back();
    row.mode = mode_text(new_file_mode(file.executable, system));
    row.path = std::move(file.path);
    if (!with_content) continue;
    if (first_invalid_utf8(file.content)) {
      row.content_base64 = base64_encode(file.content);
    } else {
      row.content = std::move(file.content);
    }
  }
  return rows;
}

RenderResult render(const RenderRequest& request, OperationContext& context) {
  const auto source = find_template(request, context);
  const bool declares =
      source->variables().is_closed() || source->variables().schema().contains("properties");
  if (!request.strict && declares) {
    throw Error("request.constraint", "template " + in_quotes(std::string_view(source->name())) +
                                          " declares its variables, so it is always strict");
  }
  RequestedVariables requested = RequestedVariables::read(request, *source, context);
  const std::vector<json::value> sets = complete(requested, *source, context.environment.limits);
  std::vector<RenderedFile> files = render_all(*source, sets, request.strict, context);
  RenderResult result;
  result.name = source->name();
  result.language = source->language();
  if (request.output_root) {
    write_output(*request.output_root, files, request.overwrite, request,
                 "render " + source->name(), context, result);
  } else if (request.dry_run || request.expect_plan) {
    throw Error("request.constraint",
                "dry_run and expect_plan need output_root: without it nothing is written");
  }
  result.files =
      shown(std::move(files), !request.output_root.has_value(), context.environment.files);
  return result;
}

}  // namespace

template <>
struct Record<RenderRequest> {
  using R = RenderRequest;
  static constexpr std::string_view name = "RenderRequest";
  static constexpr std::string_view sentence = "A template, its variables, and where to write.";
  static constexpr auto fields = std::tuple_cat(
      template_fields<R>(), variable_fields<R>(),
      std::make_tuple(
          field("strict", &R::strict,
                "False: unknown names render as nothing; for templates that declare no variables."),
          field("output_root", &R::output_root,
                "Absolute folder to write to in one transaction; nothing is written without it."),
          field("overwrite", &R::overwrite, "Replace files that exist, instead of refusing.")),
      output_fields<R>());
};

template <>
struct Record<RenderedText> {
  using R = RenderedText;
  static constexpr std::string_view name = "RenderedFile";
  static constexpr std::string_view sentence = "A file that a template makes.";
  static constexpr auto fields = std::make_tuple(
      field("path", &R::path, "Where the template wants it, relative to the output."),
      field("mode", &R::mode, "Its permissions as four octal digits."),
      field("content", &R::content, "Its text; absent where it was written."),
      field("content_base64", &R::content_base64, "Its bytes, where they are no UTF-8."));
};

template <>
struct Record<RenderResult> {
  using R = RenderResult;
  static constexpr std::string_view name = "RenderResult";
  static constexpr std::string_view sentence = "What a template makes of variables.";
  static constexpr auto fields =
      std::tuple_cat(std::make_tuple(field("name", &R::name, "Of the template."),
                                     field("language", &R::language, "Of the template."),
                                     field("files", &R::files, "In the template's order.")),
                     output_result_fields<R>());
};

Operation rows::template_render() {
  return operation<RenderRequest, RenderResult, render>(
      "template.render", "Renders a template in memory, or into a folder, whole or not at all.",
      "0.1.0");
}

}  // namespace ratchet
