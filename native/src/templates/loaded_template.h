// A template with all its files, compiled and ready to be rendered many times.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/limits.h"
#include "templates/template.h"
#include "templates/template_folder.h"

namespace ratchet {

struct RenderedFile {
  std::string path;  ///< where template.yaml wants it, relative and with `/`; not yet checked
  std::string content;
};

enum class TemplateOrigin { built_in, project, path };
[[nodiscard]] std::string_view to_string(TemplateOrigin origin);

/// Immutable: one object is rendered from any threads at once.
class LoadedTemplate {
 public:
  /// Compiles every file of the folder. Files that end in `.mustache` are also the partials of the
  /// others, by their name without that ending and without a leading `_`. Throws as read_manifest()
  /// and Template::compile() do.
  [[nodiscard]] static LoadedTemplate load(const TemplateFolder& folder, TemplateOrigin origin,
                                           const Limits& limits);
  /// A template of one file without a template.yaml: any variables will do.
  [[nodiscard]] static LoadedTemplate single_file(std::string name, std::string path,
                                                  std::string text, TemplateOrigin origin,
                                                  const Limits& limits);

  [[nodiscard]] const std::string& name() const { return manifest_.name; }
  [[nodiscard]] const std::string& language() const { return manifest_.language; }
  [[nodiscard]] const std::string& description() const { return manifest_.description; }
  [[nodiscard]] TemplateOrigin origin() const { return origin_; }
  [[nodiscard]] std::size_t file_count() const { return files_.size(); }
  /// JSON Schema of the object of variables, for whoever validates; see
  /// TemplateManifest::variables.
  [[nodiscard]] const json::object& variables() const { return manifest_.variables; }
  /// Every use of a variable in files, partials and computed paths.
  [[nodiscard]] std::vector<VariableUse> variable_uses() const;

  /// Adds the schema's defaults for what is absent, in nested objects and items of lists too.
  /// render() needs it done.
  void apply_defaults(json::object& variables) const;

  /// The content of a template's only file, for an entry that names its path itself. Strict; throws
  /// as Template::render() does, and Error{template.invalid} where there are several files.
  [[nodiscard]] std::string render(const json::object& variables) const;
  /// All files, in the order of template.yaml.
  [[nodiscard]] std::vector<RenderedFile> render_files(const json::object& variables) const;

  /// The test that the template asks for beside what it renders, for one set of variables.
  struct Companion {
    std::string template_name;
    std::string path;
    json::object variables;  ///< with every text in it rendered
  };
  [[nodiscard]] std::optional<Companion> companion(const json::object& variables) const;

 private:
  struct File {
    Template path;
    std::optional<Template> content;  ///< nothing for a file that is copied
    std::string bytes;                ///< of a file that is copied
  };

  LoadedTemplate(TemplateManifest manifest, TemplateOrigin origin, const Limits& limits);
  void add_file(const TemplateManifest::File& file, const TemplateFolder& folder);
  [[nodiscard]] RenderOptions options() const;
  [[nodiscard]] std::string content_of(const File& file, const json::value& variables) const;
  [[nodiscard]] json::value rendered(const json::value& value, const json::value& variables) const;

  TemplateManifest manifest_;
  TemplateOrigin origin_;
  Limits limits_;
  std::vector<File> files_;
  Partials partials_;
};

}  // namespace ratchet
