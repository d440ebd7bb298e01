// `[schema, instance]`: the instance is judged in bounded time, with and without findings alike,
// and a verdict has reasons.
#include "fuzz_input.h"
#include "validation/schema/findings.h"
#include "validation/schema/output.h"
#include "validation/schema/schema.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ratchet;
  try {
    const Document document = read_json(fuzz::text_of(data, size), "fuzz.json", fuzz::limits());
    const json::array* pair = document.value().if_array();
    if (pair == nullptr || pair->size() != 2) return 0;
    SchemaOptions options;
    options.assert_formats = true;
    const Schema schema = Schema::compile((*pair)[0], fuzz::limits(), options);
    const SchemaResult result = schema.validate((*pair)[1]);
    const auto findings = to_findings(result, document, "/1", fuzz::limits());
    fuzz::require(result.valid() == findings.empty());
    (void)basic_output(result);
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch): a refusal is an answer
  }
  return 0;
}
