// The environment that a child gets, and the programs that can be found through it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ratchet {

using EnvironmentChanges = std::vector<std::pair<std::string, std::optional<std::string>>>;

/// `NAME=value` entries: the host's with the changes on top. Of a name changed twice, the last
/// counts.
[[nodiscard]] std::vector<std::string> child_environment(const EnvironmentChanges& changes);

/// The value of PATH in such entries; `/usr/bin:/bin` where it is not set.
[[nodiscard]] std::string search_path(const std::vector<std::string>& environment);

/// The first regular executable file of this name in the absolute folders of `search_path`.
/// Relative and empty entries are passed over: what a name means must not depend on the current
/// folder.
[[nodiscard]] std::optional<std::filesystem::path> find_on_path(std::string_view name,
                                                                std::string_view search_path);

[[nodiscard]] bool is_executable_file(const std::filesystem::path& path);

}  // namespace ratchet
