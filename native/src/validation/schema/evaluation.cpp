#include "validation/schema/evaluation.h"

#include <algorithm>

#include "validation/schema/assertions.h"
#include "validation/schema/branches.h"
#include "validation/schema/duplicates.h"

namespace ratchet::schema {
namespace {

/// Findings of one branch that are looked at to tell how near it came.
constexpr std::size_t kBranchFindings = 16;
/// Each costs a pattern's whole limit in time: more than these are not waited for.
constexpr std::size_t kMostUndecided = 100;

}  // namespace

// ---- the walk
// -------------------------------------------------------------------------------------

bool Evaluation::fits(BlockId id, const json::value& instance, const InstancePath& path) {
  const Block& block = program_.blocks[id];
  bool all_hold = true;
  ++depth_;
  for (std::uint32_t i = 0; i < block.count && !stopped_; ++i) {
    const Instruction& instruction = program_.instructions[block.first + i];
    const Site site{instruction, block, instance, path};
    if (!spend(1, site)) break;
    if (std::visit([&](const auto& operation) { return check(operation, site); },
                   instruction.operation)) {
      continue;
    }
    all_hold = false;
    // After a wrong type the other keywords would only say the same again.
    if (!explaining() || std::holds_alternative<TypeIs>(instruction.operation)) break;
  }
  --depth_;
  return all_hold && !stopped_;
}

Evaluation::Verdict Evaluation::probe(BlockId id, const json::value& instance,
                                      const InstancePath& path) {
  Collector* const collector = std::exchange(collector_, nullptr);
  const std::size_t undecided_before = undecided_.size();
  const bool fitting = fits(id, instance, path);
  collector_ = collector;
  return {fitting, !stopped_ && undecided_.size() == undecided_before};
}

bool Evaluation::allows_nothing(BlockId id) const {
  const Block& block = program_.blocks[id];
  return block.count == 1 &&
         std::holds_alternative<Never>(program_.instructions[block.first].operation);
}

// ---- findings and bounds
// --------------------------------------------------------------------------

SchemaFinding Evaluation::finding_of(const Site& site, const InstancePath& path, Problem problem) {
  if (problem.hint.empty()) problem.hint = site.block.description;
  return {.code = problem.code,
          .instance_pointer = pointer_of(path),
          .schema_pointer = site.instruction.pointer,
          .keyword = std::string(site.instruction.keyword),
          .message = std::move(problem.message),
          .hint = std::move(problem.hint),
          .at_key = false,
          .causes = {}};
}

template <class MakeProblem>
bool Evaluation::report(const Site& site, const MakeProblem& problem) {
  if (explaining() && !stopped_) {
    collector_->add([&] { return finding_of(site, site.path, problem()); });
  }
  return false;
}

bool Evaluation::spend(std::size_t steps, const Site& site) {
  if (depth_ > Schema::kEvaluationDepth) {
    stop(finding_of(site, site.path,
                    validation_gave_up("the schemas nest more than " +
                                       std::to_string(Schema::kEvaluationDepth) + " deep")));
    return false;
  }
  if (steps > steps_) {
    stop(finding_of(site, site.path,
                    validation_gave_up("validation takes more than " +
                                       std::to_string(Schema::kEvaluationSteps) + " steps")));
    return false;
  }
  steps_ -= steps;
  return true;
}

void Evaluation::stop(SchemaFinding reason) {
  stopped_ = true;
  undecided_.push_back(std::move(reason));
}

void Evaluation::remember_undecided(const Regex& regex, const Site& site,
                                    const InstancePath& path) {
  undecided_.push_back(finding_of(site, path, pattern_gave_up(regex, subject_of(path))));
  if (undecided_.size() >= kMostUndecided) stopped_ = true;
}

// ---- assertions
// -----------------------------------------------------------------------------------

template <class Assertion>
requires requires(const Assertion& assertion, const json::value& value) {
  problem_of(assertion, value, std::string_view{});
}
bool Evaluation::check(const Assertion& assertion, const Site& site) {
  return holds(assertion, site.instance) ||
         report(site, [&] { return problem_of(assertion, site.instance, subject_of(site.path)); });
}

bool Evaluation::check(const Pattern& pattern, const Site& site) {
  const json::string* text = site.instance.if_string();
  if (text == nullptr) return true;
  switch (pattern.regex.search(*text)) {
    case Regex::Outcome::matched:
      return true;
    case Regex::Outcome::not_matched:
      return report(site,
                    [&] { return problem_of(pattern, site.instance, subject_of(site.path)); });
    case Regex::Outcome::undecided:
      remember_undecided(pattern.regex, site, site.path);
      return true;
  }
  return true;
}

bool Evaluation::check(const UniqueItems& /*unique*/, const Site& site) {
  const json::array* items = site.instance.if_array();
  if (items == nullptr || items->size() < 2) return true;
  const auto charge = [&] { return spend(1, site); };
  const std::optional<Duplicate> duplicate = find_duplicate(*items, charge);
  return !duplicate || report(site, [&] {
    return repeated_item(duplicate->first, duplicate->second, (*items)[duplicate->first],
                         subject_of(site.path));
  });
}

bool Evaluation::check(const Required& required, const Site& site) {
  const json::object* object = site.instance.if_object();
  if (object == nullptr) return true;
  bool all_there = true;
  for (const RequiredKey& key : required.keys) {
    if (object->contains(key.key)) continue;
    all_there = report(site, [&] { return missing_key(key, subject_of(site.path)); });
    if (!explaining()) break;
  }
  return all_there;
}

// ---- parts of the value
// ---------------------------------------------------------------------------

bool Evaluation::check(const Members& members, const Site& site) {
  const json::object* object = site.instance.if_object();
  if (object == nullptr) return true;
  bool all_fit = true;
  for (const json::key_value_pair& member : *object) {
    if (!spend(1, site)) return false;
    if (check_member(members, site, member)) continue;
    all_fit = false;
    if (!explaining()) break;
  }
  return all_fit;
}

bool Evaluation::check_member(const Members& members, const Site& site,
                              const json::key_value_pair& member) {
  const std::string_view key = member.key();
  const InstancePath path = site.path.member(key);
  bool known = false;
  bool fitting = true;
  const auto row = std::lower_bound(
      members.named.begin(), members.named.end(), key,
      [](const auto& candidate, std::string_view name) { return candidate.first < name; });
  if (row != members.named.end() && row->first == key) {
    known = true;
    fitting = fits(row->second, member.value(), path);
  }
  for (const auto& [regex, block] : members.by_pattern) {
    const Regex::Outcome outcome = regex.search(key);
    if (outcome == Regex::Outcome::not_matched) continue;
    known = true;
    if (outcome == Regex::Outcome::undecided) {
      remember_undecided(regex, site, path);
    } else if (!fits(block, member.value(), path)) {
      fitting = false;
    }
  }
  if (known || !members.additional) return fitting;
  if (!allows_nothing(*members.additional)) return fits(*members.additional, member.value(), path);
  if (explaining()) {
    collector_->add([&] {
      SchemaFinding finding =
          finding_of(site, path, unknown_key(members, key, subject_of(site.path)));
      finding.at_key = true;
      return finding;
    });
  }
  return false;
}

bool Evaluation::check(const PropertyNames& names, const Site& site) {
  const json::object* object = site.instance.if_object();
  if (object == nullptr) return true;
  bool all_fit = true;
  for (const json::key_value_pair& member : *object) {
    const InstancePath path = site.path.member(member.key());
    const json::value name(member.key());
    if (probe(names.names, name, path).fits) continue;
    all_fit = false;
    if (!explaining()) break;
    Collector reasons(1);
    Collector* const collector = std::exchange(collector_, &reasons);
    (void)fits(names.names, name, path);
    collector_ = collector;
    for (const SchemaFinding& reason : reasons.take()) {
      collector_->add([&] {
        SchemaFinding finding = finding_of(site, path, forbidden_key(reason.message));
        finding.at_key = true;
        return finding;
      });
    }
  }
  return all_fit;
}

bool Evaluation::check(const Items& items, const Site& site) {
  const json::array* array = site.instance.if_array();
  if (array == nullptr) return true;
  const std::size_t end = items.rest ? array->size() : std::min(array->size(), items.prefix.size());
  bool all_fit = true;
  for (std::size_t i = 0; i < end; ++i) {
    if (!spend(1, site)) return false;
    const BlockId block = i < items.prefix.size() ? items.prefix[i] : *items.rest;
    if (fits(block, (*array)[i], site.path.item(i))) continue;
    all_fit = false;
    if (!explaining()) break;
  }
  return all_fit;
}

bool Evaluation::check(const Contains& contains, const Site& site) {
  const json::array* array = site.instance.if_array();
  if (array == nullptr) return true;
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < array->size(); ++i) {
    if (!spend(1, site)) return false;
    const Verdict verdict = probe(contains.item, (*array)[i], site.path.item(i));
    if (!verdict.decided) return true;
    if (verdict.fits) ++count;
    if (!contains.most && count >= contains.least) return true;
  }
  const bool fitting = count >= contains.least && (!contains.most || count <= *contains.most);
  return fitting || report(site, [&] {
           return wrong_number_of_matches(contains, count, subject_of(site.path));
         });
}

