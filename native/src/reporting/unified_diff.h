// Changes as people read them and `git apply` takes them: unified diffs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fs/file_system.h"

namespace ratchet {

/// What stands at a path on one side of a change.
struct FileVersion {
  FileKind kind = FileKind::file;
  std::uint32_t mode = 0;      ///< permission bits; a diff knows executable by its owner, or not
  std::string_view content{};  ///< of a link: where it leads, as it is written
};

/// One path before and after. A path counts only where its version is there; two that differ are a
/// move.
struct FileChange {
  std::string_view old_path{};
  std::string_view new_path{};
  std::optional<FileVersion> before{};
  std::optional<FileVersion> after{};
};

/// The change as `git diff` would show it, byte for byte, without its `index` line; ends with a
/// line break. Empty where nothing changed. What is neither file nor link has no diff and counts as
/// not there.
///
/// Other than git's:
/// - of equally short ways to tell a change it may take another one (see changed_lines.h);
/// - a file that moved is a rename however little of it stayed;
/// - what is no text (a NUL, or not UTF-8) is one line with the size and SHA-256 of its sides. `git
///   apply` refuses a file that changed or went so; of a new one it makes an empty file.
///
/// Time and memory are bounded by changed_lines.h.
[[nodiscard]] std::string file_diff(const FileChange& change);

}  // namespace ratchet
