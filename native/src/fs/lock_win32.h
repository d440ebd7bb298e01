// Locking an open file that others may remove.
#pragma once

#include <windows.h>

#include <string_view>

#include "fs/resolve_win32.h"

namespace ratchet {

/// Locks the open file for as long as its handle lives (LockFileEx, so also against other handles
/// in this process), waiting for nobody but those who look (is_lock_held). False when somebody else
/// has the lock, or when the file is not the one at this place any more. Error: io.*.
[[nodiscard]] bool lock_named(HANDLE file, const Place& place, const NtCall& call);

/// At once, and not only when the system comes to it after the handle was closed.
void unlock(HANDLE file);

/// Whether some open handle has that lock. Windows tells by an attempt alone: for that moment the
/// lock is shared by this call, which lock_named() bears.
[[nodiscard]] bool is_lock_held(HANDLE file, std::string_view path);

}  // namespace ratchet
