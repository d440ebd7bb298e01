#include "library.h"

#include <ratchet/ratchet.h>

#include <stdexcept>

namespace ratchet::cli {

void require_abi(const std::string& library) {
  const std::uint32_t found = ratchet_abi_version();
  if (found == RATCHET_ABI_VERSION) return;
  refuse_library(library, std::string("is version ") + ratchet_version() + " with ABI " +
                              std::to_string(found) + ", and this program needs ABI " +
                              std::to_string(RATCHET_ABI_VERSION));
}

void refuse_library(const std::string& library, const std::string& what) {
  throw std::runtime_error("\"" + library + "\" " + what +
                           "; install the program and its library from one package");
}

}  // namespace ratchet::cli
