#include "process/reactor.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/system_error.hpp>

#include "core/error.h"

namespace ratchet {
namespace {

namespace asio = boost::asio;

/// Tells Asio that handlers run in one thread; posting from others stays safe.
constexpr int kOneThread = 1;

}  // namespace

struct Reactor::Context {
  asio::io_context io{kOneThread};
  // Without it a turn with nothing to wait for would stop the context.
  asio::executor_work_guard<asio::io_context::executor_type> stays_open{io.get_executor()};
};

Reactor::Reactor() {
  try {
    context_ = std::make_unique<Context>();
  } catch (const boost::system::system_error& fault) {
    throw Error("process.exhausted", "cannot watch processes: " + fault.code().message());
  }
}

Reactor::~Reactor() = default;

bool Reactor::turn(std::optional<SteadyTime> until) {
  if (!until) return context_->io.run_one() > 0;
  if (*until <= system_clock().steady()) return context_->io.poll_one() > 0;
  return context_->io.run_one_until(*until) > 0;
}

void Reactor::wake() {
  asio::post(context_->io, [] {});
}

asio::io_context& Reactor::io() {
  return context_->io;
}

}  // namespace ratchet
