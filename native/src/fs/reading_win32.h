// Looking at files and folders through open handles.
#pragma once

#include <windows.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "fs/file_system.h"
#include "fs/whole_file.h"

namespace ratchet {

// `path` is for messages everywhere. Errors: io.*.

/// Windows has no permission bits: a file has 0644, one with the flag read-only 0444, a folder
/// 0755. That is what a usual umask leaves, so that plans are the same on every system.
inline constexpr std::uint32_t kWindowsUmask = 022;
inline constexpr std::uint32_t kOwnerWrites = 0200;

/// Of an open file or link (access kReadsAttributes; without READ_CONTROL the owner is 0).
[[nodiscard]] FileStatus status_of(HANDLE file, std::string_view path);

/// Hands a file's bytes on from where the handle stands, piece by piece.
void read_pieces(HANDLE file, std::string_view path,
                 const std::function<void(std::string_view)>& take);
/// All of them. Error: limit.input_size.
[[nodiscard]] std::string read_all(HANDLE file, std::uint64_t most_bytes, std::string_view path);
/// Where an open symbolic link or mount point leads, with `/`.
[[nodiscard]] std::string read_link(HANDLE link, std::string_view path);
/// Sorted by name. Error: path.invalid for a name that has no UTF-8.
[[nodiscard]] std::vector<FolderEntry> list_folder(HANDLE folder, std::string_view path);

}  // namespace ratchet
