// One .editorconfig: what it says about which files.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "templates/path_glob.h"

namespace ratchet {

/// EditorConfig, specification 0.17.2. Names and values are in lower case.
struct EditorConfig {
  using Properties = std::map<std::string, std::string, std::less<>>;
  struct Section {
    PathGlob files;
    Properties properties;
  };
  bool is_root = false;  ///< no file of a folder above is asked
  std::vector<Section> sections;

  /// Lines that are none of EditorConfig's are passed over, and so are sections that can match
  /// nothing.
  [[nodiscard]] static EditorConfig parse(std::string_view text);
  /// Sets what the sections that match say, later ones over earlier; `path` is relative to the
  /// folder of the file.
  void apply(std::string_view path, Properties& properties) const;
};

}  // namespace ratchet
