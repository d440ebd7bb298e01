// The rows that each room's source adds to the table of operations.
#pragma once

#include "operations/operation.h"

namespace ratchet::rows {

[[nodiscard]] Operation describe();
[[nodiscard]] Operation doctor();
[[nodiscard]] Operation pattern_describe();
[[nodiscard]] Operation pattern_list();
[[nodiscard]] Operation pattern_run();
[[nodiscard]] Operation ping();
[[nodiscard]] Operation template_list();
[[nodiscard]] Operation template_render();
[[nodiscard]] Operation validate_instance();
[[nodiscard]] Operation validate_syntax();

}  // namespace ratchet::rows
