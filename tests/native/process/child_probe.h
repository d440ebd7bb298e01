// Commands for tests, and looks at what they leave behind.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>

#include "process/launcher.h"
#include "process/process_table_posix.h"
#include "process/system_launcher.h"

namespace ratchet {

inline Command shell(std::string script) {
  Command command;
  command.arguments = {"/bin/sh", "-c", std::move(script)};
  return command;
}

inline ProcessResult run(const Command& command) {
  return run_to_end(system_launcher(), command, {});
}

/// Lives and is no zombie that waits for init.
inline bool is_alive(pid_t pid) {
  const auto entry = read_process(pid);
  return entry && entry->is_alive;
}

inline bool is_alive(const std::string& pid) {
  return is_alive(static_cast<pid_t>(std::stol(pid)));
}

inline std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

inline std::size_t open_descriptors() {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    count += entry.path().empty() ? 0 : 1;
  }
  return count;
}

/// Yields until a condition holds; false after a long time.
template <class Condition>
bool comes_true(const Condition& condition) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > limit) return false;
    std::this_thread::yield();
  }
  return true;
}

inline bool appears(const std::filesystem::path& file) {
  return comes_true([&file] { return std::filesystem::exists(file); });
}

}  // namespace ratchet
