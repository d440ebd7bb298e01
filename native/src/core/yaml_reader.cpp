#include <utility>

#include "core/document_state.h"
#include "core/yaml_events.h"
#include "core/yaml_faults.h"

namespace ratchet {
namespace {

/// What a copied value costs besides its text: about the size of a member in memory.
constexpr std::size_t kCostOfValue = 64;

/// Turns a tree into a value, following aliases and merges. Recursive, no deeper than
/// limits.json_depth; every value copied through an alias is charged, so the work is bounded too.
class ValueBuilder {
 public:
  ValueBuilder(const YamlTree& tree, const YamlFaults& faults, const Limits& limits)
      : tree_(tree), faults_(faults), limits_(limits) {
    stack_.reset();
  }

  json::value build() {
    push(0, 0);
    return stack_.release();
  }

 private:
  using Index = Outline::Index;
  using Kind = Outline::Kind;

  [[nodiscard]] const OutlineNode& at(Index index) const { return tree_.outline.at(index); }

  void push(Index index, std::int64_t depth) {
    if (at(index).kind == Kind::alias) {
      // The place to report for anything that the copy exceeds is the outermost alias.
      const bool outermost = !std::exchange(copying_, true);
      if (outermost) alias_begin_ = at(index).begin;
      push(at(index).target, depth);
      if (outermost) copying_ = false;
      return;
    }
    const OutlineNode& node = at(index);
    if (node.kind == Kind::scalar) return push_scalar(tree_.scalars[node.target]);
    charge(kCostOfValue);
    require_depth(depth + 1);
    if (node.kind == Kind::object) return stack_.push_object(push_members(index, depth + 1));
    std::size_t count = 0;
    for (Index i = index + 1; i < node.after; i = at(i).after, ++count)
      push(i, depth + 1);
    stack_.push_array(count);
  }

  /// Merged members first, so that those that the mapping names itself replace them; of several
  /// sources the first one last, so that it counts before the others.
  std::size_t push_members(Index object, std::int64_t depth) {
    std::vector<Index> merges;
    for (Index i = object + 1; i < at(object).after; i = at(i).after) {
      if (at(i).merges) merges.push_back(i);
    }
    std::size_t count = 0;
    for (auto merge = merges.rbegin(); merge != merges.rend(); ++merge) {
      count += push_merge(*merge, depth);
    }
    for (Index i = object + 1; i < at(object).after; i = at(i).after) {
      if (at(i).merges) continue;
      push_key(tree_.outline.key_of(at(i)));
      push(i, depth);
      ++count;
    }
    return count;
  }

  std::size_t push_merge(Index merge, std::int64_t depth) {
    const bool outermost = !std::exchange(copying_, true);
    if (outermost) alias_begin_ = at(merge).begin;
    std::vector<Index> sources{tree_.outline.resolved(merge)};
    if (at(sources.front()).kind == Kind::array) {
      const Index list = std::exchange(sources, {}).front();
      for (Index i = list + 1; i < at(list).after; i = at(i).after) {
        sources.push_back(tree_.outline.resolved(i));
      }
    }
    require_depth(depth + 1);
    std::size_t count = 0;
    for (auto source = sources.rbegin(); source != sources.rend(); ++source) {
      if (at(*source).kind != Kind::object) {
        faults_.invalid(at(merge).begin, "a merge (<<) needs a mapping or a list of mappings",
                        "put << in quotes to make it a key");
      }
      charge(kCostOfValue);
      count += push_members(*source, depth + 1);
    }
    if (outermost) copying_ = false;
    return count;
  }

  void push_key(std::string_view key) {
    charge(key.size());
    stack_.push_key(key);
  }

  void push_scalar(const json::value& value) {
    charge(kCostOfValue);
    switch (value.kind()) {
      case json::kind::string:
        charge(value.get_string().size());
        return stack_.push_string(value.get_string());
      case json::kind::int64:
        return stack_.push_int64(value.get_int64());
      case json::kind::uint64:
        return stack_.push_uint64(value.get_uint64());
      case json::kind::double_:
        return stack_.push_double(value.get_double());
      case json::kind::bool_:
        return stack_.push_bool(value.get_bool());
      default:
        return stack_.push_null();
    }
  }

  void charge(std::size_t cost) {
    if (!copying_) return;
    copied_ += cost;
    if (copied_ > static_cast<std::size_t>(limits_.input_bytes)) {
      faults_.too_large(alias_begin_, limits_.input_bytes);
    }
  }

  void require_depth(std::int64_t depth) const {
    if (depth > limits_.json_depth) faults_.too_deep(alias_begin_, limits_.json_depth);
  }

  const YamlTree& tree_;
  const YamlFaults& faults_;
  const Limits& limits_;
  json::value_stack stack_;
  bool copying_ = false;
  std::size_t alias_begin_ = 0;
  std::size_t copied_ = 0;
};

}  // namespace

Document read_yaml(std::string text, std::string name, const Limits& limits) {
  require_readable(text, name, limits);
  auto state = std::make_unique<Document::State>();
  state->format = Document::Format::yaml;
  state->name = std::move(name);
  state->text = std::move(text);
  YamlTree tree = read_yaml_tree(state->text, state->name, limits);
  if (tree.outline.empty()) {
    tree.scalars.emplace_back(nullptr);
    tree.outline.scalar(0);
  }
  const YamlFaults faults(state->text, state->name);
  state->value = ValueBuilder(tree, faults, limits).build();
  state->outline = std::move(tree.outline);
  state->findings = duplicate_key_findings(*state, limits);
  return Document(std::move(state));
}

}  // namespace ratchet
