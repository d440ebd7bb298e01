// Commands that the user wrote for a shell.
#pragma once

#include <string>
#include <vector>

namespace ratchet {

/// The program and arguments that have the system's shell run this text: `/bin/sh -c`, or
/// `cmd.exe /d /s /c`.
[[nodiscard]] std::vector<std::string> shell_arguments(std::string text);

}  // namespace ratchet
