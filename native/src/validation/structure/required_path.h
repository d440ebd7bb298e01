// What a project is required to have at a path.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ratchet {

enum class RequiredKind { any, file, folder };

/// A path, or a pattern of which at least one match must be there, relative to a project's root. A
/// component that is `**` stands for any number of folders, none too; hidden folders and links are
/// not among them.
class RequiredPath {
 public:
  /// A trailing `/` asks for a folder, as RequiredKind::folder does; one of a `file` is refused.
  /// Throws Error: path.* (fs/contained_path.h; patterns too are contained), request.constraint.
  [[nodiscard]] static RequiredPath parse(std::string_view text, RequiredKind kind);

  /// Without a trailing `/`.
  [[nodiscard]] const std::string& path() const { return path_; }
  /// With one for a folder: as messages and results call it.
  [[nodiscard]] std::string shown() const;
  [[nodiscard]] RequiredKind kind() const { return kind_; }
  [[nodiscard]] bool is_pattern() const { return is_pattern_; }
  /// The ways to fulfil it, each a list of components: one, or those that its braces stand for.
  [[nodiscard]] const std::vector<std::vector<std::string>>& choices() const { return choices_; }

 private:
  std::string path_;
  RequiredKind kind_ = RequiredKind::any;
  bool is_pattern_ = false;
  std::vector<std::vector<std::string>> choices_;
};

/// What is to be made at a path that does not say: the first of these that speaks.
/// - another required path lies beneath it: a folder;
/// - its name has an extension (`a.txt`; `.github` has none): a file;
/// - its name begins with a dot: a folder when tools are known to keep one by that name (`.github`,
///   `.vscode`, …), else a file (`.gitignore`);
/// - a name that is a file by custom (`Makefile`, `Dockerfile`, …) or has no lower-case letter
///   (`LICENSE`): a file;
/// - any other: a folder.
[[nodiscard]] RequiredKind kind_to_create(const RequiredPath& path, bool has_paths_beneath);

}  // namespace ratchet
