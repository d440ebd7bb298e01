// A child process in a group of its own: started without fork, watched through a pidfd, ended as a
// whole.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "process/child_tree.h"
#include "process/pipe_posix.h"

namespace ratchet {

/// One of a child's standard streams.
struct ChildStream {
  enum class Kind { null, pipe, inherited };
  Kind kind = Kind::null;
  int descriptor = -1;  ///< for a pipe: our number of the child's end
};

/// What to start; all is decided here, nothing is looked up any more. Borrows what it names.
struct ChildStart {
  const std::filesystem::path& program;            ///< absolute
  std::span<const std::string> arguments;          ///< the program's name first
  char* const* environment;                        ///< `NAME=value`, complete, ended by a null
  const std::filesystem::path& working_directory;  ///< absolute; the host's own when empty
  ChildStream input;
  ChildStream output;
  ChildStream error;
};

/// One running child. The owner must not be outlived by it: destruction kills the group and reaps.
///
/// The host is left alone: no signal handler, no change of SIGCHLD, no wait for children of others.
/// A host that reaps all children (pid 1, ignored SIGCHLD) makes the status unknown, nothing worse.
/// Not thread-safe; different children may be handled by different threads.
class Child {
 public:
  /// posix_spawn with default signals, an empty signal mask, a new process group and no inherited
  /// descriptor but the three. An inherited stream that the host has closed is /dev/null.
  /// Throws Error{process.spawn_failed, process.exhausted}; nothing runs then.
  [[nodiscard]] static Child start(const ChildStart& what);

  Child(Child&& other) noexcept;
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  Child& operator=(Child&&) = delete;
  /// Waits up to 100 ms until the killed group is gone.
  ~Child();

  [[nodiscard]] pid_t id() const { return pid_; }
  /// A descriptor that becomes readable once the child has exited; nothing when it had vanished at
  /// once. Given out once; it must stay open until finish().
  [[nodiscard]] Descriptor take_watch() { return std::move(watch_); }
  /// How it ended, or nothing while it runs. Does not reap: until finish() its id stays taken, so
  /// that signals to the group hit nobody else.
  [[nodiscard]] std::optional<ProgramEnd> end();
  void signal_group(int signal);
  /// Kills what is left of the group, then reaps.
  void finish();
  /// Whether nothing of a finished child's group is left: the killed end on their own time.
  [[nodiscard]] bool group_is_gone();
  /// Lets the destructor return at once, whatever is left.
  void forget_group() { group_is_gone_ = true; }

 private:
  Child(pid_t pid, Descriptor watch) : pid_(pid), watch_(std::move(watch)), pidfd_(watch_.get()) {}

  pid_t pid_;
  Descriptor watch_;
  int pidfd_;  // stays known when watch_ is given out
  bool reaped_by_others_ = false;
  bool finished_ = false;
  bool group_is_gone_ = false;
};

}  // namespace ratchet
