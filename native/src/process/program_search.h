// Finding the program that a command names.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "process/launcher.h"

namespace ratchet {

/// Where and how a name is looked up.
struct ProgramSearch {
  std::string_view folders;     ///< as PATH lists them
  std::string_view extensions;  ///< as PATHEXT lists them; empty where names need none
};

/// The first executable file of this name in the absolute folders of `search`. Relative and empty
/// entries are passed over: what a name means must not depend on the current folder.
[[nodiscard]] std::optional<std::filesystem::path> find_on_path(std::string_view name,
                                                                const ProgramSearch& search);

/// A regular file that the system can run as a program: by its mode, or on Windows by its name
/// (.com, .exe, .bat, .cmd).
[[nodiscard]] bool is_executable_file(const std::filesystem::path& path);

/// The executable file that a path means; with one of the extensions where it is left out.
[[nodiscard]] std::optional<std::filesystem::path> executable_at(const std::filesystem::path& path,
                                                                 const ProgramSearch& search);

/// Whether a program is given by its path: with a separator in it.
[[nodiscard]] bool is_program_path(std::string_view program);

/// What to do about a file that is_executable_file() refuses.
[[nodiscard]] std::string_view executable_hint();

/// Where the program of a command lies. Throws Error{process.not_found} and
/// Error{process.invalid_command}.
[[nodiscard]] std::filesystem::path find_command_program(const Command& command,
                                                         const ProgramSearch& search);

/// Programs found on search paths, kept: looking each one up for thousands of children would ask
/// the disk about the same files again and again. One that went meanwhile is looked up anew. Not
/// thread-safe.
class KnownPrograms {
 public:
  /// As find_command_program().
  [[nodiscard]] std::filesystem::path find(const Command& command, const ProgramSearch& search);

 private:
  struct Name {
    std::string program;
    std::string folders;
    std::string extensions;
    friend bool operator<(const Name& left, const Name& right) {
      return std::tie(left.program, left.folders, left.extensions) <
             std::tie(right.program, right.folders, right.extensions);
    }
  };
  std::map<Name, std::filesystem::path> found_;
};

}  // namespace ratchet
