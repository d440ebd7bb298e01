// Paths as git writes them.
#pragma once

#include <string>
#include <string_view>

namespace ratchet {

/// As it is, or in double quotes with C escapes where it has a quote, a backslash, a control
/// character or a byte above ASCII (core.quotePath=true, git-config(1)).
[[nodiscard]] std::string git_path(std::string_view path);

}  // namespace ratchet
