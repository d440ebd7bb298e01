// The files of one template before they are compiled, and what its template.yaml says.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/limits.h"

namespace ratchet {

/// A template's files as read, wherever they came from.
struct TemplateFolder {
  struct File {
    std::string name;  ///< relative to the folder, with `/`
    std::string bytes;
  };

  std::string name;         ///< the folder's own
  std::string path;         ///< what messages put before a file's name; empty or ending in `/`
  std::vector<File> files;  ///< sorted by name

  [[nodiscard]] const File* find(std::string_view file) const;
};

inline constexpr std::string_view kManifestName = "template.yaml";
/// Files with this ending are rendered and lose it; all others are copied as they are.
inline constexpr std::string_view kTemplateExtension = ".mustache";

/// template.yaml:
///
///     name: crud                    # the folder's
///     description: One sentence.
///     language: python              # may be left out
///     variables:                    # JSON Schema of an object
///       required: [entity]
///       properties: {entity: {type: string, description: …, default: …, examples: […]}}
///     files:                        # may be left out: every file whose name begins with no `_`
///       - {source: crud.py.mustache, path: '{{entity|snake}}.py'}
///     test: {template: test, path: 'tests/test_{{entity|snake}}.py', vars: {module: …}}
struct TemplateManifest {
  struct File {
    std::string source;
    std::optional<std::string> path;  ///< a template; the source's name where there is none
  };
  struct Companion {
    std::string template_name;
    std::string path;  ///< a template
    json::object variables;
  };

  std::string name;
  std::string description;
  std::string language;
  json::object variables;
  std::vector<File> files;
  std::optional<Companion> test;
};

/// Reads the folder's template.yaml. In the schema of the variables `type: object` and
/// `additionalProperties: false` stand unless it says otherwise.
/// Throws Error: template.invalid (no such file, an unknown key, a wrong type, a source that is not
/// there), and what read_yaml() throws; each with its place.
[[nodiscard]] TemplateManifest read_manifest(const TemplateFolder& folder, const Limits& limits);

}  // namespace ratchet
