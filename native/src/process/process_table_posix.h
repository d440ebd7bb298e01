// What the system tells about processes that are not our children: /proc of Linux.
//
// Everything here is a look at something that moves: a process may be gone by the time its entry
// is read. Used by the engine and by the watchdog alike. Thread-safe; nothing throws but for
// memory.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ratchet {

struct ProcessEntry {
  pid_t pid = 0;
  pid_t parent = 0;
  pid_t group = 0;
  pid_t session = 0;
  std::uint64_t started =
      0;                  ///< clock ticks since boot; with the pid it names one process for good
  bool is_alive = false;  ///< false for a zombie

  friend bool operator==(const ProcessEntry&, const ProcessEntry&) = default;
};

/// The pids that can be seen; unordered.
[[nodiscard]] std::vector<pid_t> process_ids();

/// Nothing for a process that is gone.
[[nodiscard]] std::optional<ProcessEntry> read_process(pid_t pid);

/// All that process_ids() names.
[[nodiscard]] std::vector<ProcessEntry> read_process_table();

/// Whether a process of this group lives. Zombies do not: who is to reap them may take its time.
[[nodiscard]] bool lives_in(const std::vector<ProcessEntry>& table, pid_t group);

/// The value of a variable in the environment that a process was started with. Nothing where it is
/// not set or may not be read (other users' processes), or is overwritten by the process.
[[nodiscard]] std::optional<std::string> started_with(pid_t pid, std::string_view variable);

/// The command line, or the name in brackets where there is none; empty for a process that is gone.
[[nodiscard]] std::string command_line_of(pid_t pid);

/// Whether a descriptor of the process is an end of one of these pipes (by inode).
[[nodiscard]] bool holds_a_pipe(pid_t pid, const std::vector<ino_t>& pipes);

}  // namespace ratchet
