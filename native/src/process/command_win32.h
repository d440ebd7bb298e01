// What a command must be so that this system can start it.
#pragma once

#include "process/launcher.h"

namespace ratchet {

/// Throws what Launcher::check() throws.
void check_command(const Command& command);

}  // namespace ratchet
