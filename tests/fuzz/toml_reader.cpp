// Any bytes as TOML: read or refused, and every value of what was read has a place.
#include "fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ratchet;
  try {
    const Document document = read_toml(fuzz::text_of(data, size), "fuzz.toml", fuzz::limits());
    fuzz::locate_all(document);
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch): a refusal is an answer
  }
  return 0;
}
