// Keywords that look at the value alone, and those that judge its members and items.
#include <algorithm>

#include "validation/schema/duplicates.h"
#include "validation/schema/evaluation.h"

namespace ratchet::schema {

bool Evaluation::check(const Frame& frame) {
  return std::visit([&](const auto& operation) { return check(operation, frame); },
                    frame.instruction->operation);
}

// ---- assertions
// -----------------------------------------------------------------------------------

bool Evaluation::check(const Pattern& pattern, const Frame& frame) {
  const json::string* text = frame.instance.if_string();
  if (text == nullptr) return true;
  switch (pattern.regex.search(*text)) {
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
  bool all_there = true;
  for (const RequiredKey& key : required.keys) {
    if (object->contains(key.key)) continue;
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
  bool all_fit = true;
  std::size_t index = 0;
  for (const json::key_value_pair& member : *object) {
    if (!spend(1, frame)) return false;
    if (check_member(members, frame, member, index++)) continue;
    all_fit = false;
    if (!explaining()) break;
  }
  return all_fit;
}

bool Evaluation::check_member(const Members& members, const Frame& frame,
                              const json::key_value_pair& member, std::size_t index) {
  const std::string_view key = member.key();
  const InstancePath path = frame.path.member(key);
  bool known = false;
  bool fitting = true;
  const auto row = std::lower_bound(
      members.named.begin(), members.named.end(), key,
      [](const auto& candidate, std::string_view name) { return candidate.first < name; });
  if (row != members.named.end() && row->first == key) {
    known = true;
    fitting = fits_below(row->second, member.value(), path, frame);
  }
  for (const auto& [regex, block] : members.by_pattern) {
    const Regex::Outcome outcome = regex.search(key);
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
  return report_unknown_key(key, members.known, frame);
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
    if (closed) report_unknown_key(key, known_keys(program_, frame.block), frame);
  }
  frame.evaluated->add_all();
  return all_fit;
}

bool Evaluation::report_unknown_key(std::string_view key, const std::vector<std::string>& known,
                                    const Frame& frame) {
  if (!explaining() || stopped_) return false;
  collector_->add([&] {
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
  return all_fit;
}

// ---- items
// ----------------------------------------------------------------------------------------

bool Evaluation::check(const Items& items, const Frame& frame) {
  const json::array* array = frame.instance.if_array();
  if (array == nullptr) return true;
  const std::size_t end = items.rest ? array->size() : std::min(array->size(), items.prefix.size());
  bool all_fit = true;
  for (std::size_t i = 0; i < end; ++i) {
    if (!spend(1, frame)) return false;
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
