#include "parallel/action.h"

namespace ratchet {

std::string_view to_string(ActionState state) {
  switch (state) {
    case ActionState::queued:
      return "queued";
    case ActionState::blocked:
      return "blocked";
    case ActionState::running:
      return "running";
    case ActionState::slow:
      return "slow";
    case ActionState::terminating:
      return "terminating";
    case ActionState::waiting_for_retry:
      return "waiting_for_retry";
    case ActionState::passed:
      return "passed";
    case ActionState::failed:
      return "failed";
    case ActionState::signalled:
      return "signalled";
    case ActionState::timed_out:
      return "timed_out";
    case ActionState::spawn_failed:
      return "spawn_failed";
    case ActionState::cancelled:
      return "cancelled";
    case ActionState::skipped:
      return "skipped";
    case ActionState::leaked:
      return "leaked";
    case ActionState::status_unknown:
      return "status_unknown";
  }
  return "status_unknown";
}

}  // namespace ratchet
