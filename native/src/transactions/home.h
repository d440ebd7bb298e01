// Where a project keeps its `.ratchet`.
#pragma once

#include <filesystem>
#include <string>

#include "fs/file_system.h"

namespace ratchet {

/// The folder that holds `.ratchet`, shared by all roots beneath it, so that one lock and one
/// recovery serve a repository and the folders in it.
struct Home {
  std::filesystem::path path;
  std::string base;  ///< the root relative to it, with `/`; empty for the same folder

  /// A path of the home's as seen from the root: `../.ratchet/runs/…`.
  [[nodiscard]] std::string from_root(std::string_view path_in_home) const;
};

/// The nearest of `root` and the folders above it that has a `ratchet.yaml` or a `.git`; the root
/// itself where there is none. Looks no further than the root's mount, and not into what belongs to
/// neither this user nor the root's owner. `root` is canonical.
[[nodiscard]] Home find_home(FileSystem& files, const std::filesystem::path& root);

/// The same for a `.git` alone; find_home() where there is none. What is said for a repository as a
/// whole (its .gitattributes) ends there.
[[nodiscard]] Home find_repository(FileSystem& files, const std::filesystem::path& root);

}  // namespace ratchet
