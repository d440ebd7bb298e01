// One run of a program over one instance.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json.h"
#include "validation/schema/assertions.h"
#include "validation/schema/branches.h"
#include "validation/schema/collector.h"
#include "validation/schema/evaluated.h"
#include "validation/schema/instance_path.h"
#include "validation/schema/program.h"
#include "validation/schema/schema.h"
#include "validation/schema/wording.h"

namespace ratchet::schema {

/// Judges an instance once. With a collector it looks at everything and says what is wrong; without
/// one it stops at the first fault.
///
/// What cannot be decided (a pattern at its limits) counts as fitting, and `undecided()` tells of
/// it; an operator whose answer depends on it (not, oneOf, if, contains, unevaluated*) counts as
/// fitting too. So every finding is certain, and "valid" needs an empty `undecided()`. For one
/// thread, used once.
class Evaluation {
 public:
  Evaluation(const Program& program, Collector* collector)
      : program_(program), collector_(collector) {}

  /// `subject` is what messages call the instance.
  [[nodiscard]] bool run(const json::value& instance, std::string_view subject) {
    return fits(0, instance, InstancePath{.key = subject}, nullptr, nullptr);
  }

  /// Whether a bound on steps, depth or undecided patterns ended the run early.
  [[nodiscard]] bool stopped() const { return stopped_; }
  [[nodiscard]] const std::vector<SchemaFinding>& undecided() const { return undecided_; }

 private:
  /// One schema judging one value: all that a keyword's check and its finding need to know. The
  /// frames of a run lead from the innermost out to the root.
  struct Frame {
    const Frame* outer;
    const Block& block;
    const json::value& instance;
    const InstancePath& path;
    Evaluated* evaluated;            ///< where somebody asks; filled by whatever fits
    std::size_t undecided_before;    ///< of a block that tracks
    const Instruction* instruction;  ///< the one that is being checked
  };
  struct Verdict {
    bool fits;
    bool decided;
  };

  bool fits(BlockId id, const json::value& instance, const InstancePath& path, Evaluated* evaluated,
            const Frame* outer);
  /// The same value by another schema; what that evaluates counts for this one.
  bool fits_beside(BlockId id, const Frame& frame) {
    return fits(id, frame.instance, frame.path, frame.evaluated, &frame);
  }
  /// A part of the value.
  bool fits_below(BlockId id, const json::value& part, const InstancePath& path,
                  const Frame& frame) {
    return fits(id, part, path, nullptr, &frame);
  }
  /// For a plain block without findings; nothing where a pattern cannot be decided.
  std::optional<bool> fits_plain(const Block& block, const json::value& instance);
  std::optional<bool> holds_for(const Instruction& instruction, const json::value& instance);
  bool fits_tracking(Frame& frame);
  bool check_all(Frame& frame);
  /// The frame's instruction.
  bool check(const Frame& frame);
  /// Without findings.
  Verdict probe(BlockId id, const json::value& instance, const InstancePath& path,
                Evaluated* evaluated, const Frame& frame);
  /// The same value by another schema, without findings; what that evaluates counts where it fits.
  Verdict probe_beside(BlockId id, const Frame& frame);

  // What a keyword says; false is a fault, which is reported where findings are asked for.
  template <class Assertion>
  requires requires(const Assertion& assertion, const json::value& value) {
    problem_of(assertion, value, std::string_view{});
  }
  bool check(const Assertion& assertion, const Frame& frame) {
    return holds(assertion, frame.instance) || report(frame, [&] {
             return problem_of(assertion, frame.instance, subject_of(frame.path));
           });
  }
  bool check(const Pattern& pattern, const Frame& frame);
  bool check(const UniqueItems& unique, const Frame& frame);
  bool check(const Required& required, const Frame& frame);
  bool check(const Members& members, const Frame& frame);
  bool check(const PropertyNames& names, const Frame& frame);
  bool check(const UnevaluatedMembers& members, const Frame& frame);
  bool check(const Items& items, const Frame& frame);
  bool check(const Contains& contains, const Frame& frame);
  bool check(const UnevaluatedItems& items, const Frame& frame);
  bool check(const Reference& reference, const Frame& frame);
  bool check(const DynamicReference& reference, const Frame& frame);
  bool check(const AllOf& all, const Frame& frame);
  bool check(const AnyOf& any, const Frame& frame);
  bool check(const OneOf& one, const Frame& frame);
  bool check(const Not& negated, const Frame& frame);
  bool check(const Conditional& conditional, const Frame& frame);
  bool check(const Dependent& dependent, const Frame& frame);

  bool check_needed_keys(const Dependent& dependent, const json::object& object,
                         const Frame& frame);
  bool check_member(const Members& members, const Frame& frame, const json::key_value_pair& member,
                    std::size_t index, const KeyTable::Row* row);
  [[gnu::noinline]] bool report_unknown_key(std::string_view key, const Frame& frame);
  [[gnu::noinline]] void report_forbidden_key(const json::value& name, const PropertyNames& names,
                                              const InstancePath& path, const Frame& frame);
  bool no_branch_fits_here(const std::vector<Branch>& branches, Code code, const Frame& frame);
  [[gnu::noinline]] BranchVerdict explain_branch(const Branch& branch, const Frame& frame);
  [[gnu::noinline]] void report_no_branch(std::vector<BranchVerdict> verdicts, Code code,
                                          const Frame& frame);
  [[nodiscard]] bool allows_nothing(BlockId id) const;
  [[nodiscard]] bool explaining() const { return collector_ != nullptr; }

  // What is said once must not take room on the stack at each level of the walk: none of these is
  // inlined.

  /// Adds a finding where findings are asked for; returns false, the verdict.
  template <class MakeProblem>
  [[gnu::noinline]] bool report(const Frame& frame, const MakeProblem& problem) {
    if (explaining() && !stopped_) {
      collector_->add([&] { return finding_of(frame, frame.path, problem()); });
    }
    return false;
  }
  [[nodiscard]] SchemaFinding finding_of(const Frame& frame, const InstancePath& path,
                                         Problem problem) const;
  [[nodiscard]] static std::string keyword_location(const Frame& frame);
  [[nodiscard]] std::string absolute_location(const Frame& frame) const;

  /// Takes `steps` from what the run may cost; false, and stopped, when nothing is left.
  bool spend(std::size_t steps, const Frame& frame) {
    if (steps > steps_) return stop_at_bound(frame);
    steps_ -= steps;
    return true;
  }
  [[gnu::noinline]] bool stop_at_bound(const Frame& frame);
  bool is_decided(const Frame& frame) const {
    return !stopped_ && undecided_.size() == frame.undecided_before;
  }
  [[gnu::noinline]] void remember_undecided(const Regex& regex, const Frame& frame,
                                            const InstancePath& path);

  const Program& program_;
  Collector* collector_;
  std::size_t steps_ = Schema::kEvaluationSteps;
  std::size_t depth_ = 0;
  bool stopped_ = false;
  RegexWorkspace workspace_;
  std::vector<SchemaFinding> undecided_;
  /// The resources that the run is inside of, from the outermost; kept where a dynamic reference
  /// may ask.
  std::vector<std::uint32_t> scope_;
};

}  // namespace ratchet::schema
