#include "templates/loaded_template.h"

#include <utility>

#include "core/error.h"
#include "core/nearest.h"
#include "core/text.h"
#include "templates/context.h"
#include "templates/parser.h"

namespace ratchet {
namespace {

/// `_fields.mustache` is the partial `fields`, `parts/_row.mustache` is `parts/row`.
std::string partial_name(std::string_view file) {
  std::string name = without_template_extension(file);
  const std::size_t start = name.rfind('/') + 1;
  if (name.substr(start).starts_with('_')) name.erase(start, 1);
  return name;
}

SourceAt source_in(const TemplateManifest& manifest) {
  return [&manifest](const std::string& pointer, std::string text) {
    return manifest.source_at(pointer, std::move(text));
  };
}

/// The list that `each` names; null where it is not given.
const json::array* list_of(const LoadedTemplate::File& file, Context& context,
                           const TemplateManifest& manifest) {
  const std::optional<Name> name = parse_name(*file.each);
  const json::value* found = context.find(*name);
  if (found == nullptr) return nullptr;
  if (const json::array* items = found->if_array()) return items;
  throw manifest.source_at(file.pointer + "/each", "")
      .error("template.wrong_type", 0,
             "\"each\" needs a list, and " + in_quotes(*file.each) + " is " +
                 in_quotes(json::serialize(*found)));
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
    case TemplateOrigin::text:
      return "text";
  }
  return "";
}

LoadedTemplate::LoadedTemplate(TemplateManifest manifest, TemplateOrigin origin,
                               const Limits& limits)
    : manifest_(std::move(manifest)),
      origin_(origin),
      limits_(limits),
      variables_(TemplateVariables::compile(manifest_, limits)) {
  if (!manifest_.test) return;
  companion_path_ = ValueTemplate::compile(json::value(manifest_.test->path), "/test/path",
                                           source_in(manifest_), limits);
  companion_variables_ =
      ValueTemplate::compile(manifest_.test->variables, "/test/vars", source_in(manifest_), limits);
}

LoadedTemplate LoadedTemplate::load(const TemplateFolder& folder, TemplateOrigin origin,
                                    const Limits& limits) {
  LoadedTemplate loaded(read_manifest(folder, limits), origin, limits);
  loaded.add_partials(folder);
  for (const TemplateManifest::File& file : loaded.manifest_.files) {
    std::optional<Template> content;
    if (file.source.ends_with(kTemplateExtension)) {
      content = loaded.partials_.at(partial_name(file.source));
    }
    loaded.add_file(file, *folder.find(file.source), content, folder.path);
  }
  return loaded;
}

LoadedTemplate LoadedTemplate::single_file(TemplateSource file, bool executable,
                                           TemplateOrigin origin, const Limits& limits) {
  const std::size_t head = end_of_head(file.text);
  LoadedTemplate loaded(read_head(file, head, limits), origin, limits);
  const TemplateFolder::File source{file.file_name(), {}, executable};
  const std::string folder = file.path.substr(0, file.path.size() - source.name.size());
  file.start = position_in(file.text, head);
  file.text.erase(0, head);
  loaded.add_file(loaded.manifest_.files.front(), source,
                  Template::compile(std::move(file), limits), folder);
  return loaded;
}

LoadedTemplate LoadedTemplate::of_text(TemplateSource text, const Limits& limits) {
  LoadedTemplate loaded(read_head(text, 0, limits), TemplateOrigin::text, limits);
  const TemplateFolder::File source{text.path, {}, false};
  loaded.add_file(loaded.manifest_.files.front(), source,
                  Template::compile(std::move(text), limits), "");
  return loaded;
}

void LoadedTemplate::add_partials(const TemplateFolder& folder) {
  for (const TemplateFolder::File& file : folder.files) {
    if (!file.name.ends_with(kTemplateExtension)) continue;
    Template compiled =
        Template::compile({manifest_.name, folder.path + file.name, file.bytes}, limits_);
    const std::string name = partial_name(file.name);
    const auto [other, is_new] = partials_.emplace(name, compiled);
    if (is_new) continue;
    throw compiled.source().error("template.invalid", 0,
                                  in_quotes(name) + " names two partials, this file and " +
                                      in_quotes(other->second.source().path));
  }
}

void LoadedTemplate::add_file(const TemplateManifest::File& file,
                              const TemplateFolder::File& source,
                              const std::optional<Template>& content, const std::string& folder) {
  // A computed path stands in template.yaml, a plain one is the source's own name.
  TemplateSource path = file.path ? manifest_.source_at(file.pointer + "/path", *file.path)
                                  : TemplateSource{manifest_.name, folder + file.source,
                                                   without_template_extension(file.source)};
  const bool has_filter =
      path.text.find("{{") != std::string::npos && path.text.find('|') != std::string::npos;
  if (!file.path && has_filter) {
    throw path
        .error("template.invalid", path.text.find('|'),
               "the name of a file takes no filters, for Windows has no names with |")
        .hint("write the path in template.yaml: files: [{source: …, path: …}]");
  }
  File added{file.source,
             file.pointer,
             Template::compile(std::move(path), limits_),
             content,
             content ? std::string() : source.bytes,
             file.executable.value_or(source.executable),
             file.each,
             file.as,
             std::nullopt};
  if (added.each) {
    const std::optional<Name> name = parse_name(*added.each);
    if (!name || name->kind != Name::Kind::path || name->asks_presence) {
      throw manifest_.source_at(file.pointer + "/each", "")
          .error("template.invalid", 0, in_quotes(*added.each) + " is not a name");
    }
    require_known(name->path.front(), added, "each");
    const std::optional<Name> item = parse_name(added.as);
    if (!item || item->kind != Name::Kind::path || item->path.size() > 1 || item->asks_presence) {
      throw manifest_.source_at(file.pointer + "/as", "")
          .error("template.invalid", 0, in_quotes(added.as) + " is not a name");
    }
  }
  add_condition(file, added);
  files_.push_back(std::move(added));
}

void LoadedTemplate::add_condition(const TemplateManifest::File& file, File& added) const {
  if (!file.when) return;
  added.when = Condition::parse(*file.when, manifest_.source_at(file.pointer + "/when", ""));
  for (const std::string& name : added.when->names()) {
    const std::string first = name.substr(0, name.find('.'));
    if (!added.each || first != added.as) require_known(first, added, "when");
  }
}

void LoadedTemplate::require_known(std::string_view name, const File& file,
                                   const std::string& key) const {
  if (!variables_.is_closed()) return;
  std::vector<std::string> known;
  if (const json::value* properties = variables_.schema().if_contains("properties")) {
    for (const auto& property : properties->get_object())
      known.emplace_back(property.key());
  }
  for (const std::string& each : known) {
    if (each == name) return;
  }
  throw manifest_.source_at(file.pointer + "/" + key, "")
      .error("template.invalid", 0,
             in_quotes(key) + " asks for an unknown variable " + in_quotes(name),
             did_you_mean(name, known));
}

RenderOptions LoadedTemplate::options(const RenderMode& mode) const {
  RenderOptions options;
  options.strict = mode.strict;
  options.watch = mode.watch;
  options.partials = &partials_;
  options.limits = limits_;
  return options;
}

std::vector<RenderedFile> LoadedTemplate::render_files(const json::value& variables) const {
  RenderedPaths paths;
  return render_files(variables, paths);
}

std::vector<RenderedFile> LoadedTemplate::render_files(const json::value& variables,
                                                       RenderedPaths& paths,
                                                       const RenderMode& mode) const {
  const RenderOptions options = this->options(mode);
  std::vector<RenderedFile> rendered;
  rendered.reserve(files_.size());
  Context context(variables);
  const auto add = [&](const File& file) {
    if (file.when && !file.when->holds(context)) return;
    if (std::cmp_greater_equal(rendered.size(), limits_.batch_files)) {
      throw file.path.source().error(
          "template.limit", 0,
          "more files are rendered than the limit of " + std::to_string(limits_.batch_files));
    }
    std::string path = file.path.render(context, options);
    paths.add(path, file.path);
    std::string content = file.content ? file.content->render(context, options) : file.bytes;
    rendered.push_back(
        {std::move(path), std::move(content), file.executable, !file.content.has_value()});
  };
  for (const File& file : files_) {
    if (!file.each) {
      add(file);
      continue;
    }
    const json::array* items = list_of(file, context, manifest_);
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
      const json::value named = json::object{{file.as, (*items)[i]}};
      const Context::Entered entered = context.enter(named, i, items->size());
      add(file);
    }
  }
  return rendered;
}

