// Removing what may be gone already.
#pragma once

#include <string_view>

#include "fs/file_system.h"

namespace ratchet {

/// A file or link; nothing happens where nothing stands. Error: io.*.
void remove_file_if_there(Folder& folder, std::string_view path);

/// As remove_file_if_there(), and an empty folder too. Error: io.not_empty.
void remove_any(Folder& folder, std::string_view path);

}  // namespace ratchet
