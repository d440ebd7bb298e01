// posix_spawn with owners for its parts.
#pragma once

#include <spawn.h>
#include <sys/types.h>

#include <csignal>
#include <filesystem>
#include <span>
#include <string>

#include "core/descriptor_posix.h"

namespace ratchet {

/// What a new process does with its descriptors and its folder before its program begins, in the
/// order of the calls. Throws Error{process.exhausted} where memory ends.
class SpawnActions {
 public:
  SpawnActions();
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }

  /// Our descriptor `from` as number `to`; onto itself, it just survives the exec.
  void connect(int from, int to);
  /// /dev/null as number `to`; `mode` as for open().
  void connect_null(int to, int mode);
  void change_folder(const std::filesystem::path& folder);
  void close_from(int first);

  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

/// A process group of its own, all signals as by default but for those blocked.
class SpawnAttributes {
 public:
  /// Throws Error{process.exhausted}.
  explicit SpawnAttributes(const sigset_t& blocked);
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
  ~SpawnAttributes() { posix_spawnattr_destroy(&attributes_); }

  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

/// Starts a program and returns once it has begun. `environment` ends with a null.
/// Throws Error{process.spawn_failed, process.exhausted}; nothing runs then.
[[nodiscard]] pid_t spawn(const std::filesystem::path& program,
                          std::span<const std::string> arguments, char* const* environment,
                          const SpawnActions& actions, const SpawnAttributes& attributes);

/// Closed, with errno set, where there is none: ESRCH for a child that somebody else reaped.
/// Numbered from 3 up where the host has closed its standard streams and there is room.
[[nodiscard]] Descriptor open_pidfd(pid_t pid);

/// waitid(P_PIDFD), repeated where a signal interrupts it; waits on a non-blocking pidfd, too.
int wait_on(int pidfd, siginfo_t& info, int options);

}  // namespace ratchet
