#include "validation/schema/program.h"

#include <type_traits>
#include <unordered_set>

#include "validation/schema/assertions.h"

namespace ratchet::schema {

bool is_assertion(const Operation& operation) {
  return std::visit(
      [](const auto& each) {
        using Kind = std::decay_t<decltype(each)>;
        return std::is_same_v<Kind, Pattern> || requires(const json::value& value) {
          holds(each, value);
        };
      },
      operation);
}

std::vector<BlockId> same_value_blocks(const Operation& operation) {
  std::vector<BlockId> blocks;
  const auto add_branches = [&](const std::vector<Branch>& branches) {
    for (const Branch& branch : branches)
      blocks.push_back(branch.block);
  };
  if (const auto* reference = std::get_if<Reference>(&operation)) blocks = {reference->target};
  if (const auto* dynamic = std::get_if<DynamicReference>(&operation)) blocks = {dynamic->target};
  if (const auto* all = std::get_if<AllOf>(&operation)) blocks = all->blocks;
  if (const auto* any = std::get_if<AnyOf>(&operation)) add_branches(any->branches);
  if (const auto* one = std::get_if<OneOf>(&operation)) add_branches(one->branches);
  if (const auto* negated = std::get_if<Not>(&operation)) blocks = {negated->block};
  if (const auto* conditional = std::get_if<Conditional>(&operation)) {
    blocks = {conditional->condition};
    if (conditional->then) blocks.push_back(*conditional->then);
    if (conditional->otherwise) blocks.push_back(*conditional->otherwise);
  }
  if (const auto* dependent = std::get_if<Dependent>(&operation)) {
    for (const auto& [key, block] : dependent->schemas)
      blocks.push_back(block);
  }
  return blocks;
}

std::vector<std::string> known_keys(const Program& program, const Block& block) {
  std::vector<std::string> keys;
  std::unordered_set<std::string_view> listed;
  std::unordered_set<BlockId> seen;
  std::vector<const Block*> open{&block};
  while (!open.empty()) {
    const Block& next = *open.back();
    open.pop_back();
    for (std::uint32_t i = next.first; i < next.first + next.count; ++i) {
      const Operation& operation = program.instructions[i].operation;
      if (const auto* members = std::get_if<Members>(&operation)) {
        for (const KeyTable::Row& row : members->named.rows()) {
          if (listed.insert(row.key).second) keys.push_back(row.key);
        }
      }
      for (const BlockId beside : same_value_blocks(operation)) {
        if (seen.insert(beside).second) open.push_back(&program.blocks[beside]);
      }
    }
  }
  return keys;
}

}  // namespace ratchet::schema
