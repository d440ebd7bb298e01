#include "process/launcher.h"

namespace ratchet {

std::string_view to_string(ProcessState state) {
  switch (state) {
    case ProcessState::passed:
      return "passed";
    case ProcessState::failed:
      return "failed";
    case ProcessState::signalled:
      return "signalled";
    case ProcessState::timed_out:
      return "timed_out";
    case ProcessState::cancelled:
      return "cancelled";
    case ProcessState::spawn_failed:
      return "spawn_failed";
    case ProcessState::leaked:
      return "leaked";
    case ProcessState::status_unknown:
      return "status_unknown";
  }
  return "status_unknown";
}

}  // namespace ratchet
