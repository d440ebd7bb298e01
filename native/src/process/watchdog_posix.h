// Starting and ending the watchdog process, seen from the engine.
#pragma once

#include <filesystem>
#include <string>

#include "core/descriptor_posix.h"

namespace ratchet {

/// A process of its own that kills the children in the shared table when this process ends without
/// destroying it first, be it by SIGKILL. It holds no descriptor of ours but the two it needs,
/// stands in the folder `/`, in a group of its own, and blocks all signals that can be blocked.
///
/// A process that we fork without exec keeps the pipe open, and with it the watchdog waiting.
class Watchdog {
 public:
  /// `table` holds a ChildTable; `launcher` is ChildMarks::launcher().
  /// Throws Error{process.spawn_failed, process.exhausted}.
  Watchdog(const std::filesystem::path& program, const Descriptor& table,
           const std::string& launcher);
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  /// Ends and reaps it.
  ~Watchdog();

  [[nodiscard]] bool is_alive() const;

 private:
  Descriptor pipe_;
  Descriptor pidfd_;
};

}  // namespace ratchet
