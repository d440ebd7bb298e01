// Where the files of one rendering go: inside the root, and no two to one place.
#pragma once

#include <string>

#include "fs/path_claims.h"
#include "templates/template.h"

namespace ratchet {

/// Collects the paths of rendered files and refuses what could not be written together.
class RenderedPaths {
 public:
  /// `written` is the template that the path was rendered from: its place is in the messages.
  /// Throws Error: path.* (RelativePath::parse_new()), template.duplicate_path (the same path
  /// again, or one that needs a folder where another has a file), template.case_clash.
  void add(const std::string& path, const Template& written);

 private:
  PathClaims claims_;
};

}  // namespace ratchet
