// What a go.mod says of the modules that a project needs.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace ratchet {

/// A module as the build takes it.
struct GoModule {
  std::string path;     ///< the module's own, or the one that replaces it
  std::string version;  ///< `v1.2.3`; empty for a folder that replaces it
};

/// The required modules by path, replacements carried out. Lines that are none of `require` and
/// `replace` count for nothing.
[[nodiscard]] std::map<std::string, GoModule> read_go_modules(std::string_view text);

/// A path or version as the names of folders in the module cache have it: `!` and the small letter
/// for each capital one.
[[nodiscard]] std::string escaped_go_path(std::string_view path);

}  // namespace ratchet
