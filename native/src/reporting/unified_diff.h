// Changes as people read them: unified diffs.
#pragma once

#include <string>
#include <string_view>

namespace ratchet {

/// A new file as `git diff` would show it. A file that is not text (it has a NUL, or is not UTF-8)
/// by its size and SHA-256. Ends with a line break.
[[nodiscard]] std::string new_file_diff(std::string_view path, std::string_view content);

}  // namespace ratchet
