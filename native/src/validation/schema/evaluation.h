// One run of a program over one instance.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json.h"
#include "validation/schema/instance_path.h"
#include "validation/schema/program.h"
#include "validation/schema/schema.h"
#include "validation/schema/wording.h"

namespace ratchet::schema {

/// Findings up to a limit, the rest counted.
class Collector {
 public:
  explicit Collector(std::size_t limit) : limit_(limit) {}

  /// Takes the finding that `make` returns, or counts it without making it.
  template <class Make>
  void add(const Make& make) {
    if (findings_.size() < limit_) {
      findings_.push_back(make());
    } else {
      ++left_out_;
    }
  }
  [[nodiscard]] std::vector<SchemaFinding> take() { return std::move(findings_); }
  [[nodiscard]] std::size_t left_out() const { return left_out_; }

 private:
  std::size_t limit_;
  std::size_t left_out_ = 0;
  std::vector<SchemaFinding> findings_;
};

/// Judges an instance once. With a collector it looks at everything and says what is wrong; without
/// one it stops at the first fault.
///
/// What cannot be decided (a pattern at its limits) counts as fitting, and `undecided()` tells of
/// it; an operator whose answer depends on it (not, oneOf, if, contains) counts as fitting too. So
/// every finding is certain, and "valid" needs an empty `undecided()`. For one thread, used once.
class Evaluation {
 public:
  Evaluation(const Program& program, Collector* collector)
      : program_(program), collector_(collector) {}

  /// `subject` is what messages call the instance.
  [[nodiscard]] bool run(const json::value& instance, std::string_view subject) {
    return fits(0, instance, InstancePath{.key = subject});
  }

  /// Whether a bound on steps, depth or undecided patterns ended the run early.
  [[nodiscard]] bool stopped() const { return stopped_; }
  [[nodiscard]] const std::vector<SchemaFinding>& undecided() const { return undecided_; }

 private:
  /// Everything that a keyword's check and its finding need to know.
  struct Site {
    const Instruction& instruction;
    const Block& block;
    const json::value& instance;
    const InstancePath& path;
  };
  struct Verdict {
    bool fits;
    bool decided;
  };

  bool fits(BlockId id, const json::value& instance, const InstancePath& path);
  /// Without findings.
  Verdict probe(BlockId id, const json::value& instance, const InstancePath& path);

  template <class Assertion>
  requires requires(const Assertion& assertion, const json::value& value) {
    problem_of(assertion, value, std::string_view{});
  }
  bool check(const Assertion& assertion, const Site& site);
  bool check(const Pattern& pattern, const Site& site);
  bool check(const UniqueItems& unique, const Site& site);
  bool check(const Required& required, const Site& site);
  bool check(const Members& members, const Site& site);
  bool check(const PropertyNames& names, const Site& site);
  bool check(const Items& items, const Site& site);
  bool check(const Contains& contains, const Site& site);
  bool check(const Reference& reference, const Site& site);
  bool check(const AllOf& all, const Site& site);
  bool check(const AnyOf& any, const Site& site);
  bool check(const OneOf& one, const Site& site);
  bool check(const Not& negated, const Site& site);
  bool check(const Conditional& conditional, const Site& site);
  bool check(const Dependent& dependent, const Site& site);

  bool check_needed_keys(const Dependent& dependent, const json::object& object, const Site& site);
  bool check_member(const Members& members, const Site& site, const json::key_value_pair& member);
  bool no_branch_fits_here(const std::vector<Branch>& branches, Code code, const Site& site);
  [[nodiscard]] bool allows_nothing(BlockId id) const;
  [[nodiscard]] bool explaining() const { return collector_ != nullptr; }

  /// Adds a finding where findings are asked for; returns false, the verdict.
  template <class MakeProblem>
  bool report(const Site& site, const MakeProblem& problem);
  static SchemaFinding finding_of(const Site& site, const InstancePath& path, Problem problem);

  /// Takes `steps` from what the run may cost; false, and stopped, when nothing is left.
  bool spend(std::size_t steps, const Site& site);
  void stop(SchemaFinding reason);
  void remember_undecided(const Regex& regex, const Site& site, const InstancePath& path);

  const Program& program_;
  Collector* collector_;
  std::size_t steps_ = Schema::kEvaluationSteps;
  std::size_t depth_ = 0;
  bool stopped_ = false;
  std::vector<SchemaFinding> undecided_;
};

}  // namespace ratchet::schema
