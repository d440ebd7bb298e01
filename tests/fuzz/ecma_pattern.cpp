// A pattern, a line end, a text: translated and searched for, or refused; the answer is the same
// the second time.
#include "core/regex.h"
#include "fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ratchet;
  const std::string input = fuzz::text_of(data, size);
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string_view text = std::string_view(input).substr(std::min(end + 1, input.size()));
  try {
    const Regex regex =
        Regex::compile(std::string_view(input).substr(0, end), Regex::Dialect::ecma262);
    RegexWorkspace workspace;
    const Regex::Outcome first = regex.search(text, workspace);
    fuzz::require(regex.search(text, workspace) == first);
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch): a refusal is an answer
  }
  return 0;
}
