#include "process/child_probe_posix.h"

namespace ratchet {

bool is_alive(pid_t pid) {
  const auto entry = read_process(pid);
  return entry && entry->is_alive;
}

bool is_alive(const std::string& id) {
  return is_alive(static_cast<pid_t>(std::stol(id)));
}

std::size_t open_descriptors() {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    count += entry.path().empty() ? 0 : 1;
  }
  return count;
}

}  // namespace ratchet
