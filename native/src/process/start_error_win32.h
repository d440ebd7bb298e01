// What the system says where it refuses something on the way to a child.
#pragma once

#include <cstdint>
#include <string>

#include "core/error.h"

namespace ratchet {

/// The Error for a code of GetLastError(): process.exhausted where it may work once others have
/// ended (handles, memory, processes), else process.spawn_failed.
[[nodiscard]] Error start_error(std::uint32_t system_error, const std::string& what_failed);

}  // namespace ratchet
