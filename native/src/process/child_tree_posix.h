// A process group as a ChildTree.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "process/child_input_posix.h"
#include "process/child_posix.h"
#include "process/child_register_posix.h"
#include "process/child_tree.h"
#include "process/environment_posix.h"
#include "process/survivors_posix.h"
#include "process/watch_posix.h"

namespace ratchet {

class PosixChildTree;

/// What the trees of one loop share. It outlives them.
struct GroupHome {
  Reactor& reactor;
  ChildRegister& children;
  SharedProcessTable& processes;
  std::span<char> buffer;                   ///< for one read
  std::vector<PosixChildTree*>& searching;  ///< trees that wait for survivors()
};

/// Descendants leave it with the process group (`setsid`).
class PosixChildTree final : public ChildTree {
 public:
  /// Starts it. `environment` is complete but for the mark. Throws Error{process.spawn_failed,
  /// process.exhausted}; nothing runs then.
  PosixChildTree(const Command& command, const std::filesystem::path& program,
                 EnvironmentBlock& environment, ChildListener& listener, const GroupHome& home);
  PosixChildTree(const PosixChildTree&) = delete;
  PosixChildTree& operator=(const PosixChildTree&) = delete;
  ~PosixChildTree() override = default;

  std::optional<ProgramEnd> end() override { return child_->end(); }
  bool is_heard() const override;
  bool ask() override;
  void kill() override;
  void finish() override;
  bool is_gone(SteadyTime now) override;
  void leave() override;
  void seek_survivors() override { home_.searching.push_back(this); }

  /// What to look for, for a tree that seeks survivors.
  [[nodiscard]] const Lineage& lineage() const { return lineage_; }
  [[nodiscard]] ChildListener& listener() { return listener_; }

 private:
  /// One output stream.
  struct Output {
    StreamName name;
    Watch watch;
  };

  Descriptor connect_output(Output& output, OutputMode mode, ChildStream& child_side);
  Descriptor connect_input(const Command& command, ChildStream& child_side);
  void watch_exit();
  void on_output(Output& output);
  bool read_some(Output& output);
  void read_rest(Output& output);
  void on_input();
  void on_exit();
  void remember_descendants();

  GroupHome home_;
  ChildListener& listener_;
  Registration registration_;
  Lineage lineage_;
  bool are_descendants_known_ = false;
  SteadyTime finished_{};
  Watch exit_;
  std::array<Output, 2> outputs_;
  std::optional<ChildInput> input_;
  Watch input_watch_;
  std::optional<Child> child_;  // the last, ended first: exit_ holds its pidfd
};

}  // namespace ratchet
