// A child process in a group of its own: started without fork, watched through a pidfd, ended as a
// whole.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "process/pipe_posix.h"

namespace ratchet {

/// What to start; all is decided here, nothing is looked up any more.
struct ChildStart {
  std::filesystem::path program;            ///< absolute
  std::vector<std::string> arguments;       ///< the program's name first
  std::vector<std::string> environment;     ///< `NAME=value`, complete
  std::filesystem::path working_directory;  ///< absolute; the host's own when empty
  const Descriptor* input = nullptr;        ///< its standard input; /dev/null without one
  const Descriptor* output = nullptr;
  const Descriptor* error = nullptr;
};

/// One running child. The owner must not be outlived by it: destruction kills the group and reaps.
///
/// The host is left alone: no signal handler, no change of SIGCHLD, no wait for children of others.
/// A host that reaps all children (pid 1, ignored SIGCHLD) makes the status unknown, nothing worse.
/// Not thread-safe; different children may be handled by different threads.
class Child {
 public:
  struct End {
    bool known = false;  ///< false: it exited, but somebody else collected the status
    int exit_code = -1;
    int signal = 0;
  };

  /// posix_spawn with default signals, an empty signal mask, a new process group and no inherited
  /// descriptor but the three. Throws Error{process.spawn_failed}.
  [[nodiscard]] static Child start(const ChildStart& what);

  Child(Child&& other) noexcept;
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  Child& operator=(Child&&) = delete;
  ~Child() { finish(); }

  /// Readable for poll() once the child has exited; closed when it had vanished at once.
  [[nodiscard]] const Descriptor& watch() const { return pidfd_; }
  /// How it ended, or nothing while it runs. Does not reap: until finish() its id stays taken, so
  /// that signals to the group hit nobody else.
  [[nodiscard]] std::optional<End> end();
  void signal_group(int signal);
  /// Kills what is left of the group, then reaps, then waits (up to 100 ms) until the group is
  /// gone.
  void finish();

 private:
  Child(pid_t pid, Descriptor pidfd) : pid_(pid), pidfd_(std::move(pidfd)) {}
  void wait_until_group_is_gone() const;

  pid_t pid_;  // 0 once finished
  Descriptor pidfd_;
  bool reaped_by_others_ = false;
};

}  // namespace ratchet
