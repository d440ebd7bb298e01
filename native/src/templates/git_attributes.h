// One .gitattributes: what it says about the line ends of which files.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "templates/path_glob.h"

namespace ratchet {

/// gitattributes(5). An attribute's state is its value, `true` (`text`), `false` (`-text`), or
/// empty (`!text`: said again by nobody).
struct GitAttributes {
  using States = std::map<std::string, std::string, std::less<>>;
  struct Rule {
    PathGlob files;
    std::vector<std::pair<std::string, std::string>> states;
  };
  using Macros =
      std::map<std::string, std::vector<std::pair<std::string, std::string>>, std::less<>>;
  std::vector<Rule> rules;

  /// `macros` are those known so far; `[attr]` lines add to them. Lines that are none of Git's are
  /// passed over.
  [[nodiscard]] static GitAttributes parse(std::string_view text, Macros& macros);
  /// `binary`, which Git knows without being told.
  [[nodiscard]] static Macros built_in_macros();
  /// Sets what the rules that match say, later ones over earlier; `path` is relative to the folder
  /// of the file.
  void apply(std::string_view path, States& states) const;
};

}  // namespace ratchet
