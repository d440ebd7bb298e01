// A launcher for tests: no process, every answer given by the test, on a clock of the test's.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "process/process_loop.h"
#include "process/virtual_clock.h"

namespace ratchet {

/// Programs exist when the test has given an answer for them; they then lie in /scripted/. Keeps
/// what it was asked to run. Thread-safe; answers are called one at a time.
///
/// An answer's `duration` passes on the virtual clock: next() moves it to whatever happens first,
/// or to its deadline. A time limit, and a cancel, end a program as the real loop would; one that
/// is stubborn only when it is killed.
class ScriptedLauncher final : public Launcher {
 public:
  using Answer = std::function<ProcessResult(const Command&)>;

  /// What the program of this name (without folder) does.
  void program(const std::string& name, Answer answer);
  /// It does not end when it is asked.
  void stubborn(const std::string& name);
  /// That many of the next starts find no room while others run.
  void starve(int starts);
  /// A result of a program that exited by itself with this code.
  [[nodiscard]] static ProcessResult exited(int code, std::string out, std::string error = {});
  /// The same, after a time.
  [[nodiscard]] static ProcessResult exited_after(std::chrono::milliseconds duration, int code);

  [[nodiscard]] std::vector<Command> commands() const;
  [[nodiscard]] VirtualClock& clock() { return clock_; }
  /// The most that ran at the same time.
  [[nodiscard]] std::size_t most_at_once() const;

  /// Throws process.not_found for a program without an answer.
  void check(const Command& command) override;
  std::unique_ptr<ProcessLoop> make_loop() override;
  std::optional<std::string> find_program(std::string_view name) override;

 private:
  class Loop;

  [[nodiscard]] ProcessResult answer(const Command& command);

  mutable std::mutex mutex_;
  VirtualClock clock_;
  std::map<std::string, Answer, std::less<>> answers_;
  std::map<std::string, bool, std::less<>> stubborn_;
  std::vector<Command> commands_;
  std::size_t most_at_once_ = 0;
  int starved_starts_ = 0;
};

}  // namespace ratchet
