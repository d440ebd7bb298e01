// Waiting for one descriptor.
#pragma once

#include <functional>
#include <memory>

#include "core/descriptor_posix.h"
#include "process/reactor.h"

namespace ratchet {

enum class Readiness { readable, writable };

/// Has the reactor open the descriptors of its own that watches need, before there is a watch: none
/// of them gets the number of a standard stream that the host has closed.
/// Throws Error{process.exhausted}.
void prepare_watches(Reactor& reactor);

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
