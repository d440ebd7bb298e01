// What files and folders carry beside their bytes and names: owner, group, access lists, labels.
#pragma once

#include <string_view>

#include "fs/file_system.h"

namespace ratchet {

// All take open descriptors; `path` is for messages. What this user may not give, or the file
// system cannot hold, is left out; any other failure is an Error: io.*.

/// Gives `to` the owner, group, extended attributes and access list of `from`, whose status is
/// `status`. May change the mode.
void copy_attributes(int from, const FileStatus& status, int to, std::string_view path);

/// Gives `made` what open() or mkdir() in `parent` would have given it: group, default access list
/// (which decides the mode then), label.
void inherit_attributes(int parent, int made, std::string_view path);

/// Whether `folder` gives what is made in it any of these.
[[nodiscard]] bool gives_attributes(int folder, std::string_view path);

}  // namespace ratchet
