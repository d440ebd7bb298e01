#include "operations/template_source.h"

#include <utility>

#include "core/nearest.h"
#include "core/text.h"
#include "templates/template_catalog.h"
#include "templates/typed_text.h"
#include "validation/schema/findings.h"

namespace ratchet {
namespace {

/// How many names a message tells; all are in the error's details.
constexpr std::size_t kShownNames = 8;

/// What messages call a template that is given as text.
constexpr std::string_view kTextName = "text";

std::vector<std::string> declared_names(const LoadedTemplate& source) {
  std::vector<std::string> names;
  const json::value* properties = source.variables().schema().if_contains("properties");
  if (properties == nullptr || !properties->is_object()) return names;
  for (const auto& property : properties->get_object())
    names.emplace_back(property.key());
  return names;
}

/// The tokens of a JSON pointer, as far as keys have no escapes; those name no secrets.
std::vector<std::string_view> tokens_of(std::string_view pointer) {
  std::vector<std::string_view> tokens;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::size_t slash = std::min(pointer.find('/'), pointer.size());
    tokens.push_back(pointer.substr(0, slash));
    pointer.remove_prefix(slash);
  }
  return tokens;
}

bool leads_to_secret(const json::object& root, std::string_view pointer) {
  const json::object* schema = &root;
  for (const std::string_view token : tokens_of(pointer)) {
    const json::object& items = schema_of_items(*schema, root);
    const json::object& member = schema_of_member(*schema, token, root);
    schema = member.empty() ? &items : &member;
    if (is_secret(*schema)) return true;
  }
  return false;
}

std::string_view first_token(std::string_view pointer) {
  const std::vector<std::string_view> tokens = tokens_of(pointer);
  return tokens.empty() ? std::string_view() : tokens.front();
}

std::string description_of(const LoadedTemplate& source, std::string_view name) {
  const json::object& root = source.variables().schema();
  const json::value* sentence = schema_of_member(root, name, root).if_contains("description");
  if (sentence == nullptr || !sentence->is_string()) return {};
  return std::string(sentence->get_string());
}

/// `variable "a" is missing`, `variables "a", "b" are missing`.
std::string missing_text(const std::vector<std::string>& names) {
  std::string text(names.size() > 1 ? "variables " : "variable ");
  for (std::size_t i = 0; i < names.size() && i < kShownNames; ++i)
    text.append(i == 0 ? "" : ", ").append(in_quotes(std::string_view(names[i])));
  if (names.size() > kShownNames) {
    text.append(" and ").append(std::to_string(names.size() - kShownNames)).append(" more");
  }
  return text.append(names.size() > 1 ? " are missing" : " is missing");
}

Error at_declaration(Error error, const LoadedTemplate& source, std::string_view name) {
  const bool is_declared =
      !schema_of_member(source.variables().schema(), name, source.variables().schema()).empty();
  const std::string pointer = is_declared ? "/variables/properties/" + std::string(name) : "";
  if (!source.manifest().path.empty()) {
    error.at(source.manifest().path, source.manifest().key_place(pointer));
  }
  return error;
}

}  // namespace

std::optional<std::filesystem::path> optional_root(const std::optional<std::string>& text,
                                                   const FileSystem& files) {
  if (!text) return std::nullopt;
  std::filesystem::path root(*text);
  if (!files.is_absolute(root)) {
    throw Error("project.relative_root",
                "project_root " + in_quotes(std::string_view(*text)) + " must be absolute");
  }
  return root;
}

std::shared_ptr<const LoadedTemplate> find_template(const TemplateRequest& request,
                                                    OperationContext& context) {
  if (request.template_name.has_value() == request.template_text.has_value()) {
    throw Error("request.constraint", "give one of template and template_text");
  }
  const Limits& limits = context.environment.limits;
  if (request.template_text) {
    return std::make_shared<const LoadedTemplate>(LoadedTemplate::of_text(
        {std::string(kTextName), std::string(kTextName), *request.template_text}, limits));
  }
  TemplateCatalog catalog(context.environment.files,
                          optional_root(request.project_root, context.environment.files), limits);
  return catalog.find(*request.template_name, request.language.value_or(""));
}

RequestedVariables RequestedVariables::read(const TemplateVariablesRequest& request,
                                            const LoadedTemplate& source,
                                            OperationContext& context) {
  const Limits& limits = context.environment.limits;
  const json::object& schema = source.variables().schema();
  RequestedVariables result;
  if (request.variables_path) {
    const std::filesystem::path path(*request.variables_path);
    if (!context.environment.files.is_absolute(path)) {
      throw Error("request.constraint", "variables_path " +
                                            in_quotes(std::string_view(*request.variables_path)) +
                                            " must be absolute");
    }
    result.file_ = VariableFile::read(context.environment.files, path, schema, limits);
    result.sets_ = result.file_->sets();
  } else {
    result.sets_.emplace_back();
  }
  for (json::object& set : result.sets_) {
    if (request.variables) {
      for (const auto& member : *request.variables)
        set[member.key()] = member.value();
    }
    set_values(request.set, schema, set, limits);
    set_json_values(request.set_json, set, limits);
  }
  return result;
}

std::vector<Finding> RequestedVariables::findings_of(const SchemaResult& verdict, std::size_t set,
                                                     const LoadedTemplate& source,
                                                     const Limits& limits) const {
  const auto place = [&](Finding& finding, const std::string& pointer, bool at_key) {
    finding.pointer = pointer;
    // What the command line has said stands in no file.
    const std::string_view name = first_token(pointer);
    if (file_ && (name.empty() || file_->sets()[set].contains(name))) {
      file_->locate(finding, set, pointer, at_key);
    }
  };
  std::vector<Finding> findings = to_findings(verdict, place, limits);
  for (std::size_t i = 0; i < findings.size() && i < verdict.findings.size(); ++i) {
    const SchemaFinding& judged = verdict.findings[i];
    if (!leads_to_secret(source.variables().schema(), judged.instance_pointer)) continue;
    for (Finding& finding : findings) {
      if (finding.message != judged.message) continue;
      finding.message = "variable " + in_quotes(first_token(judged.instance_pointer)) +
                        " does not fit its schema (" + judged.keyword + ")";
    }
  }
  return findings;
}

Error variables_error(const LoadedTemplate& source, const json::object& given,
                      const std::vector<Finding>& findings) {
  const std::string begin = "template " + in_quotes(std::string_view(source.name())) + ": ";
  const std::vector<std::string> missing = source.variables().missing(given);
  const std::vector<std::string> unknown = source.variables().unknown(given);
  const Finding& first = findings.front();
  const auto placed = [&](Error error, std::string_view name) {
    if (first.path) {
      return error.at(*first.path, {first.line.value_or(0), first.column.value_or(0), 0});
    }
    return at_declaration(std::move(error), source, name);
  };
  if (!unknown.empty()) {
    const std::string& name = unknown.front();
    Error error("template.unused_variable", begin + "there is no variable " +
                                                in_quotes(std::string_view(name)) +
                                                did_you_mean(name, declared_names(source)));
    return placed(std::move(error), name);
  }
  if (!missing.empty()) {
    Error error("template.missing_variable", begin + missing_text(missing));
    error.hint(description_of(source, missing.front()));
    json::array names;
    for (const std::string& name : missing)
      names.emplace_back(name);
    error.details({{"missing", std::move(names)}});
    return placed(std::move(error), missing.front());
  }
  Error error("template.wrong_type", begin + first.message);
  if (first.hint) error.hint(*first.hint);
  return placed(std::move(error), first_token(first.pointer.value_or("")));
}

}  // namespace ratchet
