#include "templates/loaded_template.h"

#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "templates/defaults.h"

namespace ratchet {
namespace {

std::string without_extension(std::string_view name) {
  if (name.ends_with(kTemplateExtension)) name.remove_suffix(kTemplateExtension.size());
  return std::string(name);
}

/// `_fields.mustache` is the partial `fields`, `parts/_row.mustache` is `parts/row`.
std::string partial_name(std::string_view file) {
  std::string name = without_extension(file);
  const std::size_t start = name.rfind('/') + 1;
  if (name.substr(start).starts_with('_')) name.erase(start, 1);
  return name;
}

}  // namespace

std::string_view to_string(TemplateOrigin origin) {
  switch (origin) {
    case TemplateOrigin::built_in:
      return "built_in";
    case TemplateOrigin::project:
      return "project";
    case TemplateOrigin::path:
      return "path";
  }
  return "";
}

LoadedTemplate::LoadedTemplate(TemplateManifest manifest, TemplateOrigin origin,
                               const Limits& limits)
    : manifest_(std::move(manifest)), origin_(origin), limits_(limits) {
}

LoadedTemplate LoadedTemplate::load(const TemplateFolder& folder, TemplateOrigin origin,
                                    const Limits& limits) {
  LoadedTemplate loaded(read_manifest(folder, limits), origin, limits);
  for (const TemplateFolder::File& file : folder.files) {
    if (!file.name.ends_with(kTemplateExtension)) continue;
    loaded.partials_.emplace(
        partial_name(file.name),
        Template::compile(folder.name, folder.path + file.name, file.bytes, limits));
  }
  for (const TemplateManifest::File& file : loaded.manifest_.files)
    loaded.add_file(file, folder);
  return loaded;
}

LoadedTemplate LoadedTemplate::single_file(std::string name, std::string path, std::string text,
                                           TemplateOrigin origin, const Limits& limits) {
  TemplateManifest manifest;
  manifest.name = name;
  manifest.variables["type"] = "object";
  LoadedTemplate loaded(std::move(manifest), origin, limits);
  const std::string target = without_extension(path.substr(path.rfind('/') + 1));
  Template content = Template::compile(name, path, std::move(text), limits);
  loaded.files_.push_back({Template::compile(std::move(name), std::move(path), target, limits),
                           std::move(content),
                           {}});
  return loaded;
}

void LoadedTemplate::add_file(const TemplateManifest::File& file, const TemplateFolder& folder) {
  // A computed path stands in template.yaml, a plain one is the source's own name.
  const std::string place = folder.path + (file.path ? std::string(kManifestName) : file.source);
  File added{Template::compile(manifest_.name, place,
                               file.path.value_or(without_extension(file.source)), limits_),
             std::nullopt,
             {}};
  if (file.source.ends_with(kTemplateExtension)) {
    added.content = partials_.at(partial_name(file.source));
  } else {
    added.bytes = folder.find(file.source)->bytes;
  }
  files_.push_back(std::move(added));
}

std::vector<VariableUse> LoadedTemplate::variable_uses() const {
  std::vector<VariableUse> uses;
  const auto add = [&uses](const Template& part) {
    for (VariableUse& use : part.variables())
      uses.push_back(std::move(use));
  };
  // The files to be rendered are partials too, but for that of a single one.
  for (const auto& [name, partial] : partials_)
    add(partial);
  for (const File& file : files_) {
    if (file.content && partials_.empty()) add(*file.content);
    add(file.path);
  }
  return uses;
}

void LoadedTemplate::apply_defaults(json::object& variables) const {
  ratchet::apply_defaults(manifest_.variables, variables);
}

RenderOptions LoadedTemplate::options() const {
  RenderOptions options;
  options.partials = &partials_;
  options.limits = limits_;
  return options;
}

std::string LoadedTemplate::content_of(const File& file, const json::value& variables) const {
  return file.content ? file.content->render(variables, options()) : file.bytes;
}

std::vector<RenderedFile> LoadedTemplate::render_files(const json::object& variables) const {
  const json::value value = variables;
  std::vector<RenderedFile> rendered;
  rendered.reserve(files_.size());
  for (const File& file : files_) {
    rendered.push_back({file.path.render(value, options()), content_of(file, value)});
  }
  return rendered;
}

std::string LoadedTemplate::render(const json::object& variables) const {
  if (files_.size() != 1) {
    throw Error("template.invalid", "template " + in_quotes(name()) + " renders " +
                                        std::to_string(files_.size()) +
                                        " files, where a template of one file is needed");
  }
  return content_of(files_.front(), variables);
}

std::optional<LoadedTemplate::Companion> LoadedTemplate::companion(
    const json::object& variables) const {
  if (!manifest_.test) return std::nullopt;
  const json::value value = variables;
  Companion result;
  result.template_name = manifest_.test->template_name;
  result.path = rendered(json::value(manifest_.test->path), value).get_string();
  result.variables = rendered(manifest_.test->variables, value).get_object();
  return result;
}

json::value LoadedTemplate::rendered(const json::value& value, const json::value& variables) const {
  if (const json::string* text = value.if_string()) {
    const Template compiled =
        Template::compile(name(), std::string(kManifestName), std::string(*text), limits_);
    return json::value(compiled.render(variables, options()));
  }
  if (const json::array* items = value.if_array()) {
    json::array result;
    for (const json::value& item : *items)
      result.push_back(rendered(item, variables));
    return result;
  }
  if (const json::object* members = value.if_object()) {
    json::object result;
    for (const auto& member : *members) {
      result.emplace(member.key(), rendered(member.value(), variables));
    }
    return result;
  }
  return value;
}

}  // namespace ratchet
