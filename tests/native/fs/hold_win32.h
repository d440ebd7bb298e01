// A file or folder held open, as another program holds it.
#pragma once

#include <windows.h>

#include <filesystem>

#include "core/handle_win32.h"

namespace ratchet::test {

/// For reading; `share` is what others may do meanwhile (FILE_SHARE_…).
[[nodiscard]] inline Handle hold(const std::filesystem::path& path, DWORD share) {
  return Handle(CreateFileW(path.c_str(), GENERIC_READ, share, nullptr, OPEN_EXISTING,
                            FILE_FLAG_BACKUP_SEMANTICS, nullptr));
}

}  // namespace ratchet::test
