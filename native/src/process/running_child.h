// One child of a loop, from its start to the end of its tree.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "process/child_tree.h"
#include "process/deadlines.h"
#include "process/kill_ladder.h"
#include "process/process_loop.h"
#include "process/spilling_capture.h"

namespace ratchet {

/// What the children of one loop share. It outlives them.
struct ChildHome {
  ChildStarter& starter;
  Deadlines& deadlines;              ///< a child keeps its own entry
  std::deque<ProcessEvent>& events;  ///< where a child says what happens
};

/// Driven by its tree, and by on_deadline(). It says ProcessEnded once, last of all, and does
/// nothing from then on. Destruction kills what still runs, and reaps.
class RunningChild final : private ChildListener {
 public:
  /// Starts it. Throws Error{process.*}; nothing runs then.
  RunningChild(std::size_t id, const Command& command, const ChildHome& home);
  RunningChild(const RunningChild&) = delete;
  RunningChild& operator=(const RunningChild&) = delete;
  ~RunningChild() override;

  void cancel(bool at_once);
  /// To be called when its entry in the deadlines has come due.
  void on_deadline();
  /// Without waiting for its end.
  void kill();

 private:
  enum class Phase { running, draining, vanishing, searching, ended };

  void said(StreamName stream, std::string_view bytes) override;
  void stream_ended() override;
  void exited(const ProgramEnd& end) override;
  void survived(std::vector<Survivor> survivors) override;

  void end_by_us(ProcessState state, bool at_once);
  void take_step();
  void end_tree();
  void on_vanishing();
  void after_tree();
  void say_ended(std::vector<Survivor> survivors);
  void schedule();
  [[nodiscard]] SpillingCapture& capture_of(StreamName stream);
  [[nodiscard]] ProcessState final_state() const;

  const std::size_t id_;
  ChildHome home_;
  const bool streams_;
  Phase phase_ = Phase::running;
  SteadyTime began_;
  std::optional<SteadyTime> limit_;
  KillLadder ladder_;
  std::optional<ProcessState> ended_by_us_;
  SpillingCapture output_;
  SpillingCapture error_;
  std::uint64_t sequence_ = 0;
  ProgramEnd end_;
  bool leaked_ = false;
  std::chrono::milliseconds duration_{0};
  SteadyTime phase_ends_{};  // of draining and vanishing
  std::unique_ptr<ChildTree> tree_;
};

}  // namespace ratchet
