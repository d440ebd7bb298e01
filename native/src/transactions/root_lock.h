// The lock under which one transaction at a time changes a project.
#pragma once

#include <chrono>
#include <memory>

#include "core/cancel.h"
#include "core/clock.h"
#include "core/random.h"
#include "fs/file_system.h"
#include "transactions/state_folder.h"

namespace ratchet {

/// Takes the project's lock, trying again after pauses of 5 to 100 ms (doubling, each shortened by
/// a random half so that waiters do not keep step) for at most `longest`. Error:
/// transaction.locked, naming the holder; job.cancelled while waiting; io.*.
[[nodiscard]] std::unique_ptr<FileLock> lock_root(StateFolder& state, Clock& clock, Random& random,
                                                  std::chrono::milliseconds longest,
                                                  const Cancellation& cancellation);

}  // namespace ratchet
