// CreateProcessW with what its call needs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/handle_win32.h"
#include "process/command_line_win32.h"
#include "process/job_win32.h"

namespace ratchet {

/// What to start; all is decided here, nothing is looked up any more. Borrows what it names.
struct SpawnRequest {
  const StartLine& line;
  const std::wstring& environment;                 ///< see EnvironmentBlock::block()
  const std::filesystem::path& working_directory;  ///< the host's own when empty
  HANDLE input = nullptr;                          ///< inheritable, like the other two
  HANDLE output = nullptr;
  HANDLE error = nullptr;
};

struct Spawned {
  Handle process;
  std::uint32_t id = 0;  ///< of the process, and of its console process group
};

/// Starts a program in the job, before its first instruction, with no inherited handle but the
/// three. It leads a console process group, on the host's console, or on one of its own that nobody
/// sees where the host has none. Throws Error{process.spawn_failed, process.exhausted}; nothing
/// runs then.
[[nodiscard]] Spawned spawn(const SpawnRequest& what, const Job& job);

}  // namespace ratchet
