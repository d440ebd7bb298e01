// Any bytes as JSON: read or refused, never anything else; and what was read is found again where
// it stands.
#include "fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ratchet;
  try {
    const Document document = read_json(fuzz::text_of(data, size), "fuzz.json", fuzz::limits());
    fuzz::locate_all(document);
    fuzz::require(read_json(write_json_pretty(document.value()), "again", fuzz::limits()).value() ==
                  document.value());
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch): a refusal is an answer
  }
  return 0;
}
