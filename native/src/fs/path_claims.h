// Files that are made together: whether each has a place of its own on every file system.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "fs/contained_path.h"

namespace ratchet {

/// Why two files cannot both be made.
struct PathClash {
  enum class Kind {
    same,       ///< the same path twice
    case_only,  ///< different, but one to a file system that folds case (RelativePath::folded())
    folder,     ///< one needs a folder where the other is a file
  };
  Kind kind = Kind::same;
  std::string path;   ///< the later of the two; for `folder` the one that needs the folder
  std::string other;  ///< for `folder` the file

  /// One sentence that names both, without a full stop: `"A" differs from "a" in case alone`.
  [[nodiscard]] std::string sentence() const;
};

/// Collects the paths of files. For one thread at a time.
class PathClaims {
 public:
  /// Claims the path for a file; a clash with one that was claimed before leaves things as they
  /// are. O(components).
  [[nodiscard]] std::optional<PathClash> claim(const RelativePath& path);

 private:
  struct Claim {
    std::string path;
    bool is_folder = false;
  };
  std::unordered_map<std::string, Claim> by_folded_path_;
};

}  // namespace ratchet
