// What the tests of Windows alone need to know of their system.
#pragma once

namespace ratchet {

/// Whether the system is wine, whose limits are said where a test meets them.
[[nodiscard]] bool is_wine();

/// Whether this process has a console, without which nobody can be asked to end.
[[nodiscard]] bool has_console();

}  // namespace ratchet
