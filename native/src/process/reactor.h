// One thread's waiting for everything that its children do: where processes meet Boost.Asio.
#pragma once

#include <memory>
#include <optional>

#include "core/clock.h"

namespace boost::asio {
class io_context;
}

namespace ratchet {

/// Makes the calls of those who wait through it, one a turn, in the order in which they became
/// ready: one that is always ready cannot starve the others. One thread; wake() from any.
class Reactor {
 public:
  /// Throws Error{process.exhausted} where the system has no descriptor left.
  Reactor();
  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;
  ~Reactor();

  /// Waits until something is ready and makes its call. False once `until` has passed (never,
  /// without one) without any; what is ready is served even when it lies in the past.
  bool turn(std::optional<SteadyTime> until);
  /// Ends the turn that waits, or the next one.
  void wake();

  /// For those who wait through it.
  [[nodiscard]] boost::asio::io_context& io();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace ratchet
