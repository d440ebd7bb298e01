/* A library that says it has an ABI of some other day; for the tests of the module's interop. */
#include <stdint.h>

__attribute__((visibility("default"))) uint32_t ratchet_abi_version(void) {
  return 99;
}

__attribute__((visibility("default"))) const char* ratchet_version(void) {
  return "99.0.0";
}
