// What a run finds, where it stands, and the bounds that end a run.
#include <string>

#include "validation/schema/evaluation.h"

namespace ratchet::schema {
namespace {

/// Each costs a pattern's whole limit in time: more than these are not waited for.
constexpr std::size_t kMostUndecided = 100;

}  // namespace

SchemaFinding Evaluation::finding_of(const Frame& frame, const InstancePath& path,
                                     Problem problem) const {
  if (problem.hint.empty()) problem.hint = frame.block.description;
  return {.code = problem.code,
          .instance_pointer = pointer_of(path),
          .schema_pointer = frame.instruction->address,
          .keyword_location = keyword_location(frame),
          .absolute_location = absolute_location(frame),
          .keyword = std::string(frame.instruction->keyword),
          .message = std::move(problem.message),
          .hint = std::move(problem.hint),
          .at_key = false,
          .causes = {}};
}

std::string Evaluation::keyword_location(const Frame& frame) {
  std::vector<const Frame*> way;
  for (const Frame* each = &frame; each != nullptr; each = each->outer)
    way.push_back(each);
  std::string location;
  for (std::size_t i = way.size() - 1; i > 0; --i) {
    const Frame& outer = *way[i];
    const Operation& step = outer.instruction->operation;
    if (std::holds_alternative<Reference>(step) || std::holds_alternative<DynamicReference>(step)) {
      location.append("/").append(outer.instruction->keyword);
    } else {
      location.append(way[i - 1]->block.address, outer.block.address.size());
    }
  }
  return location.append(frame.instruction->address, frame.block.address.size());
}

std::string Evaluation::absolute_location(const Frame& frame) const {
  const ProgramResource& resource = program_.resources[frame.block.resource];
  if (resource.uri.empty()) return {};
  return std::string(resource.uri)
      .append("#")
      .append(frame.instruction->address, resource.address.size());
}

bool Evaluation::stop_at_bound(const Frame& frame) {
  const std::string reason =
      depth_ >= Schema::kEvaluationDepth
          ? "the schemas nest more than " + std::to_string(Schema::kEvaluationDepth) + " deep"
          : "validation takes more than " + std::to_string(Schema::kEvaluationSteps) + " steps";
  if (!stopped_) undecided_.push_back(finding_of(frame, frame.path, validation_gave_up(reason)));
  stopped_ = true;
  return false;
}

void Evaluation::remember_undecided(const Regex& regex, const Frame& frame,
                                    const InstancePath& path) {
  undecided_.push_back(finding_of(frame, path, pattern_gave_up(regex, subject_of(path))));
  if (undecided_.size() >= kMostUndecided) stopped_ = true;
}

}  // namespace ratchet::schema
