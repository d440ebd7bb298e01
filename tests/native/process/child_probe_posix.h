// Shell scripts as commands, and looks at what they leave behind.
#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "process/child_probe.h"
#include "process/process_table_posix.h"

namespace ratchet {

inline Command shell(std::string script) {
  Command command;
  command.arguments = {"/bin/sh", "-c", std::move(script)};
  return command;
}

/// Lives and is no zombie that waits for init.
[[nodiscard]] bool is_alive(pid_t pid);

}  // namespace ratchet
