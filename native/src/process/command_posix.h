// From a Command to what is started: checked, and with its program found.
#pragma once

#include "process/child_posix.h"
#include "process/launcher.h"

namespace ratchet {

/// The start for a command, without its streams.
/// Throws Error{process.invalid_command} and Error{process.not_found} as Launcher::run says.
[[nodiscard]] ChildStart prepare(const Command& command);

}  // namespace ratchet
