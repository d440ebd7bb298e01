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

ProgramSearch EnvironmentBlock::search_path() const {
  for (const char* entry : entries_) {
    if (entry != nullptr && defines(entry, kPath)) return {entry + kPath.size() + 1, {}};
  }
  return {kDefaultSearchPath, {}};
}

}  // namespace ratchet
