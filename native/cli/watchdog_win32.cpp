#include "watchdog.h"

namespace ratchet::cli {

std::optional<int> watch_children(std::span<char* const> /*words*/) {
  // The kernel ends a job with the last handle of it, so that no program has to.
  return std::nullopt;
}

}  // namespace ratchet::cli
