#include "abi/watchdog_program.h"

namespace ratchet {

std::optional<std::filesystem::path> find_watchdog_program() {
  return std::nullopt;
}

}  // namespace ratchet
