// Pipes to children.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "core/handle_win32.h"

namespace ratchet {

/// Names for pipes that nobody else on the machine has. Thread-safe.
class PipeNames {
 public:
  PipeNames();
  [[nodiscard]] std::wstring next();

 private:
  std::wstring prefix_;
  std::atomic<std::uint64_t> next_ = 0;
};

/// Only a named pipe can be read and written without waiting, which our end is made for; the
/// child's end waits, as programs expect it, and is inheritable.
struct Pipe {
  Handle ours;
  Handle childs;
};

enum class PipeDirection { from_child, to_child };

/// Throws Error{process.exhausted, process.spawn_failed}.
[[nodiscard]] Pipe make_pipe(PipeNames& names, PipeDirection direction);

/// `NUL` as an inheritable handle for one of a child's streams. Throws as make_pipe().
[[nodiscard]] Handle open_null(PipeDirection direction);

}  // namespace ratchet
