#include "validation/schema/branches.h"

#include <algorithm>

namespace ratchet::schema {
namespace {

constexpr std::size_t kWrongType = 10'000;
constexpr std::size_t kWrongTag = 100;
constexpr std::size_t kUnknownKey = 3;
constexpr std::size_t kAnyOther = 1;

/// Whether `inner` is the value at `outer` or a direct part of it.
bool is_close(std::string_view inner, std::string_view outer) {
  const std::string_view below = inner.substr(outer.size());
  return std::count(below.begin(), below.end(), '/') <= 1;
}

std::size_t weight_of(const SchemaFinding& finding, std::string_view pointer) {
  const std::string_view code = finding.code.name();
  if (code == "schema.type" && finding.instance_pointer == pointer) return kWrongType;
  const bool tag = code == "schema.const" || code == "schema.enum";
  if (tag && is_close(finding.instance_pointer, pointer)) return kWrongTag;
  return code == "schema.additional_properties" ? kUnknownKey : kAnyOther;
}

std::string labels_of(std::span<const Branch* const> branches) {
  std::string text;
  for (const Branch* branch : branches) {
    if (!text.empty()) text += "; ";
    text += branch->label;
  }
  return text;
}

}  // namespace

std::size_t distance_of(const BranchVerdict& verdict, std::string_view pointer) {
  std::size_t distance = verdict.left_out;
  for (const SchemaFinding& finding : verdict.findings)
    distance += weight_of(finding, pointer);
  return distance;
}

std::optional<std::size_t> nearest_branch(std::span<const BranchVerdict> verdicts,
                                          std::string_view pointer) {
  std::optional<std::size_t> nearest;
  std::size_t smallest = 0;
  bool tie = false;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const std::size_t distance = distance_of(verdicts[i], pointer);
    if (nearest && distance == smallest) tie = true;
    if (nearest && distance >= smallest) continue;
    nearest = i;
    smallest = distance;
    tie = false;
  }
  return tie ? std::nullopt : nearest;
}

Problem no_branch_fits(Code code, std::span<const BranchVerdict> verdicts,
                       std::optional<std::size_t> nearest, std::string_view subject) {
  std::string message(subject);
  if (!nearest || verdicts[*nearest].findings.empty()) {
    std::vector<const Branch*> branches;
    for (const BranchVerdict& verdict : verdicts)
      branches.push_back(verdict.branch);
    message += " fits none of the forms allowed: " + labels_of(branches);
    return {code, std::move(message)};
  }
  const BranchVerdict& verdict = verdicts[*nearest];
  const std::size_t others = verdict.findings.size() - 1 + verdict.left_out;
  message += " fits none of the " + std::to_string(verdicts.size()) +
             " forms allowed; nearest is " + verdict.branch->label + ": " +
             verdict.findings.front().message;
  if (others > 0) message += " (and " + std::to_string(others) + " more)";
  return {code, std::move(message), verdict.findings.front().hint};
}

Problem several_branches_fit(std::span<const Branch* const> fitting, std::string_view subject) {
  return {"schema.one_of", std::string(subject) + " fits " + std::to_string(fitting.size()) +
                               " forms where exactly one is allowed: " + labels_of(fitting)};
}

}  // namespace ratchet::schema
