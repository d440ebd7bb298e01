// A template with all its files, compiled and ready to be rendered many times.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/limits.h"
#include "templates/condition.h"
#include "templates/rendered_paths.h"
#include "templates/template.h"
#include "templates/template_manifest.h"
#include "templates/value_template.h"
#include "templates/variables.h"

namespace ratchet {

struct RenderedFile {
  std::string path;  ///< relative, with `/`, inside the root it is meant for
  std::string content;
  bool executable = false;
  bool is_copy = false;  ///< bytes of the template that nothing was rendered into
};

enum class TemplateOrigin { built_in, project, path, text };
[[nodiscard]] std::string_view to_string(TemplateOrigin origin);

/// How a template is rendered.
struct RenderMode {
  bool strict = true;            ///< see RenderOptions
  RenderWatch* watch = nullptr;  ///< notes what it comes across
};

/// Immutable: one object is rendered from any threads at once.
class LoadedTemplate {
 public:
  /// Compiles every file of the folder. Files that end in `.mustache` are also the partials of the
  /// others, by their name without that ending and without a leading `_`. Throws as
  /// read_manifest(), TemplateVariables::compile() and Template::compile() do.
  [[nodiscard]] static LoadedTemplate load(const TemplateFolder& folder, TemplateOrigin origin,
                                           const Limits& limits);
  /// A template of one file, with a head (templates/template_manifest.h) or without: then any
  /// variables will do.
  [[nodiscard]] static LoadedTemplate single_file(TemplateSource file, bool executable,
                                                  TemplateOrigin origin, const Limits& limits);
  /// A text that is all of it content: nothing in it is read as a head. Any variables will do.
  [[nodiscard]] static LoadedTemplate of_text(TemplateSource text, const Limits& limits);

  [[nodiscard]] const std::string& name() const { return manifest_.name; }
  [[nodiscard]] const std::string& language() const { return manifest_.language; }
  [[nodiscard]] const std::string& description() const { return manifest_.description; }
  [[nodiscard]] TemplateOrigin origin() const { return origin_; }
  [[nodiscard]] const TemplateManifest& manifest() const { return manifest_; }
  [[nodiscard]] const TemplateVariables& variables() const { return variables_; }

  /// One row of `files`.
  struct File {
    std::string source;
    std::string pointer;  ///< TemplateManifest::File::pointer
    Template path;
    std::optional<Template> content;  ///< nothing for a file that is copied
    std::string bytes;                ///< of a file that is copied
    bool executable = false;
    std::optional<std::string> each;
    std::string as;
    std::optional<Condition> when;
  };
  [[nodiscard]] const std::vector<File>& files() const { return files_; }
  [[nodiscard]] const Partials& partials() const { return partials_; }

  /// The content of the only file that the variables ask for, for an entry that names its path
  /// itself. They are what variables().fit() accepted. Strict; throws as Template::render() does,
  /// and Error{template.invalid} where there is not one file but none, several or an `each`.
  [[nodiscard]] std::string render(const json::value& variables) const;
  /// All files, in the order of template.yaml, items of `each` in the list's. Throws as
  /// Template::render() does, Error{template.wrong_type} where `each` names no list,
  /// Error{template.limit} for more than `limits.batch_files` files, and what
  /// RenderedPaths::add() throws; `paths` are those of other renderings that go to the same place.
  [[nodiscard]] std::vector<RenderedFile> render_files(const json::value& variables,
                                                       RenderedPaths& paths,
                                                       const RenderMode& mode = {}) const;
  [[nodiscard]] std::vector<RenderedFile> render_files(const json::value& variables) const;

  /// The test that the template asks for beside what it renders, for one set of variables.
  struct Companion {
    std::string template_name;
    std::string path;
    json::object variables;  ///< with every text in it rendered
  };
  [[nodiscard]] std::optional<Companion> companion(const json::value& variables) const;
  /// The uses of variables in the path and the variables of the companion.
  [[nodiscard]] std::vector<VariableUse> companion_uses() const;

 private:
  LoadedTemplate(TemplateManifest manifest, TemplateOrigin origin, const Limits& limits);
  void add_partials(const TemplateFolder& folder);
  void add_file(const TemplateManifest::File& file, const TemplateFolder::File& source,
                const std::optional<Template>& content, const std::string& folder);
  void add_condition(const TemplateManifest::File& file, File& added) const;
  void require_known(std::string_view name, const File& file, const std::string& key) const;
  [[nodiscard]] RenderOptions options(const RenderMode& mode = {}) const;

  TemplateManifest manifest_;
  TemplateOrigin origin_;
  Limits limits_;
  TemplateVariables variables_;
  std::vector<File> files_;
  Partials partials_;
  std::optional<ValueTemplate> companion_path_;
  std::optional<ValueTemplate> companion_variables_;
};

}  // namespace ratchet
