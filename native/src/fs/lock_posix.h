// Locking an open file that others may unlink.
#pragma once

#include <string>
#include <string_view>

namespace ratchet {

/// Locks the open file for as long as its description lives (F_OFD_SETLK, so also against others in
/// this process), without waiting. False when somebody else has the lock, or when the file is not
/// the one of this name in the folder any more: its last holder may have unlinked it between the
/// caller's open and the lock, and the next one has made another. `shown` is for messages. Error:
/// io.*.
[[nodiscard]] bool lock_named(int file, int folder, const std::string& name,
                              std::string_view shown);

/// Whether some open description has that lock.
[[nodiscard]] bool is_lock_held(int file, std::string_view shown);

}  // namespace ratchet
