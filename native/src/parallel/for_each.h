// The same work for many items, on several threads.
#pragma once

#include <cstddef>
#include <functional>

#include "core/cancel.h"

namespace ratchet {

/// Calls `work(0)` … `work(count - 1)`, each once, on up to `threads` threads (0: as many as the
/// machine runs at once), the caller's among them; returns when all that was begun is done. Items
/// are begun in order; what each one does must not depend on the others.
///
/// Everything the items wrote is visible to the caller on return. Where the system gives fewer
/// threads, the work is done by fewer.
///
/// An exception ends the giving out of items, and is thrown on when the begun ones are done: of
/// several, the one of the lowest item, which is the same one whatever the threads' timing.
/// Cancellation is looked at before each item; then Error{job.cancelled}, unless an item threw
/// before. It is not looked at after the last: work that is done stays done.
void parallel_for(std::size_t count, std::size_t threads, const Cancellation& cancellation,
                  const std::function<void(std::size_t)>& work);

}  // namespace ratchet
