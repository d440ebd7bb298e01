#include <ratchet/ratchet.h>

int main() {
  return static_cast<int>(ratchet_abi_version() - RATCHET_ABI_VERSION);
}
