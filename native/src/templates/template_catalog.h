// All templates that a project can name: its own first, then the built-in ones.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/embedded.h"
#include "core/error.h"
#include "core/limits.h"
#include "fs/file_system.h"
#include "templates/loaded_template.h"

namespace ratchet {

struct TemplateSummary {
  std::string name;
  std::string language;  ///< empty for one that serves any
  std::string description;
  TemplateOrigin origin = TemplateOrigin::built_in;
  std::vector<std::string> aliases;
  std::string fault;  ///< why it cannot be used, or empty
};

/// Finds and loads templates by name. Each is compiled once and then shared. Thread-safe.
///
/// A name with a separator or an extension is a path, taken from the project root where it is
/// relative: a folder with a template.yaml, or one file. Every other name is looked for in
/// `<project>/ratchet/templates/<name>/`, then among the built-in ones of the language. Old names
/// are aliases (`crud_endpoint` is `crud`). Folders of the current directory hide nothing.
class TemplateCatalog {
 public:
  /// Without a project root there are only built-in templates and absolute paths. `built_in` are
  /// files named `<language>/<name>/<file>`; the spans must outlive the catalog.
  TemplateCatalog(FileSystem& files, std::optional<std::filesystem::path> project_root,
                  const Limits& limits,
                  std::span<const EmbeddedFile> built_in = embedded_templates());

  /// Whether find() takes a name for a path: it has a separator of some system, or an extension.
  [[nodiscard]] static bool names_path(std::string_view name);

  /// The template for a language; an empty language takes the only one of that name.
  /// Throws Error: template.unknown with the nearest name, or with the languages that have one of
  /// that name; project.missing_root for a relative path without a project; and as
  /// LoadedTemplate::load().
  [[nodiscard]] std::shared_ptr<const LoadedTemplate> find(std::string_view name,
                                                           std::string_view language);

  /// Every template, sorted by language and name; one that a project's own hides is left out. A
  /// project's template that cannot be loaded is listed with its fault.
  [[nodiscard]] std::vector<TemplateSummary> list();

 private:
  using Loaded = std::shared_ptr<const LoadedTemplate>;
  using Key = std::pair<std::string, std::string>;  ///< language and name, or "" and a path

  [[nodiscard]] Loaded load_path(const std::string& name);
  [[nodiscard]] Loaded load_project(const std::string& name);
  [[nodiscard]] Loaded load_built_in(const std::string& name, const std::string& language);
  [[nodiscard]] std::vector<std::string> project_names();
  [[nodiscard]] std::vector<std::string> built_in_languages(std::string_view name) const;
  [[nodiscard]] TemplateFolder read_folder(const std::filesystem::path& path, std::string name,
                                           std::string shown) const;
  [[nodiscard]] Error unknown(std::string_view name, std::string_view language);

  FileSystem& files_;
  std::optional<std::filesystem::path> project_root_;
  Limits limits_;
  std::span<const EmbeddedFile> built_in_;
  std::mutex mutex_;
  std::map<Key, Loaded> loaded_;
};

}  // namespace ratchet
