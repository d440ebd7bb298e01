#include "validation/schema/circles.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "validation/schema/compiler.h"

namespace ratchet::schema {
namespace {

enum class Mark : std::uint8_t { fresh, open, done };

/// A way from one block to another, and the instruction that it goes by.
struct Edge {
  BlockId target;
  std::uint32_t instruction;
};

struct Visit {
  BlockId block;
  std::vector<Edge> edges;
};

std::vector<Edge> edges_of(const Program& program, BlockId id) {
  std::vector<Edge> edges;
  const Block& block = program.blocks[id];
  for (std::uint32_t i = block.first; i < block.first + block.count; ++i) {
    const Operation& operation = program.instructions[i].operation;
    // Where it leads depends on the way; a circle of it ends at the bound on depth.
    if (std::holds_alternative<DynamicReference>(operation)) continue;
    for (const BlockId target : same_value_blocks(operation))
      edges.push_back({target, i});
  }
  return edges;
}

/// Depth first from one block, with a stack of its own: a chain may be as long as the schema.
void search_from(const Program& program, BlockId start, std::vector<Mark>& marks) {
  std::vector<Visit> way;
  const auto enter = [&](BlockId block) {
    marks[block] = Mark::open;
    way.push_back({block, edges_of(program, block)});
  };
  enter(start);
  while (!way.empty()) {
    if (way.back().edges.empty()) {
      marks[way.back().block] = Mark::done;
      way.pop_back();
      continue;
    }
    const Edge edge = way.back().edges.back();
    way.back().edges.pop_back();
    if (marks[edge.target] == Mark::fresh) {
      enter(edge.target);
    } else if (marks[edge.target] == Mark::open) {
      const Instruction& culprit = program.instructions[edge.instruction];
      refuse(culprit.address, culprit.keyword, "leads back to itself in a circle");
    }
  }
}

}  // namespace

void refuse_circles(const Program& program) {
  std::vector<Mark> marks(program.blocks.size(), Mark::fresh);
  for (BlockId start = 0; start < program.blocks.size(); ++start) {
    if (marks[start] == Mark::fresh) search_from(program, start, marks);
  }
}

}  // namespace ratchet::schema
