// What can be wrong with a command before anything of the system is asked.
#pragma once

#include "process/launcher.h"

namespace ratchet {

/// Throws Error{process.invalid_command} for what Launcher::check() refuses but for the program
/// itself and the sizes.
void check_form(const Command& command);

}  // namespace ratchet
