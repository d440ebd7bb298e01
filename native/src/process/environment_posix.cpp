#include "process/environment_posix.h"

#include <unistd.h>

#include <algorithm>

namespace ratchet {
namespace {

// What POSIX systems search when PATH is not set (confstr _CS_PATH), in Debian's order.
constexpr std::string_view kDefaultSearchPath = "/usr/bin:/bin";
constexpr std::string_view kPathEntry = "PATH=";

bool defines(std::string_view entry, std::string_view name) {
  return entry.size() > name.size() && entry[name.size()] == '=' && entry.starts_with(name);
}

}  // namespace

std::vector<std::string> child_environment(const EnvironmentChanges& changes) {
  std::vector<std::string> entries;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    entries.emplace_back(*entry);
  }
  for (const auto& change : changes) {
    std::erase_if(entries, [&](const std::string& entry) { return defines(entry, change.first); });
    if (change.second) entries.push_back(change.first + "=" + *change.second);
  }
  return entries;
}

std::string search_path(const std::vector<std::string>& environment) {
  for (const std::string& entry : environment) {
    if (entry.starts_with(kPathEntry)) return entry.substr(kPathEntry.size());
  }
  return std::string(kDefaultSearchPath);
}

std::optional<std::filesystem::path> find_on_path(std::string_view name,
                                                  std::string_view search_path) {
  if (name.empty() || name.find('/') != std::string_view::npos) return std::nullopt;
  while (!search_path.empty()) {
    const std::size_t end = std::min(search_path.find(':'), search_path.size());
    const std::string_view folder = search_path.substr(0, end);
    search_path.remove_prefix(std::min(end + 1, search_path.size()));
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

}  // namespace ratchet
