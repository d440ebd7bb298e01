// What a file may be called on Windows.
#pragma once

#include <string>
#include <string_view>

namespace ratchet {

/// One component in UTF-16, as it may be handed to the kernel, which takes names that no program
/// could open again. `path` is for messages. Throws Error{path.invalid} for one that is no UTF-8,
/// names a stream (`a:b`) or a device (`nul.txt`), ends with a dot or a space, holds one of
/// `<>"|?*\` or a control character, or has more than 255 UTF-16 units.
[[nodiscard]] std::wstring system_name(std::string_view component, std::string_view path);

/// An absolute path of the user's as the kernel takes it, which has no limit of 260 characters:
/// `\??\C:\a`, `\??\UNC\server\share`; one that begins with `\\?\` is taken as it stands. Throws
/// Error{path.invalid} for more than 32,767 characters, a NUL, or a text that is no UTF-8.
[[nodiscard]] std::wstring kernel_path(std::string_view path);

/// Throws Error{path.invalid} for a name on the disk that has half a character, a lone surrogate,
/// and therefore no UTF-8; `path` led to it.
[[noreturn]] void refuse_surrogate(std::string_view path);

}  // namespace ratchet
