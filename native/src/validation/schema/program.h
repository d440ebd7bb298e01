// What a schema is compiled to: blocks of instructions, one block a subschema.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/json.h"
#include "core/regex.h"
#include "validation/schema/formats.h"
#include "validation/schema/key_table.h"
#include "validation/schema/type_set.h"

namespace ratchet::schema {

using BlockId = std::uint32_t;

// Assertions: judged by looking at the value alone (assertions.h).
struct Never {};
struct TypeIs {
  TypeSet types;
};
struct Const {
  json::value value;
};
/// `texts` has the values that are texts, `by_hash` every other one's hash and index, sorted.
struct Enum {
  json::array values;
  KeyTable texts;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> by_hash;
};
enum class Counted : std::uint8_t { characters, items, properties };
struct AtLeast {
  Counted what;
  std::uint64_t count;
};
struct AtMost {
  Counted what;
  std::uint64_t count;
};
enum class Bound : std::uint8_t { minimum, maximum, exclusive_minimum, exclusive_maximum };
struct Range {
  Bound bound;
  json::value limit;
};
struct MultipleOf {
  json::value divisor;
};

// Judged with the run's bounds (evaluation.cpp).
struct Pattern {
  Regex regex;
};
struct UniqueItems {};
/// Only compiled where formats are asserted.
struct Format {
  const FormatRow* row;
};

// Keys.
struct RequiredKey {
  std::string key;
  std::string description;  ///< of its property's schema, for the hint
};
struct Required {
  std::vector<RequiredKey> keys;
  /// The Members beside it know all its keys; without findings they are asked alone.
  bool known_to_members = false;
};

// Applicators to parts of the value.
/// properties, patternProperties and additionalProperties in one walk over the members.
struct Members {
  KeyTable named;
  std::vector<std::pair<Regex, BlockId>> by_pattern;
  std::optional<BlockId> additional;
  /// Those of the first 64 names that a Required beside it asks for, as bits.
  std::uint64_t required_rows = 0;
};
struct PropertyNames {
  BlockId names;
};
/// Judges the members, or items, that nothing beside it has evaluated.
struct UnevaluatedMembers {
  BlockId block;
};
struct UnevaluatedItems {
  BlockId block;
};
/// prefixItems and items (draft-07: items and additionalItems).
struct Items {
  std::vector<BlockId> prefix;
  std::optional<BlockId> rest;
};
struct Contains {
  BlockId item;
  std::uint64_t least;
  std::optional<std::uint64_t> most;
  bool evaluates;  ///< an item that fits counts as evaluated (2020-12)
};

// Applicators to the value itself.
/// A branch of anyOf or oneOf; `label` tells it from its neighbours in a message.
struct Branch {
  BlockId block;
  std::string label;
};
struct Reference {
  BlockId target;
};
/// `$dynamicRef` to a `$dynamicAnchor`: leads to the outermost resource on the way that has one of
/// this name, else to `target`.
struct DynamicReference {
  BlockId target;
  std::uint32_t anchor;  ///< an index into Program::dynamic_anchors
};
struct AllOf {
  std::vector<BlockId> blocks;
};
struct AnyOf {
  std::vector<Branch> branches;
};
struct OneOf {
  std::vector<Branch> branches;
};
struct Not {
  BlockId block;
};
struct Conditional {
  BlockId condition;
  std::optional<BlockId> then;
  std::optional<BlockId> otherwise;
};
/// dependentRequired, dependentSchemas, dependencies: what must hold where a key is there.
struct Dependent {
  std::vector<std::pair<std::string, std::vector<std::string>>> keys;
  std::vector<std::pair<std::string, BlockId>> schemas;
};

using Operation = std::variant<Never, TypeIs, Const, Enum, AtLeast, AtMost, Range, MultipleOf,
                               Pattern, Format, UniqueItems, Required, Members, PropertyNames,
                               Items, Contains, Reference, DynamicReference, AllOf, AnyOf, OneOf,
                               Not, Conditional, Dependent, UnevaluatedMembers, UnevaluatedItems>;

struct Instruction {
  Operation operation;
  std::string_view keyword;  ///< a literal
  std::string address;       ///< of the keyword (resources.h)
};

/// A subschema: the instructions [first, first + count), all of which must hold.
struct Block {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  /// What a TypeIs at the front of the instructions says, and whether there is one.
  TypeSet types = kAnyType;
  bool begins_with_type = false;
  /// All its instructions look at the value alone.
  bool is_plain = false;
  std::uint32_t resource = 0;  ///< an index into Program::resources
  /// It asks what its other instructions have evaluated (an unevaluated* keyword, the last of
  /// them).
  bool tracks = false;
  std::string address;
  std::string description;
};

struct ProgramResource {
  std::string uri;
  std::string address;
};

/// Where each resource that has it defines a dynamic anchor.
struct DynamicAnchor {
  std::string name;
  std::vector<std::pair<std::uint32_t, BlockId>> blocks;  ///< resource and block
};

/// Immutable once compiled. Block 0 is the root. No chain of blocks that judge the same value is a
/// circle, but through a dynamic reference.
struct Program {
  std::vector<Instruction> instructions;
  std::vector<Block> blocks;
  std::vector<ProgramResource> resources;
  std::vector<DynamicAnchor> dynamic_anchors;
  std::vector<std::string> ignored_keywords;
  std::size_t findings_limit = 0;
};

/// Whether the operation looks at the value alone, and at no part of it by another block.
[[nodiscard]] bool is_assertion(const Operation& operation);

/// The blocks that judge the same value as the operation does; of a dynamic reference, the one that
/// it leads to without a way.
[[nodiscard]] std::vector<BlockId> same_value_blocks(const Operation& operation);

/// The keys that the schemas judging the same value as this block speak of, in their order.
[[nodiscard]] std::vector<std::string> known_keys(const Program& program, const Block& block);

}  // namespace ratchet::schema
