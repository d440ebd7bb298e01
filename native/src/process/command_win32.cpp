#include "process/command_win32.h"

#include <windows.h>

#include "core/error.h"
#include "core/text.h"
#include "core/utf16_win32.h"
#include "process/command_form.h"
#include "process/command_line_win32.h"
#include "process/environment_win32.h"
#include "process/program_search.h"

namespace ratchet {
namespace {

Error invalid(std::string message) {
  return {"process.invalid_command", std::move(message)};
}

/// A process's current folder, with the backslash and the NUL that the system puts behind it, must
/// fit into MAX_PATH ("Maximum Path Length Limitation").
void check_folder_length(const std::filesystem::path& folder) {
  constexpr std::size_t kLongest = MAX_PATH - 2;
  const std::size_t size = folder.native().size();
  if (size <= kLongest) return;
  throw invalid("the working directory " + in_quotes(folder.string()) + " has " +
                std::to_string(size) + " characters; the system takes " + std::to_string(kLongest))
      .hint("use a shorter path");
}

}  // namespace

void check_command(const Command& command) {
  check_form(command);
  check_folder_length(command.working_directory);
  if (!to_utf16(command.arguments.front())) throw invalid("the program's name is not valid UTF-8");
  const EnvironmentBlock environment(command);
  const auto program = find_command_program(command, environment.search_path());
  static_cast<void>(start_line(program, command.arguments));
}

}  // namespace ratchet
