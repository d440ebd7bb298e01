// What a command must be so that this system can start it.
#pragma once

#include "process/child_mark_posix.h"
#include "process/launcher.h"

namespace ratchet {

/// Throws what Launcher::check() throws. The mark counts as a part of the environment.
void check_command(const Command& command, const ChildMarks& marks);

}  // namespace ratchet
