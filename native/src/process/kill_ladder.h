// The order in which a process group is asked, and then made, to end.
#pragma once

#include <chrono>
#include <optional>

#include "core/clock.h"

namespace ratchet {

/// Says when to ask and when to kill; sends nothing itself and reads no clock.
///
///   ladder.begin(now);
///   switch (ladder.due(now)) { case Step::ask: …  case Step::kill: … }
class KillLadder {
 public:
  enum class Step { none, ask, kill };

  explicit KillLadder(std::chrono::milliseconds grace) : grace_(grace) {}

  /// Sets the first foot on it; without effect from then on.
  void begin(SteadyTime now);
  /// Makes the kill due at once, whatever is left of the grace.
  void insist(SteadyTime now);
  /// What is to be done now. Each step is given out once; a kill that is due makes asking needless.
  [[nodiscard]] Step due(SteadyTime now);
  /// When due() will next say something else than `none`, if ever.
  [[nodiscard]] std::optional<SteadyTime> next() const;
  [[nodiscard]] bool begun() const { return kill_at_.has_value(); }

 private:
  std::chrono::milliseconds grace_;
  std::optional<SteadyTime> kill_at_;
  bool asked_ = false;
  bool killed_ = false;
};

}  // namespace ratchet
