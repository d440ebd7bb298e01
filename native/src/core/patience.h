// Waiting for what somebody else is in the way of, but only for a moment.
#pragma once

#include <functional>
#include <stop_token>

#include "core/clock.h"

namespace ratchet {

/// Calls `done` until it says true, with waits by this clock that double from one millisecond on
/// and come to about half a second: a virus scanner or an indexer has let go of a file by then.
/// False when it never did, or when `stop` was requested. What `done` throws passes.
bool try_patiently(Clock& clock, const std::stop_token& stop, const std::function<bool()>& done);

}  // namespace ratchet
