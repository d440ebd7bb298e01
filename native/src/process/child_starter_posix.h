// Starting children as process groups.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "process/child_tree_posix.h"
#include "process/command_posix.h"

namespace ratchet {

class PosixChildStarter final : public ChildStarter {
 public:
  /// Both must outlive it. Throws Error{process.exhausted}.
  PosixChildStarter(Reactor& reactor, ChildRegister& children);

  std::unique_ptr<ChildTree> start(const Command& command, ChildListener& listener) override;
  bool serve_searches() override;

 private:
  static constexpr std::size_t kReadSize = std::size_t{64} << 10;

  Reactor& reactor_;
  ChildRegister& register_;
  bool is_watched_ = false;
  SharedProcessTable processes_;
  KnownPrograms programs_;
  std::array<char, kReadSize> buffer_;
  std::vector<PosixChildTree*> searching_;
  std::optional<SteadyTime> searching_since_;
};

}  // namespace ratchet
