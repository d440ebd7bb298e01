// Keywords that judge the value itself by other schemas.
#include <algorithm>

#include "validation/schema/evaluation.h"

namespace ratchet::schema {
namespace {

/// Findings of one branch that are looked at to tell how near it came.
constexpr std::size_t kBranchFindings = 16;

}  // namespace

bool Evaluation::check(const Reference& reference, const Frame& frame) {
  return fits_beside(reference.target, frame);
}

bool Evaluation::check(const DynamicReference& reference, const Frame& frame) {
  const auto& candidates = program_.dynamic_anchors[reference.anchor].blocks;
  for (const std::uint32_t resource : scope_) {
    const auto candidate = std::find_if(candidates.begin(), candidates.end(),
                                        [&](const auto& each) { return each.first == resource; });
    if (candidate != candidates.end()) return fits_beside(candidate->second, frame);
  }
  return fits_beside(reference.target, frame);
}

bool Evaluation::check(const AllOf& all, const Frame& frame) {
  bool all_fit = true;
  for (const BlockId block : all.blocks) {
    if (fits_beside(block, frame)) continue;
    all_fit = false;
    if (!explaining()) break;
  }
  return all_fit;
}

bool Evaluation::check(const AnyOf& any, const Frame& frame) {
  const std::size_t undecided_before = undecided_.size();
  bool one_fits = false;
  bool one_is_certain = false;
  for (const Branch& branch : any.branches) {
    const Verdict verdict = probe_beside(branch.block, frame);
    if (stopped_) return true;
    one_fits = one_fits || verdict.fits;
    one_is_certain = one_is_certain || (verdict.fits && verdict.decided);
    // Another branch may evaluate more, but where nobody asks it does not matter.
    if (one_is_certain && frame.evaluated == nullptr) break;
  }
  if (one_is_certain && frame.evaluated == nullptr) {
    // What another branch could not decide does not matter any more.
    undecided_.erase(undecided_.begin() + static_cast<std::ptrdiff_t>(undecided_before),
                     undecided_.end());
  }
  return one_fits || no_branch_fits_here(any.branches, "schema.any_of", frame);
}

bool Evaluation::check(const OneOf& one, const Frame& frame) {
  std::vector<const Branch*> fitting;
  for (const Branch& branch : one.branches) {
    const Verdict verdict = probe_beside(branch.block, frame);
    if (!verdict.decided) return true;
    if (verdict.fits) fitting.push_back(&branch);
    if (fitting.size() > 1 && !explaining()) return false;
  }
  if (fitting.size() == 1) return true;
  if (fitting.empty()) return no_branch_fits_here(one.branches, "schema.one_of", frame);
  return report(frame, [&] { return several_branches_fit(fitting, subject_of(frame.path)); });
}

bool Evaluation::no_branch_fits_here(const std::vector<Branch>& branches, Code code,
                                     const Frame& frame) {
  if (!explaining()) return false;
  std::vector<BranchVerdict> verdicts;
  verdicts.reserve(branches.size());
  for (const Branch& branch : branches)
    verdicts.push_back(explain_branch(branch, frame));
  // Which parts the right branch would have evaluated nobody can say.
  if (frame.evaluated != nullptr) frame.evaluated->add_all();
  if (!stopped_) report_no_branch(std::move(verdicts), code, frame);
  return false;
}

BranchVerdict Evaluation::explain_branch(const Branch& branch, const Frame& frame) {
  Collector findings(kBranchFindings);
  Collector* const collector = std::exchange(collector_, &findings);
  (void)fits(branch.block, frame.instance, frame.path, nullptr, &frame);
  collector_ = collector;
  return {&branch, findings.take(), findings.left_out()};
}

void Evaluation::report_no_branch(std::vector<BranchVerdict> verdicts, Code code,
                                  const Frame& frame) {
  collector_->add([&] {
    const std::optional<std::size_t> nearest = nearest_branch(verdicts, pointer_of(frame.path));
    SchemaFinding finding = finding_of(
        frame, frame.path, no_branch_fits(code, verdicts, nearest, subject_of(frame.path)));
    if (nearest) finding.causes = std::move(verdicts[*nearest].findings);
    return finding;
  });
}

bool Evaluation::check(const Not& negated, const Frame& frame) {
  const Verdict verdict = probe(negated.block, frame.instance, frame.path, nullptr, frame);
  return !verdict.decided || !verdict.fits ||
         report(frame, [&] { return must_not_fit(subject_of(frame.path)); });
}

bool Evaluation::check(const Conditional& conditional, const Frame& frame) {
  const Verdict condition = probe_beside(conditional.condition, frame);
  if (!condition.decided) return true;
  const std::optional<BlockId> chosen = condition.fits ? conditional.then : conditional.otherwise;
  return !chosen || fits_beside(*chosen, frame);
}

bool Evaluation::check(const Dependent& dependent, const Frame& frame) {
  const json::object* object = frame.instance.if_object();
  if (object == nullptr) return true;
  bool all_hold = check_needed_keys(dependent, *object, frame);
  for (const auto& [key, block] : dependent.schemas) {
    if (!all_hold && !explaining()) break;
    if (object->contains(key) && !fits_beside(block, frame)) all_hold = false;
  }
  return all_hold;
}

bool Evaluation::check_needed_keys(const Dependent& dependent, const json::object& object,
                                   const Frame& frame) {
  bool all_there = true;
  for (const auto& row : dependent.keys) {
    const std::string& key = row.first;
    if (!object.contains(key)) continue;
    for (const std::string& needed : row.second) {
      if (object.contains(needed)) continue;
      all_there =
          report(frame, [&] { return missing_dependent(key, needed, subject_of(frame.path)); });
    }
  }
  return all_there;
}

}  // namespace ratchet::schema
