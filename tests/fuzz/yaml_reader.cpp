// Any bytes as YAML: read or refused; and what was read is the same after it was written.
#include "fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ratchet;
  try {
    const Document document = read_yaml(fuzz::text_of(data, size), "fuzz.yaml", fuzz::limits());
    fuzz::locate_all(document);
    fuzz::require(read_yaml(write_yaml(document.value()), "again", fuzz::limits()).value() ==
                  document.value());
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch): a refusal is an answer
  }
  return 0;
}
