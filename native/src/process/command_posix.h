// From a Command to what is started: checked, and with its program found.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "process/child_mark_posix.h"
#include "process/environment_posix.h"
#include "process/launcher.h"

namespace ratchet {

/// Throws what Launcher::check() throws. The mark counts as a part of the environment.
void check_command(const Command& command, const ChildMarks& marks);

/// Where the program of a command lies; one that is not given by a path is looked up on
/// `search_path`. Throws Error{process.not_found} and Error{process.invalid_command}.
[[nodiscard]] std::filesystem::path find_command_program(const Command& command,
                                                         std::string_view search_path);

/// Programs found on search paths, kept: looking each one up for thousands of children would ask
/// the disk about the same files again and again. One that went meanwhile is looked up anew. Not
/// thread-safe.
class KnownPrograms {
 public:
  /// As find_command_program().
  [[nodiscard]] std::filesystem::path find(const Command& command, std::string_view search_path);

 private:
  std::map<std::pair<std::string, std::string>, std::filesystem::path> found_;  // by name and path
};

}  // namespace ratchet
