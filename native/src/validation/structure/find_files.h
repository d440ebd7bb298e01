// The files that a pattern means.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/cancel.h"
#include "core/error.h"
#include "core/limits.h"
#include "fs/file_system.h"

namespace ratchet {

/// What a pattern means, and what kept it from being looked at.
struct FoundFiles {
  std::vector<std::string> paths;
  std::vector<Error>
      faults;  ///< each with its path: folders that cannot be listed, names not UTF-8
};

/// The regular files (links to such too) that a pattern matches, absolute, as the system writes
/// paths, each once, sorted bytewise as if all were parted by `/`. `pattern` is relative to the
/// absolute folder `root`, or absolute itself; its components are as NamePattern has them, parted
/// by `/`; braces mean alternatives; `**` stands for any number of folders, hidden ones and links
/// not among them. `.` and `..` are resolved as they are written, before the rest.
///
/// A folder that is not there has no files. Error: job.cancelled; limit.tree_size once more than
/// `limits.structure_entries` names were looked at; request.constraint for too many alternatives.
[[nodiscard]] FoundFiles find_files(FileSystem& files, const std::filesystem::path& root,
                                    std::string_view pattern, const Limits& limits,
                                    const Cancellation& cancellation);

}  // namespace ratchet
