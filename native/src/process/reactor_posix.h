// Waiting for descriptors: the one place where processes meet Boost.Asio.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "core/clock.h"
#include "core/descriptor_posix.h"

namespace ratchet {

enum class Readiness { readable, writable };

/// Calls what its watches are to call, one call a turn, in the order in which descriptors became
/// ready: one that is always ready cannot starve the others. One thread; wake() from any.
class Reactor {
 public:
  /// Throws Error{process.exhausted} where the system has no descriptor left.
  Reactor();
  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;
  ~Reactor();

  /// Waits for one descriptor and makes its call. False once `until` has passed (never, without
  /// one) without any; ready ones are served even when it lies in the past.
  bool turn(std::optional<SteadyTime> until);
  /// Ends the turn that waits, or the next one.
  void wake();

 private:
  friend class Watch;
  struct Context;
  std::unique_ptr<Context> context_;
};

/// A descriptor under watch, owned and closed by it. The reactor must outlive it.
class Watch {
 public:
  Watch() = default;
  /// The first arm() makes the descriptor non-blocking. Throws Error{process.exhausted}; the
  /// descriptor stays the caller's then.
  Watch(Reactor& reactor, Descriptor&& descriptor, Readiness wanted, std::function<void()> ready);
  Watch(Watch&& other) noexcept = default;
  Watch& operator=(Watch&& other) noexcept;
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  ~Watch() { close(); }

  /// Asks for one call of `ready`, which may arm again, close, or destroy the watch.
  void arm();
  /// `ready` is not called any more.
  void close();
  [[nodiscard]] bool is_open() const { return state_ != nullptr; }
  [[nodiscard]] int get() const;

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with the calls under way
};

}  // namespace ratchet
