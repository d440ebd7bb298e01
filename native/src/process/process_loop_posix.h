// The system's processes as a ProcessLoop.
#pragma once

#include <array>
#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <optional>

#include "process/command_posix.h"
#include "process/deadlines.h"
#include "process/process_loop.h"
#include "process/reactor_posix.h"
#include "process/running_child_posix.h"

namespace ratchet {

class PosixProcessLoop final : public ProcessLoop {
 public:
  /// The register must outlive it. Throws Error{process.exhausted}.
  explicit PosixProcessLoop(ChildRegister& children) : register_(children) {}
  PosixProcessLoop(const PosixProcessLoop&) = delete;
  PosixProcessLoop& operator=(const PosixProcessLoop&) = delete;
  ~PosixProcessLoop() override;

  bool start(std::size_t id, const Command& command) override;
  void cancel(std::size_t id, bool at_once) override;
  std::optional<ProcessEvent> next(std::optional<SteadyTime> deadline) override;
  void wake() override;

 private:
  void launch(std::size_t id, const Command& command);
  [[nodiscard]] std::optional<ProcessEvent> take_event();
  void serve_deadlines();
  bool serve_searches();
  bool turn(std::optional<SteadyTime> deadline);

  static constexpr std::size_t kReadSize = std::size_t{64} << 10;

  ChildRegister& register_;
  bool is_watched_ = false;
  SharedProcessTable processes_;
  std::vector<std::size_t> searches_;
  std::optional<SteadyTime> searches_since_;
  Reactor reactor_;
  Deadlines deadlines_;
  std::deque<ProcessEvent> events_;
  std::array<char, kReadSize> buffer_;
  KnownPrograms programs_;
  std::atomic<bool> woken_ = false;
  std::map<std::size_t, std::unique_ptr<RunningChild>> children_;
};

}  // namespace ratchet