std::string LoadedTemplate::render(const json::value& variables) const {
  Context context(variables);
  const File* only = nullptr;
  std::size_t count = 0;
  for (const File& file : files_) {
    if (file.when && !file.when->holds(context)) continue;
    only = &file;
    // What `each` repeats has a path of its own for each item, and no entry could name it.
    count += file.each ? 2 : 1;
  }
  if (count != 1) {
    throw Error("template.invalid", "template " + in_quotes(name()) + " renders " +
                                        (count == 0 ? "no file" : "several files") +
                                        " of these variables, where one is needed")
        .hint(count == 0 ? "" : "render it with ratchet render, which writes all of them");
  }
  return only->content ? only->content->render(context, options()) : only->bytes;
}

std::optional<LoadedTemplate::Companion> LoadedTemplate::companion(
    const json::value& variables) const {
  if (!manifest_.test) return std::nullopt;
  const Context context(variables);
  Companion result;
  result.template_name = manifest_.test->template_name;
  result.path = companion_path_->render(context, options()).get_string();
  result.variables = std::move(companion_variables_->render(context, options()).get_object());
  return result;
}

std::vector<VariableUse> LoadedTemplate::companion_uses() const {
  std::vector<VariableUse> uses;
  if (companion_path_) companion_path_->add_uses(uses);
  if (companion_variables_) companion_variables_->add_uses(uses);
  return uses;
}

}  // namespace ratchet
