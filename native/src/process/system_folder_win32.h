// Where the system's own programs lie.
#pragma once

#include <filesystem>

namespace ratchet {

/// `C:\Windows\System32`, by the system's word, not by a variable that anybody may set.
[[nodiscard]] std::filesystem::path system_folder();

/// `cmd.exe` in it.
[[nodiscard]] std::filesystem::path command_interpreter();

}  // namespace ratchet
