// The system's own launcher, for tests of what is built on it.
#pragma once

#include <memory>
#include <optional>

#include "process/launcher.h"

namespace ratchet {

/// Without a watchdog; tests of that make launchers of their own.
inline Launcher& system_launcher() {
  static const std::unique_ptr<Launcher> launcher = make_system_launcher(std::nullopt);
  return *launcher;
}

}  // namespace ratchet
