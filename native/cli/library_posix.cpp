#include "library.h"

namespace ratchet::cli {

void load_library() {
  require_abi("libratchet.so");
}

}  // namespace ratchet::cli