// ---- the value itself, by other schemas
// -----------------------------------------------------------

bool Evaluation::check(const Reference& reference, const Site& site) {
  return fits(reference.target, site.instance, site.path);
}

bool Evaluation::check(const AllOf& all, const Site& site) {
  bool all_fit = true;
  for (const BlockId block : all.blocks) {
    if (fits(block, site.instance, site.path)) continue;
    all_fit = false;
    if (!explaining()) break;
  }
  return all_fit;
}

bool Evaluation::check(const AnyOf& any, const Site& site) {
  const std::size_t undecided_before = undecided_.size();
  bool one_fits = false;
  for (const Branch& branch : any.branches) {
    const Verdict verdict = probe(branch.block, site.instance, site.path);
    if (stopped_) return true;
    if (verdict.fits && verdict.decided) {
      // What another branch could not decide does not matter any more.
      undecided_.erase(undecided_.begin() + static_cast<std::ptrdiff_t>(undecided_before),
                       undecided_.end());
      return true;
    }
    one_fits = one_fits || verdict.fits;
  }
  return one_fits || no_branch_fits_here(any.branches, "schema.any_of", site);
}

bool Evaluation::check(const OneOf& one, const Site& site) {
  std::vector<const Branch*> fitting;
  for (const Branch& branch : one.branches) {
    const Verdict verdict = probe(branch.block, site.instance, site.path);
    if (!verdict.decided) return true;
    if (verdict.fits) fitting.push_back(&branch);
    if (fitting.size() > 1 && !explaining()) return false;
  }
  if (fitting.size() == 1) return true;
  if (fitting.empty()) return no_branch_fits_here(one.branches, "schema.one_of", site);
  return report(site, [&] { return several_branches_fit(fitting, subject_of(site.path)); });
}

