// A launcher for tests: no process, every answer given by the test.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "process/launcher.h"

namespace ratchet {

/// Programs exist when the test has given an answer for them; they then lie in /scripted/. Keeps
/// what it was asked to run. Thread-safe; answers are called one at a time.
class ScriptedLauncher final : public Launcher {
 public:
  using Answer = std::function<ProcessResult(const Command&)>;

  /// What the program of this name (without folder) does.
  void program(const std::string& name, Answer answer);
  /// A result of a program that exited by itself with this code.
  [[nodiscard]] static ProcessResult exited(int code, std::string out, std::string error = {});

  [[nodiscard]] std::vector<Command> commands() const;

  /// Throws process.not_found for a program without an answer; cancelled where that was asked
  /// before.
  ProcessResult run(const Command& command, const Cancellation& cancellation) override;
  std::optional<std::string> find_program(std::string_view name) override;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Answer, std::less<>> answers_;
  std::vector<Command> commands_;
};

}  // namespace ratchet
