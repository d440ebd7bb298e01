// Many children at once, watched from one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "core/clock.h"
#include "process/launcher.h"

namespace ratchet {

/// Bytes of a child that is streamed. `sequence` counts the pieces of both streams of the child
/// from 0, in the order in which they were read.
struct ProcessOutput {
  std::size_t id = 0;
  StreamName stream = StreamName::output;
  std::uint64_t sequence = 0;
  std::string bytes;
};

/// A child ran past its limit and is being ended; ProcessEnded follows.
struct ProcessOverdue {
  std::size_t id = 0;
};

struct ProcessEnded {
  std::size_t id = 0;
  ProcessResult result;
};

using ProcessEvent = std::variant<ProcessOutput, ProcessOverdue, ProcessEnded>;

/// Starts children and says how they ended. Each child leads a process group (on Windows a job);
/// after its end nothing of the group is alive, and no descriptor and no zombie is left.
/// Descendants that hold the streams get 200 ms after the program's end to finish.
///
/// Time limit and cancel() end the whole group: it is asked, given the command's grace, and killed;
/// killed at once where it cannot be asked. Whichever came first names the state.
///
/// One thread owns the loop; wake() alone may be called from others. Destruction kills what still
/// runs and reaps it.
class ProcessLoop {
 public:
  virtual ~ProcessLoop() = default;

  /// Starts a command that Launcher::check() has let pass. `id` is the caller's own name for it,
  /// not used by a running child of this loop. Never throws for what the system refuses: that is
  /// ProcessEnded{spawn_failed}.
  ///
  /// False where the system has nothing left to start it with (descriptors, processes) while
  /// others of this loop run: to be tried again once one of them has ended.
  [[nodiscard]] virtual bool start(std::size_t id, const Command& command) = 0;

  /// Begins to end a child as `cancelled`; `at_once` skips the grace, also later on. Without effect
  /// on an id that does not run.
  virtual void cancel(std::size_t id, bool at_once) = 0;

  /// Waits for the next event; nothing once `deadline` has passed (never, without one) or wake()
  /// was called.
  [[nodiscard]] virtual std::optional<ProcessEvent> next(std::optional<SteadyTime> deadline) = 0;

  /// Makes the next() that waits, or the next one to be called, return. From any thread.
  virtual void wake() = 0;
};

}  // namespace ratchet
