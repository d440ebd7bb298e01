// Schemas that refer to files beside them, on the machine's own disk: its paths are what URIs are
// made of and read back to.
#include "operations/schema_source.h"

#include <doctest/doctest.h>

#include <string>

#include "core/uri_path.h"
#include "fs/scratch_folder.h"
#include "operations/operation_caller.h"

using namespace ratchet;        // NOLINT: a test of this namespace
using namespace ratchet::test;  // NOLINT

namespace {

/// Whether the schema, which demands a text, is found through its reference.
bool demands_a_text(const ScratchFolder& scratch, const std::string& reference) {
  scratch.put("main.json", R"({"$ref": ")" + reference + "\"}");
  OperationCaller caller;
  const Environment environment{
      system_files(), caller.launcher, caller.clock, caller.random, Limits{}, 1, {}};
  SchemaSource source;
  source.schema_path = (scratch.path() / "main.json").string();
  const Schema schema = NamedSchema(source, environment).compile(false, environment.limits);
  return schema.validate("text").findings.empty() && !schema.validate(1).findings.empty();
}

std::string code_of(const ScratchFolder& scratch, const std::string& reference) {
  try {
    (void)demands_a_text(scratch, reference);
  } catch (const Error& error) {
    return std::string(error.code().name());
  }
  return "none";
}

}  // namespace

TEST_CASE(
    "a schema finds the files that it refers to, by their place beside it and by whole URIs") {
  const ScratchFolder scratch;
  scratch.put("parts/a b.json", R"({"type": "string"})");
  const std::string whole = file_uri((scratch.path() / "parts" / "a b.json").string());
  CHECK(demands_a_text(scratch, "parts/a%20b.json"));
  CHECK(demands_a_text(scratch, whole));
  REQUIRE(whole.starts_with("file:///"));
  CHECK(demands_a_text(scratch, "file://localhost" + whole.substr(7)));
}

TEST_CASE("a schema's reference to another machine is looked up by nobody") {
  const ScratchFolder scratch;
  CHECK(code_of(scratch, "file://host/share/a.json") == "schema.invalid");
  CHECK(code_of(scratch, "file:relative.json") == "schema.invalid");
}
