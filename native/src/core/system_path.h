// Paths between the engine and the standard library's own functions for the disk.
#pragma once

#include <filesystem>

namespace ratchet {

// A path of the engine is made from UTF-8 text and read by string(), which gives that text back on
// every system. Where the system has another encoding for its names, what it gives or takes as a
// path passes through these two.

/// As `std::filesystem` and file streams take it. Throws Error{path.invalid} where the text is not
/// one that the system can hold.
[[nodiscard]] std::filesystem::path to_system_path(const std::filesystem::path& path);
/// Of what they gave. Throws Error{path.invalid} for a name that has no UTF-8.
[[nodiscard]] std::filesystem::path from_system_path(const std::filesystem::path& path);

}  // namespace ratchet
