// The files of one template before they are compiled.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ratchet {

/// A template's files as read, wherever they came from.
struct TemplateFolder {
  struct File {
    std::string name;  ///< relative to the folder, with `/`
    std::string bytes;
    bool executable = false;  ///< for its owner
  };

  std::string name;         ///< the folder's own
  std::string path;         ///< what messages put before a file's name; empty or ending in `/`
  std::vector<File> files;  ///< sorted by name

  [[nodiscard]] const File* find(std::string_view file) const;
};

inline constexpr std::string_view kManifestName = "template.yaml";
/// Files with this ending are rendered and lose it; all others are copied as they are.
inline constexpr std::string_view kTemplateExtension = ".mustache";

/// The name without that ending.
[[nodiscard]] std::string without_template_extension(std::string_view name);

}  // namespace ratchet
