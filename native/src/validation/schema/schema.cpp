#include "validation/schema/schema.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "validation/schema/compiler.h"
#include "validation/schema/evaluation.h"
#include "validation/schema/program.h"

namespace ratchet {
namespace {

bool same_place(const SchemaFinding& left, const SchemaFinding& right) {
  return left.instance_pointer == right.instance_pointer &&
         left.schema_pointer == right.schema_pointer;
}

/// The walk may meet what it cannot decide more than once; one finding says it.
void append_undecided(SchemaResult& result, const std::vector<SchemaFinding>& undecided) {
  const std::size_t before = result.findings.size();
  for (const SchemaFinding& finding : undecided) {
    const auto first = result.findings.begin() + static_cast<std::ptrdiff_t>(before);
    const bool known = std::any_of(first, result.findings.end(), [&](const SchemaFinding& other) {
      return same_place(finding, other);
    });
    if (!known) result.findings.push_back(finding);
  }
}

}  // namespace

Schema::Schema(std::shared_ptr<const schema::Program> program) : program_(std::move(program)) {
}

Schema Schema::compile(const json::value& schema, const Limits& limits,
                       const SchemaOptions& options) {
  auto program =
      std::make_shared<schema::Program>(schema::Compiler(options).run(schema, options.base_uri));
  program->findings_limit = limits.findings_per_file > 0
                                ? static_cast<std::size_t>(limits.findings_per_file)
                                : std::numeric_limits<std::size_t>::max();
  return Schema(std::move(program));
}

SchemaResult Schema::validate(const json::value& instance, std::string_view subject) const {
  SchemaResult result;
  // Most documents are valid: the first run only asks whether, and stops at the first fault.
  schema::Evaluation verdict(*program_, nullptr);
  if (verdict.run(instance, subject) || verdict.stopped()) {
    append_undecided(result, verdict.undecided());
    return result;
  }
  schema::Collector collector(program_->findings_limit);
  schema::Evaluation explanation(*program_, &collector);
  (void)explanation.run(instance, subject);
  result.findings = collector.take();
  result.left_out = collector.left_out();
  append_undecided(result, explanation.undecided());
  return result;
}

const std::vector<std::string>& Schema::ignored_keywords() const {
  return program_->ignored_keywords;
}

}  // namespace ratchet
