#include <utility>

#include "process/shell.h"
#include "process/system_folder_win32.h"

namespace ratchet {

std::vector<std::string> shell_arguments(std::string text) {
  // No AutoRun commands of the registry, and the text as it stands between the outermost quotes.
  return {command_interpreter().string(), "/d", "/s", "/c", std::move(text)};
}

}  // namespace ratchet
