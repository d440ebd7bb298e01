// One child of a loop, from its start to the end of its group.
#pragma once

#include <array>
#include <csignal>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "process/child_input_posix.h"
#include "process/child_posix.h"
#include "process/child_register_posix.h"
#include "process/deadlines.h"
#include "process/environment_posix.h"
#include "process/kill_ladder.h"
#include "process/process_loop.h"
#include "process/reactor_posix.h"
#include "process/spilling_capture.h"
#include "process/survivors_posix.h"

namespace ratchet {

/// What the children of one loop share. It outlives them.
struct ChildHome {
  Reactor& reactor;
  Deadlines& deadlines;              ///< a child keeps its own entry
  std::deque<ProcessEvent>& events;  ///< where a child says what happens
  std::span<char> buffer;            ///< for one read
  ChildRegister& children;
  SharedProcessTable& processes;
  std::vector<std::size_t>& searches;  ///< children that wait for survivors()
};

/// Driven by its watches through the reactor, and by on_deadline(). It says ProcessEnded once, last
/// of all, and does nothing from then on. Destruction kills what still runs, and reaps.
class RunningChild {
 public:
  /// Starts it. `environment` is complete but for the mark. Throws Error{process.spawn_failed,
  /// process.exhausted}; nothing runs then.
  RunningChild(std::size_t id, const Command& command, const std::filesystem::path& program,
               EnvironmentBlock& environment, const ChildHome& home);
  RunningChild(const RunningChild&) = delete;
  RunningChild& operator=(const RunningChild&) = delete;
  ~RunningChild();

  void cancel(bool at_once);
  /// To be called when its entry in the deadlines has come due.
  void on_deadline();
  /// What to look for, for a child that asked for it in `searches`.
  [[nodiscard]] const Lineage& lineage() const { return lineage_; }
  /// The answer to that.
  void survivors(std::vector<Survivor> found);
  /// Without waiting for its end.
  void kill() { child_->signal_group(SIGKILL); }

 private:
  enum class Phase { running, draining, vanishing, searching, ended };

  /// One output stream.
  struct Output {
    StreamName name;
    Watch watch;
    std::optional<SpillingCapture> capture;
  };

  Descriptor connect_output(Output& output, const Command& command, ChildStream& child_side);
  void start(const Command& command, const std::filesystem::path& program,
             EnvironmentBlock& environment);
  void watch_exit();
  void on_output(Output& output);
  bool read_some(Output& output);
  void read_rest(Output& output);
  void on_input();
  void on_exit();
  void exited(const Child::End& end);
  void end_by_us(ProcessState state, bool at_once);
  void take_step();
  void end_group();
  void on_vanishing();
  void after_group();
  void say_ended(std::vector<Survivor> survivors);
  void schedule();
  [[nodiscard]] bool outputs_open() const;
  [[nodiscard]] ProcessState final_state() const;

  const std::size_t id_;
  ChildHome home_;
  Registration registration_;
  Lineage lineage_;
  const bool streams_;
  Phase phase_ = Phase::running;
  SteadyTime began_;
  std::optional<SteadyTime> limit_;
  KillLadder ladder_;
  std::optional<ProcessState> ended_by_us_;
  std::optional<Child> child_;
  Watch exit_;
  std::array<Output, 2> outputs_;
  std::uint64_t sequence_ = 0;
  std::optional<ChildInput> input_;
  Watch input_watch_;
  Child::End end_;
  bool leaked_ = false;
  std::chrono::milliseconds duration_{0};
  SteadyTime phase_ends_{};  // of draining and vanishing
};

}  // namespace ratchet
