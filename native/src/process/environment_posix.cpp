#include "process/environment_posix.h"

#include <unistd.h>

#include <algorithm>

namespace ratchet {
namespace {

// What POSIX systems search when PATH is not set (confstr _CS_PATH), in Debian's order.
constexpr std::string_view kDefaultSearchPath = "/usr/bin:/bin";
constexpr std::string_view kPath = "PATH";

bool defines(std::string_view entry, std::string_view name) {
  return entry.size() > name.size() && entry[name.size()] == '=' && entry.starts_with(name);
}

}  // namespace

EnvironmentBlock::EnvironmentBlock(const EnvironmentChanges& changes) {
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry)
    entries_.push_back(*entry);
  entries_.push_back(nullptr);
  for (const auto& [name, value] : changes) {
    value ? set(name, *value) : remove(name);
  }
}

void EnvironmentBlock::set(std::string_view name, std::string_view value) {
  remove(name);
  entries_.back() = own_.emplace_back(name).append("=").append(value).data();
  entries_.push_back(nullptr);
}

void EnvironmentBlock::remove(std::string_view name) {
  std::erase_if(entries_,
                [name](const char* entry) { return entry != nullptr && defines(entry, name); });
}

std::string_view EnvironmentBlock::search_path() const {
  for (const char* entry : entries_) {
    if (entry != nullptr && defines(entry, kPath)) return entry + kPath.size() + 1;
  }
  return kDefaultSearchPath;
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
