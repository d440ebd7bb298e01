// JSON Schema: a schema compiled once, values judged by it many times.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/error_codes.h"
#include "core/json.h"
#include "core/limits.h"
#include "validation/schema/registry.h"

namespace ratchet {

/// The drafts that are read. `$schema` chooses; without it the caller does.
enum class SchemaDraft { draft7, draft2020_12 };

/// One thing that is wrong with an instance, or (schema.undecided) that could not be told.
struct SchemaFinding {
  Code code;
  std::string instance_pointer;  ///< RFC 6901; for a key that is not allowed, the member's
  /// The keyword: a pointer in the schema document, behind any $ref; `URI#pointer` in another one.
  std::string schema_pointer;
  std::string keyword_location;   ///< the same by way of the references, as the standard asks
  std::string absolute_location;  ///< `URI#pointer` in its schema resource; empty without a URI
  std::string keyword;            ///< `false` for the schema that allows nothing
  std::string message;            ///< one line: what it concerns, the value, and what was allowed
  std::string hint;               ///< what belongs there by the schema's `description`, or empty
  bool at_key = false;            ///< the fault is the member's key and not its value
  /// anyOf, oneOf: what the nearest branch says, its first finding first; else empty.
  std::vector<SchemaFinding> causes;
};

struct SchemaResult {
  /// In the order of the walk: outer before inner, members in the instance's order.
  std::vector<SchemaFinding> findings;
  std::size_t left_out = 0;  ///< findings past Limits::findings_per_file, counted and not kept

  [[nodiscard]] bool valid() const { return findings.empty() && left_out == 0; }
};

namespace schema {
struct Program;
}

/// How a schema is compiled.
struct SchemaOptions {
  SchemaDraft draft = SchemaDraft::draft2020_12;  ///< of a schema without `$schema`
  bool assert_formats = false;  ///< else `format` only describes, but where a vocabulary asserts it
  const SchemaRegistry* registry = nullptr;  ///< asked while compiling, and not after that
  std::string base_uri = {};  ///< where the schema was read from: its identifier without `$id`
};

/// A compiled schema. Immutable and cheap to copy; `validate` may be called from any thread.
///
/// Draft 2020-12 with all its vocabularies, and draft-07, whole. References lead within the
/// document, to what the registry has, and to the standard's metaschemas. Formats: see
/// formats.h; the content keywords are annotations. Patterns: see core/regex.h. Numbers are
/// compared by value: 1 and 1.0 are equal and both integers; multipleOf computes in decimal, as the
/// text says.
class Schema {
 public:
  /// Steps of one validation; one that needs more ends with a schema.undecided finding.
  static constexpr std::size_t kEvaluationSteps = std::size_t{1} << 27U;
  /// Schemas inside each other while judging one value (instance depth times chained references).
  static constexpr std::size_t kEvaluationDepth = 3000;

  /// Throws Error{schema.invalid} with details {pointer, keyword} where the schema is none: a
  /// keyword with a value of the wrong kind, a pattern that does not compile, a `$ref` to nowhere
  /// or in a circle, a `$schema` or a required vocabulary that nobody knows.
  [[nodiscard]] static Schema compile(const json::value& schema, const Limits& limits,
                                      const SchemaOptions& options = {});

  /// Judges a value. Never throws but for lack of memory. The instance nests at most
  /// Limits::json_depth deep, as the readers of core/document.h see to. `subject` is what messages
  /// call the value itself.
  [[nodiscard]] SchemaResult validate(const json::value& instance,
                                      std::string_view subject = "the document") const;

  /// Pointers of keywords that neither draft defines, or only the other one; they were ignored, as
  /// the standard asks.
  [[nodiscard]] const std::vector<std::string>& ignored_keywords() const;

 private:
  explicit Schema(std::shared_ptr<const schema::Program> program);

  std::shared_ptr<const schema::Program> program_;
};

}  // namespace ratchet
