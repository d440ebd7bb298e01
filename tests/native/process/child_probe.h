// Running commands in tests, and waiting for what they do.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "fs/thrown_code.h"
#include "process/launcher.h"
#include "process/process_loop.h"
#include "process/system_launcher.h"

namespace ratchet {

/// The child program of the tests, doing these steps (see tests/child_program/child_program.cpp).
inline Command doing(std::vector<std::string> steps) {
  // Under wine the build's own paths lie on the drive of the current folder.
  static const std::string program =
      (std::filesystem::current_path().root_name() / RATCHET_CHILD_PROGRAM).string();
  Command command;
  command.arguments = std::move(steps);
  command.arguments.insert(command.arguments.begin(), program);
  return command;
}

inline ProcessResult run(const Command& command) {
  return run_to_end(system_launcher(), command, {});
}

/// The code of the Error by which the system's launcher refuses a command, or `none`.
inline std::string error_code(const Command& command) {
  const std::string code = test::thrown_code([&command] { system_launcher().check(command); });
  return code.empty() ? "none" : code;
}

inline std::unique_ptr<ProcessLoop> make_loop() {
  return system_launcher().make_loop();
}

/// The next end, whatever else is said before.
inline ProcessEnded next_end(ProcessLoop& loop) {
  while (true) {
    std::optional<ProcessEvent> event = loop.next(std::nullopt);
    if (!event) continue;
    if (auto* ended = std::get_if<ProcessEnded>(&*event)) return std::move(*ended);
  }
}

/// Whether a process lives; a zombie that waits for its parent does not.
[[nodiscard]] bool is_alive(const std::string& id);

/// How many descriptors (on Windows: handles) this process has open.
[[nodiscard]] std::size_t open_descriptors();

inline std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
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
