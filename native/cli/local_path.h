// Paths of this program's own folder and words.
#pragma once

#include <string>
#include <string_view>

namespace ratchet::cli {

/// Absolute. Throws std::filesystem::filesystem_error where it is gone.
[[nodiscard]] std::string current_folder();
/// Seen from there. Throws as current_folder(); on Windows std::invalid_argument for what lies on
/// no drive, such as a share that has no letter or a device.
[[nodiscard]] std::string absolute_path(std::string_view path);

}  // namespace ratchet::cli
