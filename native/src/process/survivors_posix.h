// Finding descendants that outlived the end of their program.
#pragma once

#include <sys/types.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/clock.h"
#include "process/launcher.h"
#include "process/process_table_posix.h"

namespace ratchet {

/// By what descendants of one child are known. Each way alone misses some: a mark goes with a
/// cleared environment, a parent with its end, a pipe with a redirection.
struct Lineage {
  std::string mark;                       ///< see ChildMarks
  std::vector<ProcessEntry> descendants;  ///< before anything was ended
  std::vector<ino_t> pipes;               ///< streams of the child that somebody still held open
};

/// All below `ancestor` by their parents, without itself.
[[nodiscard]] std::vector<ProcessEntry> descendants_of(pid_t ancestor,
                                                       const std::vector<ProcessEntry>& table);

/// For each of them, by pid, those who live now; zombies and this process do not count. One look at
/// all processes serves them all.
[[nodiscard]] std::vector<std::vector<Survivor>> find_survivors(std::span<const Lineage> lineages);

/// A table of processes that many children ended in one moment may share. Not thread-safe.
class SharedProcessTable {
 public:
  /// One that is not older than `age`.
  const std::vector<ProcessEntry>& at(SteadyTime now, std::chrono::milliseconds age);

 private:
  std::vector<ProcessEntry> table_;
  std::optional<SteadyTime> read_at_;
};

}  // namespace ratchet
