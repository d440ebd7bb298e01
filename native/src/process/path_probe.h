// Looks at the paths that a command names.
#pragma once

#include <filesystem>

namespace ratchet {

enum class PathKind { nothing, file, folder };

/// What a path leads to, links followed; whatever is no folder counts as a file.
[[nodiscard]] PathKind kind_of(const std::filesystem::path& path);

/// The host's; empty where it has gone.
[[nodiscard]] std::filesystem::path current_folder();

}  // namespace ratchet
