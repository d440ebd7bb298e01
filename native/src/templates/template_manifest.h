// What a template says of itself: template.yaml of a folder, or the head of a single file.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "core/json.h"
#include "core/limits.h"
#include "templates/source.h"
#include "templates/template_folder.h"

namespace ratchet {

/// template.yaml:
///
///     name: crud                    # the folder's
///     description: One sentence.
///     language: python              # may be left out
///     variables:                    # JSON Schema of an object
///       required: [entity]
///       properties:
///         entity: {type: string, description: …, examples: […]}
///         table: {type: string, default: '{{entity|snake|plural}}'}
///         cache_seconds: {type: integer, default: 60, when: cache}   # templates/variables.h
///     files:                        # may be left out: every file whose name begins with no `_`
///       - {source: crud.py.mustache, path: '{{entity|snake}}.py'}
///       - {source: field.py.mustache, path: '{{field.name}}.py', each: fields, as: field}
///       - {source: run.sh, when: with_script, executable: true}
///     test: {template: test, path: 'tests/test_{{entity|snake}}.py', vars: {module: …}}
///
/// `each` names a list: the file is rendered once for each item, which is visible by the name `as`
/// says (`item`), with @first, @last and @index; `when` (templates/condition.h) is asked for each.
///
/// A single file may begin with such a description, between two lines `---`, with `path` and
/// `executable` in it instead of `files`, its name and description left out where the file's own
/// will do. A file that is to begin with `---` itself needs an empty head before.
struct TemplateManifest {
  struct File {
    std::string source;
    std::string pointer;              ///< of the row that says so; empty where none does
    std::optional<std::string> path;  ///< a template; the source's name where there is none
    std::optional<std::string> each;
    std::string as;
    std::optional<json::value> when;
    std::optional<bool> executable;  ///< as the source is, where it is not said
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
  std::string path;                          ///< the file in which all this stands
  std::shared_ptr<const Document> document;  ///< null where a template says nothing of itself

  /// The text that stands at a pointer of it, as a source with its place.
  [[nodiscard]] TemplateSource source_at(std::string_view pointer, std::string text) const;
  /// Where the key of the member at a pointer stands.
  [[nodiscard]] Position key_place(std::string_view pointer) const;
};

/// What an item of `each` is called where `as` does not say.
inline constexpr std::string_view kItemName = "item";

/// Reads the folder's template.yaml. In the schema of the variables `type: object` and
/// `additionalProperties: false` stand unless it says otherwise.
/// Throws Error: template.invalid (no such file, an unknown key, a wrong type, a source that is not
/// there), and what read_yaml() throws; each with its place.
[[nodiscard]] TemplateManifest read_manifest(const TemplateFolder& folder, const Limits& limits);

/// Where the content of a single file begins, behind its head; 0 where it has none.
[[nodiscard]] std::size_t end_of_head(std::string_view text);

/// Reads the head of a single file, which ends at `end`: the manifest's only file is it. Without a
/// head any variables will do. Throws as read_manifest() does.
[[nodiscard]] TemplateManifest read_head(const TemplateSource& file, std::size_t end,
                                         const Limits& limits);

}  // namespace ratchet
