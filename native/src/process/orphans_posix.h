// Ending the children of a host that is gone. Part of the watchdog.
#pragma once

#include <string_view>

#include "process/child_table_layout.h"

namespace ratchet {

/// Kills the groups of a table whose host has ended. A group is killed when one of its members is
/// in this process's session and carries the mark that `launcher` gave that child; ids that
/// were given to other processes meanwhile are left alone. A start that was under way is waited
/// for, up to two seconds.
void end_orphans(const ChildTable& table, std::string_view launcher);

}  // namespace ratchet
