// template.check.
#include <algorithm>
#include <set>

#include "core/nearest.h"
#include "core/text.h"
#include "operations/operation_row.h"
#include "operations/rows.h"
#include "operations/template_source.h"
#include "templates/template_lint.h"
#include "templates/typed_text.h"

namespace ratchet {
namespace {

struct TemplateCheckRequest : TemplateVariablesRequest {};

struct TemplateQuestion {
  std::string name;
  bool required = false;
  bool secret = false;
  std::optional<json::value> fallback;
  json::object schema;
};

struct TemplateVerdict {
  bool valid = true;
  std::string name;
  std::string language;
  std::vector<std::string> missing;
  std::vector<std::string> extra;
  std::vector<Finding> errors;
  std::vector<Finding> warnings;
  std::optional<std::vector<TemplateQuestion>> questions;
};

void add_names(std::vector<std::string>& names, std::vector<std::string> more) {
  for (std::string& name : more) {
    if (std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  }
}

void add_findings(std::vector<Finding> findings, TemplateVerdict& verdict) {
  for (Finding& finding : findings) {
    const bool is_error = finding.severity == Severity::error;
    (is_error ? verdict.errors : verdict.warnings).push_back(std::move(finding));
  }
}

Finding finding_of(const Error& error) {
  Finding finding = make_finding(error.code(), Severity::error, error.message(), kTemplateJudge);
  if (error.path()) finding.at(*error.path(), error.position());
  if (!error.hint().empty()) finding.hint = error.hint();
  return finding;
}

/// Names at the top that the template uses anywhere; nothing where it inserts all of them (`{{.}}`)
/// is known of.
std::set<std::string> used_names(const LoadedTemplate& source) {
  std::set<std::string> names;
  const auto add = [&names](const Template& part) {
    for (const VariableUse& use : part.variables())
      names.insert(use.name.substr(0, use.name.find('.')));
  };
  for (const LoadedTemplate::File& file : source.files()) {
    add(file.path);
    if (file.content) add(*file.content);
  }
  for (const auto& [name, partial] : source.partials())
    add(partial);
  return names;
}

/// What a template that declares nothing is given and never uses.
void find_unused(const json::object& given, const LoadedTemplate& source,
                 TemplateVerdict& verdict) {
  const std::set<std::string> used = used_names(source);
  const std::vector<std::string> known(used.begin(), used.end());
  for (const auto& member : given) {
    const std::string name(member.key());
    if (used.contains(name)) continue;
    add_names(verdict.extra, {name});
    Finding finding = make_finding("template.unused_variable", Severity::warning,
                                   "variable " + in_quotes(std::string_view(name)) +
                                       " is given and never used" + did_you_mean(name, known),
                                   kTemplateJudge);
    verdict.warnings.push_back(std::move(finding));
  }
}

/// Renders once with everything unknown noted, and once to see what else is wrong.
void try_to_render(const json::value& values, const LoadedTemplate& source,
                   TemplateVerdict& verdict) {
  RenderWatch watch;
  RenderedPaths paths;
  try {
    (void)source.render_files(values, paths, {.strict = false, .watch = &watch});
  } catch (const Error& error) {
    if (watch.missing.empty()) verdict.errors.push_back(finding_of(error));
  }
  for (const auto& [name, place] : watch.missing) {
    const bool is_new =
        std::find(verdict.missing.begin(), verdict.missing.end(), name) == verdict.missing.end();
    if (!is_new) continue;
    verdict.missing.push_back(name);
    Finding finding = make_finding(
        "template.missing_variable", Severity::error,
        "variable " + in_quotes(std::string_view(name)) + " is used and not given", kTemplateJudge);
    finding.at(source.files().front().path.source().path, place);
    verdict.errors.push_back(std::move(finding));
  }
}

void judge(RequestedVariables& requested, std::size_t index, const LoadedTemplate& source,
           const Limits& limits, TemplateVerdict& verdict) {
  json::object& values = requested.sets()[index];
  const json::object given = values;
  const bool declares =
      source.variables().is_closed() || source.variables().schema().contains("properties");
  SchemaResult judged;
  try {
    judged = source.variables().fit(values, kVariablesSubject);
  } catch (const Error& error) {
    verdict.errors.push_back(finding_of(error));  // a default that cannot be computed
    return;
  }
  add_names(verdict.missing, source.variables().missing(values));
  add_names(verdict.extra, source.variables().unknown(given));
  if (!judged.valid()) {
    return add_findings(requested.findings_of(judged, index, source, limits), verdict);
  }
  if (!declares) find_unused(given, source, verdict);
  try_to_render(json::value(values), source, verdict);
}

std::vector<TemplateQuestion> questions_of(const LoadedTemplate& source,
                                           const json::object& given) {
  const json::object& root = source.variables().schema();
  std::vector<TemplateQuestion> rows;
  for (TemplateVariables::Question& question : source.variables().questions(given)) {
    TemplateQuestion& row = rows.emplace_back();
    row.schema = schema_of_member(root, question.name, root);
    row.name = std::move(question.name);
    row.required = question.required;
    row.secret = is_secret(row.schema);
    row.fallback = std::move(question.fallback);
  }
  return rows;
}

/// Whether it is the template that is wrong, and not the request or the disk.
bool is_verdict(const Error& error) {
  const std::string_view code = error.code().name();
  const bool is_of_template =
      code.starts_with("template.") || code.starts_with("yaml.") || code.starts_with("schema.");
  return is_of_template && error.category() == Category::invalid_input;
}

/// The template, or nothing where what is wrong with it is in the verdict.
std::shared_ptr<const LoadedTemplate> load(const TemplateCheckRequest& request,
                                           OperationContext& context, TemplateVerdict& verdict) {
  try {
    return find_template(request, context);
  } catch (const Error& error) {
    if (!is_verdict(error)) throw;
    verdict.valid = false;
    verdict.name = request.template_name.value_or("");
    verdict.errors.push_back(finding_of(error));
    return nullptr;
  }
}

TemplateVerdict check(const TemplateCheckRequest& request, OperationContext& context) {
  const Limits& limits = context.environment.limits;
  TemplateVerdict verdict;
  const auto source = load(request, context, verdict);
  if (!source) return verdict;
  verdict.name = source->name();
  verdict.language = source->language();
  const bool has_variables = request.variables || request.variables_path || !request.set.empty() ||
                             !request.set_json.empty();
  if (has_variables) {
    RequestedVariables requested = RequestedVariables::read(request, *source, context);
    if (requested.sets().size() == 1) {
      verdict.questions = questions_of(*source, requested.sets().front());
    }
    for (std::size_t i = 0; i < requested.sets().size(); ++i) {
      context.cancellation.check();
      judge(requested, i, *source, limits, verdict);
    }
  } else {
    add_findings(lint_template(*source, limits), verdict);
  }
  cap_findings(verdict.errors, static_cast<std::size_t>(limits.findings_per_run));
  verdict.valid = verdict.errors.empty();
  return verdict;
}

}  // namespace

template <>
struct Record<TemplateCheckRequest> {
  static constexpr std::string_view name = "TemplateCheckRequest";
  static constexpr std::string_view sentence =
      "A template to check by itself, or variables to check against it.";
  static constexpr auto fields = std::tuple_cat(template_fields<TemplateCheckRequest>(),
                                                variable_fields<TemplateCheckRequest>());
};

template <>
struct Record<TemplateQuestion> {
  using R = TemplateQuestion;
  static constexpr std::string_view name = "TemplateQuestion";
  static constexpr std::string_view sentence = "A variable that was not given.";
  static constexpr auto fields = std::make_tuple(
      field("name", &R::name, "To give it by."),
      field("required", &R::required, "Whether nothing stands in for it."),
      field("secret", &R::secret, "Whether what is typed for it must not be shown."),
      field("default", &R::fallback, "What stands in for it, computed from what was given."),
      field("schema", &R::schema, "What it may be."));
};

template <>
struct Record<TemplateVerdict> {
  using R = TemplateVerdict;
  static constexpr std::string_view name = "TemplateVerdict";
  static constexpr std::string_view sentence = "Whether a template is right, or variables fit it.";
  static constexpr auto fields = std::make_tuple(
      field("valid", &R::valid, "Whether there are no errors."),
      field("name", &R::name, "Of the template."),
      field("language", &R::language, "Of the template."),
      field("missing", &R::missing, "Names of variables that are needed and were not given."),
      field("extra", &R::extra, "Names of variables that were given and are not known or used."),
      field("errors", &R::errors, "What is wrong, and where."),
      field("warnings", &R::warnings, "What may be."),
      field("questions", &R::questions,
            "For one set of variables: those that were not given, in the order to ask."));
};

Operation rows::template_check() {
  return operation<TemplateCheckRequest, TemplateVerdict, check>(
      "template.check", "Checks a template by itself, or variables against a template.", "0.1.0");
}

}  // namespace ratchet
