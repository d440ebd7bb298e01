// Any JSON as a schema: compiled or refused, by either draft, and linted in any case.
#include "fuzz_input.h"
#include "validation/schema/lint.h"
#include "validation/schema/schema.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ratchet;
  try {
    const Document schema = read_json(fuzz::text_of(data, size), "fuzz.json", fuzz::limits());
    for (const SchemaDraft draft : {SchemaDraft::draft7, SchemaDraft::draft2020_12}) {
      SchemaOptions options;
      options.draft = draft;
      options.assert_formats = true;
      const bool sound = !has_errors(lint_schema(schema, fuzz::limits(), options));
      bool compiles = true;
      try {
        (void)Schema::compile(schema.value(), fuzz::limits(), options);
      } catch (const Error&) {
        compiles = false;
      }
      // The linter speaks for the compiler: what it lets pass compiles.
      fuzz::require(compiles || !sound);
    }
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch): a refusal is an answer
  }
  return 0;
}
