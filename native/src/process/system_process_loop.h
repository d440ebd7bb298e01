// The system's processes as a ProcessLoop.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <optional>

#include "process/child_tree.h"
#include "process/deadlines.h"
#include "process/process_loop.h"
#include "process/reactor.h"
#include "process/running_child.h"

namespace ratchet {

class SystemProcessLoop final : public ProcessLoop {
 public:
  /// The starter's children wait through this reactor.
  SystemProcessLoop(std::unique_ptr<Reactor> reactor, std::unique_ptr<ChildStarter> starter);
  SystemProcessLoop(const SystemProcessLoop&) = delete;
  SystemProcessLoop& operator=(const SystemProcessLoop&) = delete;
  ~SystemProcessLoop() override;

  bool start(std::size_t id, const Command& command) override;
  void cancel(std::size_t id, bool at_once) override;
  std::optional<ProcessEvent> next(std::optional<SteadyTime> deadline) override;
  void wake() override;

 private:
  [[nodiscard]] std::optional<ProcessEvent> take_event();
  /// Serves those whose time has come, after what is ready; whether there were any.
  bool serve_deadlines();
  bool turn(std::optional<SteadyTime> deadline);

  std::unique_ptr<Reactor> reactor_;
  std::unique_ptr<ChildStarter> starter_;
  Deadlines deadlines_;
  std::deque<ProcessEvent> events_;
  std::atomic<bool> woken_ = false;
  std::map<std::size_t, std::unique_ptr<RunningChild>> children_;
};

}  // namespace ratchet
