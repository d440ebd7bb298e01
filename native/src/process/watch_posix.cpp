#include "process/watch_posix.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <utility>
#include <vector>

#include "core/error.h"

namespace ratchet {
namespace {

namespace asio = boost::asio;

/// Takes the numbers of standard streams that the host has closed, until it is destroyed: a child
/// that inherits these streams must not find the reactor in their place.
class StandardNumbersTaken {
 public:
  StandardNumbersTaken() {
    for (Descriptor taken = take(); taken.is_open() && taken.get() <= STDERR_FILENO; taken = take())
      taken_.push_back(std::move(taken));
  }

 private:
  static Descriptor take() { return Descriptor(::eventfd(0, EFD_CLOEXEC)); }

  std::vector<Descriptor> taken_;
};

Error exhausted(const boost::system::error_code& reason) {
  return {"process.exhausted", "cannot watch a process: " + reason.message()};
}

}  // namespace

struct Watch::State {
  State(asio::io_context& io, Readiness direction, std::function<void()> call)
      : stream(io),
        wanted(direction == Readiness::readable ? asio::posix::stream_descriptor::wait_read
                                                : asio::posix::stream_descriptor::wait_write),
        ready(std::move(call)) {}

  asio::posix::stream_descriptor stream;
  asio::posix::stream_descriptor::wait_type wanted;
  std::function<void()> ready;
};

void prepare_watches(Reactor& reactor) {
  const StandardNumbersTaken taken;
  try {
    const asio::posix::stream_descriptor first_of_all(reactor.io());
  } catch (const boost::system::system_error& fault) {
    throw exhausted(fault.code());
  }
}

Watch::Watch(Reactor& reactor, Descriptor&& descriptor, Readiness wanted,
             std::function<void()> ready)
    : state_(std::make_shared<State>(reactor.io(), wanted, std::move(ready))) {
  boost::system::error_code failed;
  static_cast<void>(state_->stream.assign(descriptor.get(), failed));
  if (failed) throw exhausted(failed);
  static_cast<void>(descriptor.release());
}

Watch& Watch::operator=(Watch&& other) noexcept {
  if (this != &other) {
    close();
    state_ = std::move(other.state_);
  }
  return *this;
}

void Watch::arm() {
  state_->stream.async_wait(state_->wanted,
                            [state = state_](const boost::system::error_code& failed) {
                              // Closed meanwhile: a call that was on its way still comes, but its
                              // owner may be gone.
                              if (!failed && state->stream.is_open()) state->ready();
                            });
}

void Watch::close() {
  if (!state_) return;
  boost::system::error_code ignored;
  static_cast<void>(state_->stream.close(ignored));
  state_.reset();
}

int Watch::get() const {
  return state_->stream.native_handle();
}

}  // namespace ratchet
