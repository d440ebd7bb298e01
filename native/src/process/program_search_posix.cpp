#include <unistd.h>

#include <algorithm>
#include <system_error>

#include "process/program_search.h"

namespace ratchet {

std::optional<std::filesystem::path> find_on_path(std::string_view name,
                                                  const ProgramSearch& search) {
  if (name.empty() || is_program_path(name)) return std::nullopt;
  std::string_view folders = search.folders;
  while (!folders.empty()) {
    const std::size_t end = std::min(folders.find(':'), folders.size());
    const std::string_view folder = folders.substr(0, end);
    folders.remove_prefix(std::min(end + 1, folders.size()));
    if (!folder.starts_with('/')) continue;
    std::filesystem::path candidate = std::filesystem::path(folder) / name;
    if (is_executable_file(candidate)) return candidate;
  }
  return std::nullopt;
}

bool is_executable_file(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
}

std::optional<std::filesystem::path> executable_at(const std::filesystem::path& path,
                                                   const ProgramSearch& /*search*/) {
  return is_executable_file(path) ? std::optional(path) : std::nullopt;
}

bool is_program_path(std::string_view program) {
  return program.find('/') != std::string_view::npos;
}

std::string_view executable_hint() {
  return "set its execute bit (chmod +x), or name its interpreter as the program";
}

}  // namespace ratchet