bool Evaluation::no_branch_fits_here(const std::vector<Branch>& branches, Code code,
                                     const Site& site) {
  if (!explaining()) return false;
  std::vector<BranchVerdict> verdicts;
  Collector* const collector = collector_;
  for (const Branch& branch : branches) {
    Collector findings(kBranchFindings);
    collector_ = &findings;
    (void)fits(branch.block, site.instance, site.path);
    verdicts.push_back({&branch, findings.take(), findings.left_out()});
  }
  collector_ = collector;
  if (stopped_) return false;
  collector_->add([&] {
    const std::optional<std::size_t> nearest = nearest_branch(verdicts, pointer_of(site.path));
    SchemaFinding finding =
        finding_of(site, site.path, no_branch_fits(code, verdicts, nearest, subject_of(site.path)));
    if (nearest) finding.causes = std::move(verdicts[*nearest].findings);
    return finding;
  });
  return false;
}

bool Evaluation::check(const Not& negated, const Site& site) {
  const Verdict verdict = probe(negated.block, site.instance, site.path);
  return !verdict.decided || !verdict.fits ||
         report(site, [&] { return must_not_fit(subject_of(site.path)); });
}

bool Evaluation::check(const Conditional& conditional, const Site& site) {
  const Verdict condition = probe(conditional.condition, site.instance, site.path);
  if (!condition.decided) return true;
  const std::optional<BlockId> chosen = condition.fits ? conditional.then : conditional.otherwise;
  return !chosen || fits(*chosen, site.instance, site.path);
}

bool Evaluation::check(const Dependent& dependent, const Site& site) {
  const json::object* object = site.instance.if_object();
  if (object == nullptr) return true;
  bool all_hold = check_needed_keys(dependent, *object, site);
  for (const auto& [key, block] : dependent.schemas) {
    if (!all_hold && !explaining()) break;
    if (object->contains(key) && !fits(block, site.instance, site.path)) all_hold = false;
  }
  return all_hold;
}

bool Evaluation::check_needed_keys(const Dependent& dependent, const json::object& object,
                                   const Site& site) {
  bool all_there = true;
  for (const auto& row : dependent.keys) {
    const std::string& key = row.first;
    if (!object.contains(key)) continue;
    for (const std::string& needed : row.second) {
      if (object.contains(needed)) continue;
      all_there =
          report(site, [&] { return missing_dependent(key, needed, subject_of(site.path)); });
    }
  }
  return all_there;
}

}  // namespace ratchet::schema
