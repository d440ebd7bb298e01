#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "process/path_probe.h"
#include "process/program_search.h"

namespace ratchet {
namespace {

/// What CreateProcessW, and cmd for it, can start.
constexpr std::array<std::string_view, 4> kExtensions{".com", ".exe", ".bat", ".cmd"};

bool is_startable(std::string_view extension) {
  return std::find(kExtensions.begin(), kExtensions.end(), lower(extension)) != kExtensions.end();
}

/// Takes the first entry of a list of PATH's kind off it. Quotes hide a semicolon and are left out.
std::string take_entry(std::string_view& list) {
  std::string entry;
  bool quoted = false;
  std::size_t at = 0;
  for (; at < list.size() && (quoted || list[at] != ';'); ++at) {
    if (list[at] == '"') {
      quoted = !quoted;
    } else {
      entry += list[at];
    }
  }
  list.remove_prefix(std::min(at + 1, list.size()));
  return entry;
}

}  // namespace

std::optional<std::filesystem::path> find_on_path(std::string_view name,
                                                  const ProgramSearch& search) {
  if (name.empty() || is_program_path(name)) return std::nullopt;
  std::string_view folders = search.folders;
  while (!folders.empty()) {
    const std::filesystem::path folder = take_entry(folders);
    if (!folder.is_absolute()) continue;
    if (auto found = executable_at(folder / name, search)) return found;
  }
  return std::nullopt;
}

bool is_executable_file(const std::filesystem::path& path) {
  return is_startable(path.extension().string()) && kind_of(path) == PathKind::file;
}

std::optional<std::filesystem::path> executable_at(const std::filesystem::path& path,
                                                   const ProgramSearch& search) {
  if (is_executable_file(path)) return path;
  std::string_view extensions = search.extensions;
  while (!extensions.empty()) {
    std::filesystem::path candidate = path;
    candidate += take_entry(extensions);
    if (is_executable_file(candidate)) return candidate;
  }
  return std::nullopt;
}

bool is_program_path(std::string_view program) {
  return program.find_first_of("/\\:") != std::string_view::npos;
}

std::string_view executable_hint() {
  return "programs end with .exe, .com, .bat or .cmd here; name its interpreter as the program";
}

}  // namespace ratchet
