// A job object: a child with all that it starts, which nobody of them can leave.
#pragma once

#include <cstdint>
#include <vector>

#include "core/handle_win32.h"

namespace ratchet {

/// Ends with its last handle, which is ours alone: so the children of a host that is killed die
/// with it. A program that crashes in it ends without asking anybody.
class Job {
 public:
  /// Throws Error{process.exhausted, process.spawn_failed}.
  Job();

  [[nodiscard]] HANDLE get() const { return handle_.get(); }
  /// Begins to end all that live in it; `exit_code` is theirs then.
  void end(std::uint32_t exit_code);
  [[nodiscard]] bool is_empty() const;
  /// The ids of those who live in it.
  [[nodiscard]] std::vector<std::uint32_t> processes() const;

 private:
  Handle handle_;
};

}  // namespace ratchet
