#include "process/kill_ladder.h"

#include <algorithm>

namespace ratchet {

void KillLadder::begin(SteadyTime now) {
  if (!kill_at_) kill_at_ = now + grace_;
}

void KillLadder::insist(SteadyTime now) {
  kill_at_ = kill_at_ ? std::min(*kill_at_, now) : now;
}

KillLadder::Step KillLadder::due(SteadyTime now) {
  if (!kill_at_ || killed_) return Step::none;
  if (now >= *kill_at_) {
    killed_ = true;
    return Step::kill;
  }
  if (asked_) return Step::none;
  asked_ = true;
  return Step::ask;
}

std::optional<SteadyTime> KillLadder::next() const {
  if (killed_) return std::nullopt;
  return kill_at_;
}

}  // namespace ratchet
