// The walk, its bounds and its findings; evaluation_parts.cpp and evaluation_branches.cpp have the
// keywords.
#include "validation/schema/evaluation.h"

namespace ratchet::schema {
namespace {

/// Each costs a pattern's whole limit in time: more than these are not waited for.
constexpr std::size_t kMostUndecided = 100;

}  // namespace

bool Evaluation::fits(BlockId id, const json::value& instance, const InstancePath& path,
                      Evaluated* evaluated, const Frame* outer) {
  const Block& block = program_.blocks[id];
  if (block.count == 0) return !stopped_;
  Frame frame{outer,
              block,
              instance,
              path,
              evaluated,
              undecided_.size(),
              &program_.instructions[block.first]};
  if (depth_ >= Schema::kEvaluationDepth) return stop_at_bound(frame);
  ++depth_;
  const bool enters =
      !program_.dynamic_anchors.empty() && (scope_.empty() || scope_.back() != block.resource);
  if (enters) scope_.push_back(block.resource);
  const bool fitting = block.tracks ? fits_tracking(frame) : check_all(frame);
  if (enters) scope_.pop_back();
  --depth_;
  return fitting;
}

/// The schemas beside an unevaluated* keyword tell it, and nobody else outside, what they evaluate.
bool Evaluation::fits_tracking(Frame& frame) {
  Evaluated* const outside = frame.evaluated;
  Evaluated own;
  frame.evaluated = &own;
  const bool fitting = check_all(frame);
  // While explaining, what an outer schema would say of the same parts only follows from this.
  if (outside != nullptr && (fitting || explaining())) outside->add(own);
  return fitting;
}

bool Evaluation::check_all(Frame& frame) {
  bool all_hold = true;
  const Instruction* const first = program_.instructions.data() + frame.block.first;
  const Instruction* const end = first + frame.block.count;
  for (const Instruction* next = first; next != end && !stopped_; ++next) {
    frame.instruction = next;
    if (!spend(1, frame)) break;
    if (check(frame)) continue;
    all_hold = false;
    // After a wrong type the other keywords would only say the same again.
    if (!explaining() || std::holds_alternative<TypeIs>(next->operation)) break;
  }
  return all_hold && !stopped_;
}

Evaluation::Verdict Evaluation::probe(BlockId id, const json::value& instance,
                                      const InstancePath& path, Evaluated* evaluated,
                                      const Frame& frame) {
  Collector* const collector = std::exchange(collector_, nullptr);
  const std::size_t undecided_before = undecided_.size();
  const bool fitting = fits(id, instance, path, evaluated, &frame);
  collector_ = collector;
  return {fitting, !stopped_ && undecided_.size() == undecided_before};
}

Evaluation::Verdict Evaluation::probe_beside(BlockId id, const Frame& frame) {
  if (frame.evaluated == nullptr) return probe(id, frame.instance, frame.path, nullptr, frame);
  Evaluated own;
  const Verdict verdict = probe(id, frame.instance, frame.path, &own, frame);
  if (verdict.fits) frame.evaluated->add(own);
  return verdict;
}

bool Evaluation::allows_nothing(BlockId id) const {
  const Block& block = program_.blocks[id];
  return block.count == 1 &&
         std::holds_alternative<Never>(program_.instructions[block.first].operation);
}

// ---- findings and bounds
// --------------------------------------------------------------------------

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
