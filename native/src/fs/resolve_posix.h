// Opening a path beneath a folder's descriptor, so that no link or swapped parent leads out of it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/descriptor_posix.h"
#include "fs/file_system.h"

namespace ratchet {

/// How paths are resolved.
enum class Resolution {
  kernel,          ///< openat2, and the walk where the kernel or a sandbox refuses that call
  component_walk,  ///< one openat with O_NOFOLLOW a component: every link in the way is refused
};

/// The subfolder at `path` (checked by check_folder_path; empty is the folder itself) with these
/// open flags beside O_DIRECTORY and O_CLOEXEC. Error: as Folder's.
[[nodiscard]] Descriptor open_beneath(int folder, std::string_view path, int flags, Links links,
                                      Resolution resolution);

/// The same subfolder's path beneath `folder` with no link in it. Error: as Folder's;
/// path.outside_root where the kernel does not tell (no /proc).
[[nodiscard]] std::string resolve_beneath(int folder, std::string_view path, Resolution resolution);

/// The machine's disks, with the resolution given; system_files() is the one by the kernel.
[[nodiscard]] std::unique_ptr<FileSystem> make_posix_files(Resolution resolution);

}  // namespace ratchet
