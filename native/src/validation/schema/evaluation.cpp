// The walk, and the keywords that look at the value alone or judge its members and items. In one
// source, so that the compiler sees all that the walk does most.
#include "validation/schema/evaluation.h"

#include <algorithm>
#include <boost/mp11/algorithm.hpp>

#include "validation/schema/duplicates.h"

namespace ratchet::schema {
namespace {

/// std::visit as a switch, which lets the short ones stand in place; its own calls through a table.
template <class Judge>
auto by_kind(const Operation& operation, const Judge& judge) {
  return boost::mp11::mp_with_index<std::variant_size_v<Operation>>(
      operation.index(), [&](auto index) { return judge(*std::get_if<index()>(&operation)); });
}

}  // namespace

bool Evaluation::fits(BlockId id, const json::value& instance, const InstancePath& path,
                      Evaluated* evaluated, const Frame* outer) {
  const Block& block = program_.blocks[id];
  if (!explaining()) {
    // A wrong type is seen, and a type alone judged, without any ado.
    if (!is_of(block.types, instance)) return false;
    if (block.is_plain) {
      const std::optional<bool> fitting = fits_plain(block, instance);
      if (fitting) return *fitting;
    }
  }
  if (block.count == 0) return !stopped_;
  Frame frame{outer, block, instance, path, evaluated, 0, &program_.instructions[block.first]};
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

std::optional<bool> Evaluation::fits_plain(const Block& block, const json::value& instance) {
  if (stopped_ || block.count > steps_) return std::nullopt;
  steps_ -= block.count;
  const Instruction* next = program_.instructions.data() + block.first;
  const Instruction* const end = next + block.count;
  if (block.begins_with_type) ++next;
  for (; next != end; ++next) {
    const std::optional<bool> held = holds_for(*next, instance);
    if (!held || !*held) return held;
  }
  return true;
}

std::optional<bool> Evaluation::holds_for(const Instruction& instruction,
                                          const json::value& instance) {
  const auto judge = [&](const auto& operation) -> std::optional<bool> {
    using Kind = std::decay_t<decltype(operation)>;
    if constexpr (std::is_same_v<Kind, Pattern>) {
      const json::string* text = instance.if_string();
      if (text == nullptr) return true;
      const Regex::Outcome outcome = operation.regex.search(*text, workspace_);
      if (outcome == Regex::Outcome::undecided) return std::nullopt;
      return outcome == Regex::Outcome::matched;
    } else if constexpr (requires { holds(operation, instance); }) {
      return holds(operation, instance);
    } else {
      return std::nullopt;
    }
  };
  return by_kind(instruction.operation, judge);
}

/// The schemas beside an unevaluated* keyword tell it, and nobody else outside, what they evaluate.
bool Evaluation::fits_tracking(Frame& frame) {
  Evaluated* const outside = frame.evaluated;
  Evaluated own;
  frame.evaluated = &own;
  frame.undecided_before = undecided_.size();
  const bool fitting = check_all(frame);
  // While explaining, what an outer schema would say of the same parts only follows from this.
  if (outside != nullptr && (fitting || explaining())) outside->add(own);
  return fitting;
}

bool Evaluation::check(const Frame& frame) {
  return by_kind(frame.instruction->operation,
                 [&](const auto& operation) { return check(operation, frame); });
}

bool Evaluation::check_all(Frame& frame) {
  bool all_hold = true;
  const Instruction* const first = frame.instruction;
  const Instruction* const end = first + frame.block.count;
  if (!spend(frame.block.count, frame)) return false;
  // Without findings the type has been judged.
  const bool type_is_judged = !explaining() && frame.block.begins_with_type;
  for (const Instruction* next = first + (type_is_judged ? 1 : 0); next != end && !stopped_;
       ++next) {
    frame.instruction = next;
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

// ---- assertions
// -----------------------------------------------------------------------------------

bool Evaluation::check(const Pattern& pattern, const Frame& frame) {
  const json::string* text = frame.instance.if_string();
  if (text == nullptr) return true;
  switch (pattern.regex.search(*text, workspace_)) {
    case Regex::Outcome::matched:
      return true;
    case Regex::Outcome::not_matched:
      return report(frame,
                    [&] { return problem_of(pattern, frame.instance, subject_of(frame.path)); });
    case Regex::Outcome::undecided:
      remember_undecided(pattern.regex, frame, frame.path);
      return true;
  }
  return true;
}

bool Evaluation::check(const UniqueItems& /*unique*/, const Frame& frame) {
  const json::array* items = frame.instance.if_array();
  if (items == nullptr || items->size() < 2) return true;
  const auto charge = [&] { return spend(1, frame); };
  const std::optional<Duplicate> duplicate = find_duplicate(*items, charge);
  return !duplicate || report(frame, [&] {
    return repeated_item(duplicate->first, duplicate->second, (*items)[duplicate->first],
                         subject_of(frame.path));
  });
}

bool Evaluation::check(const Required& required, const Frame& frame) {
  const json::object* object = frame.instance.if_object();
  if (object == nullptr) return true;
  if (required.known_to_members && !explaining()) return true;
  bool all_there = true;
  std::size_t next = 0;
  for (const RequiredKey& key : required.keys) {
    if (has_key(*object, key.key, next)) continue;
    all_there = report(frame, [&] { return missing_key(key, subject_of(frame.path)); });
    if (!explaining()) break;
  }
  return all_there;
}

// ---- members
// --------------------------------------------------------------------------------------

bool Evaluation::check(const Members& members, const Frame& frame) {
  const json::object* object = frame.instance.if_object();
  if (object == nullptr) return true;
  if (!spend(object->size(), frame)) return false;
  bool all_fit = true;
  std::size_t index = 0;
  std::size_t next_row = 0;
  std::uint64_t seen = 0;
  const bool by_name_alone = members.by_pattern.empty() && frame.evaluated == nullptr;
  for (const json::key_value_pair& member : *object) {
    const KeyTable::Row* const row = members.named.find(member.key(), next_row);
    if (row != nullptr) seen |= members.named.bit_of(*row);
    const bool fitting =
        by_name_alone && row != nullptr
            ? fits_below(row->block, member.value(), frame.path.member(member.key()), frame)
            : check_member(members, frame, member, index, row);
    ++index;
    if (fitting) continue;
    all_fit = false;
    if (!explaining()) break;
  }
  const bool all_there = (seen & members.required_rows) == members.required_rows;
  return all_fit && (all_there || explaining());
}

bool Evaluation::check_member(const Members& members, const Frame& frame,
                              const json::key_value_pair& member, std::size_t index,
                              const KeyTable::Row* row) {
  const std::string_view key = member.key();
  const InstancePath path = frame.path.member(key);
  bool known = row != nullptr;
  bool fitting = !known || fits_below(row->block, member.value(), path, frame);
  for (const auto& [regex, block] : members.by_pattern) {
    const Regex::Outcome outcome = regex.search(key, workspace_);
    if (outcome == Regex::Outcome::not_matched) continue;
    known = true;
    if (outcome == Regex::Outcome::undecided) {
      remember_undecided(regex, frame, path);
    } else if (!fits_below(block, member.value(), path, frame)) {
      fitting = false;
    }
  }
  if (frame.evaluated != nullptr && (known || members.additional)) frame.evaluated->add(index);
  if (known || !members.additional) return fitting;
  if (!allows_nothing(*members.additional)) {
    return fits_below(*members.additional, member.value(), path, frame);
  }
  return report_unknown_key(key, frame);
}

bool Evaluation::check(const UnevaluatedMembers& members, const Frame& frame) {
  const json::object* object = frame.instance.if_object();
  if (object == nullptr || !is_decided(frame)) return true;
  const bool closed = allows_nothing(members.block);
  bool all_fit = true;
  std::size_t index = 0;
  for (const json::key_value_pair& member : *object) {
    if (frame.evaluated->has(index++)) continue;
    if (!spend(1, frame)) return false;
    const std::string_view key = member.key();
    if (!closed && fits_below(members.block, member.value(), frame.path.member(key), frame)) {
      continue;
    }
    all_fit = false;
    if (!explaining()) break;
    if (closed) report_unknown_key(key, frame);
  }
  frame.evaluated->add_all();
  return all_fit;
}

bool Evaluation::report_unknown_key(std::string_view key, const Frame& frame) {
  if (!explaining() || stopped_) return false;
  collector_->add([&] {
    std::vector<std::string> known;
    if (const auto* members = std::get_if<Members>(&frame.instruction->operation)) {
      for (const KeyTable::Row& row : members->named.rows())
        known.push_back(row.key);
    } else {
      known = known_keys(program_, frame.block);
    }
    SchemaFinding finding =
        finding_of(frame, frame.path.member(key), unknown_key(known, key, subject_of(frame.path)));
    finding.at_key = true;
    return finding;
  });
  return false;
}

bool Evaluation::check(const PropertyNames& names, const Frame& frame) {
  const json::object* object = frame.instance.if_object();
  if (object == nullptr) return true;
  bool all_fit = true;
  for (const json::key_value_pair& member : *object) {
    const InstancePath path = frame.path.member(member.key());
    const json::value name(member.key());
    if (probe(names.names, name, path, nullptr, frame).fits) continue;
    all_fit = false;
    if (!explaining()) break;
    report_forbidden_key(name, names, path, frame);
  }
  return all_fit;
}

void Evaluation::report_forbidden_key(const json::value& name, const PropertyNames& names,
                                      const InstancePath& path, const Frame& frame) {
  Collector reasons(1);
  Collector* const collector = std::exchange(collector_, &reasons);
  (void)fits_below(names.names, name, path, frame);
  collector_ = collector;
  for (const SchemaFinding& reason : reasons.take()) {
    collector_->add([&] {
      SchemaFinding finding = finding_of(frame, path, forbidden_key(reason.message));
      finding.at_key = true;
      return finding;
    });
  }
}

// ---- items
// ----------------------------------------------------------------------------------------

bool Evaluation::check(const Items& items, const Frame& frame) {
  const json::array* array = frame.instance.if_array();
  if (array == nullptr) return true;
  const std::size_t end = items.rest ? array->size() : std::min(array->size(), items.prefix.size());
  if (!spend(end, frame)) return false;
  bool all_fit = true;
  for (std::size_t i = 0; i < end; ++i) {
    const BlockId block = i < items.prefix.size() ? items.prefix[i] : *items.rest;
    if (frame.evaluated != nullptr) frame.evaluated->add(i);
    if (fits_below(block, (*array)[i], frame.path.item(i), frame)) continue;
    all_fit = false;
    if (!explaining()) break;
  }
  return all_fit;
}

bool Evaluation::check(const Contains& contains, const Frame& frame) {
  const json::array* array = frame.instance.if_array();
  if (array == nullptr) return true;
  const bool marks = contains.evaluates && frame.evaluated != nullptr;
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < array->size(); ++i) {
    if (!spend(1, frame)) return false;
    const Verdict verdict = probe(contains.item, (*array)[i], frame.path.item(i), nullptr, frame);
    if (!verdict.decided) return true;
    if (!verdict.fits) continue;
    ++count;
    if (marks) frame.evaluated->add(i);
    if (!marks && !contains.most && count >= contains.least) return true;
  }
  const bool fitting = count >= contains.least && (!contains.most || count <= *contains.most);
  return fitting || report(frame, [&] {
           return wrong_number_of_matches(contains, count, subject_of(frame.path));
         });
}

bool Evaluation::check(const UnevaluatedItems& items, const Frame& frame) {
  const json::array* array = frame.instance.if_array();
  if (array == nullptr || !is_decided(frame)) return true;
  bool all_fit = true;
  for (std::size_t i = 0; i < array->size(); ++i) {
    if (frame.evaluated->has(i)) continue;
    if (!spend(1, frame)) return false;
    if (fits_below(items.block, (*array)[i], frame.path.item(i), frame)) continue;
    all_fit = false;
    if (!explaining()) break;
  }
  frame.evaluated->add_all();
  return all_fit;
}

}  // namespace ratchet::schema
