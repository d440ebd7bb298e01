#include "process/cancel_wake_posix.h"

#include <sys/eventfd.h>

#include <cerrno>
#include <system_error>

#include "core/error.h"

namespace ratchet {
namespace {

Descriptor make_event() {
  Descriptor event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (event.is_open()) return event;
  throw Error("process.spawn_failed",
              "cannot watch for cancellation: " + std::generic_category().message(errno));
}

}  // namespace

CancelWake::CancelWake(const Cancellation& cancellation)
    : event_(make_event()),
      on_graceful_(cancellation.graceful, Ring{event_.get()}),
      on_immediate_(cancellation.immediate, Ring{event_.get()}) {
}

void CancelWake::Ring::operator()() const {
  ::eventfd_write(number, 1);
}

void CancelWake::acknowledge() const {
  eventfd_t count = 0;
  ::eventfd_read(event_.get(), &count);
}

}  // namespace ratchet
