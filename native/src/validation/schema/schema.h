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

namespace ratchet {

/// The drafts that are read. `$schema` chooses; without it the caller does.
enum class SchemaDraft { draft7, draft2020_12 };

/// One thing that is wrong with an instance, or (schema.undecided) that could not be told.
struct SchemaFinding {
  Code code;
  std::string instance_pointer;  ///< RFC 6901; for a key that is not allowed, the member's
  std::string schema_pointer;  ///< the keyword, in the schema document (absolute: behind any $ref)
  std::string keyword;         ///< `false` for the schema that allows nothing
  std::string message;         ///< one line: what it concerns, the value, and what was allowed
  std::string hint;            ///< what belongs there by the schema's `description`, or empty
  bool at_key = false;         ///< the fault is the member's key and not its value
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

/// A compiled schema. Immutable and cheap to copy; `validate` may be called from any thread.
///
/// Draft 2020-12 and draft-07: every assertion and applicator but unevaluatedItems,
/// unevaluatedProperties, $dynamicRef and $dynamicAnchor; `$ref` and `$anchor` within the one
/// document. `format` and the content keywords are annotations. Patterns: see core/regex.h. Numbers
/// are compared by value: 1 and 1.0 are equal and both integers; multipleOf computes in decimal, as
/// the text says.
class Schema {
 public:
  /// Steps of one validation; one that needs more ends with a schema.undecided finding.
  static constexpr std::size_t kEvaluationSteps = std::size_t{1} << 27U;
  /// Schemas inside each other while judging one value (instance depth times chained references).
  static constexpr std::size_t kEvaluationDepth = 5000;

  /// Throws Error{schema.invalid} with details {pointer, keyword} where the schema is none: a
  /// keyword with a value of the wrong kind, a pattern that does not compile, a `$ref` to nowhere,
  /// outside the document or in a circle, a keyword of either draft that is not implemented (never
  /// ignored). `fallback` is the draft of a schema without `$schema`.
  [[nodiscard]] static Schema compile(const json::value& schema, const Limits& limits,
                                      SchemaDraft fallback = SchemaDraft::draft2020_12);

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
