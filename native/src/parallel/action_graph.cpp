#include "parallel/action_graph.h"

#include <algorithm>
#include <unordered_map>

#include "core/nearest.h"
#include "core/text.h"

namespace ratchet {
namespace {

using Indices = std::unordered_map<std::string_view, std::size_t>;

Indices index_of(std::span<const Action> actions) {
  Indices indices;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (indices.emplace(actions[i].name, i).second) continue;
    throw Error("parallel.duplicate_name",
                "two actions have the name " + in_quotes(actions[i].name))
        .hint("give each action a name of its own");
  }
  return indices;
}

Error unknown_need(std::span<const Action> actions, const Action& action, const std::string& need) {
  std::vector<std::string> names;
  names.reserve(actions.size());
  for (const Action& each : actions)
    names.push_back(each.name);
  return {"parallel.unknown_need", "action " + in_quotes(action.name) + " needs " +
                                       in_quotes(need) + ", which is no action of this run" +
                                       did_you_mean(need, names)};
}

/// One circle among actions that each have a need among them, as `"a" needs "b" needs "a"`.
std::string circle(std::span<const Action> actions, const std::vector<bool>& is_left,
                   const std::vector<std::vector<std::size_t>>& needs) {
  std::vector<std::size_t> way;
  auto at = static_cast<std::size_t>(
      std::distance(is_left.begin(), std::find(is_left.begin(), is_left.end(), true)));
  // Each of them needs another one of them, so this walk comes back to where it was.
  while (std::find(way.begin(), way.end(), at) == way.end()) {
    way.push_back(at);
    at = *std::find_if(needs[at].begin(), needs[at].end(),
                       [&](std::size_t need) { return is_left[need]; });
  }
  std::string text;
  for (auto each = std::find(way.begin(), way.end(), at); each != way.end(); ++each)
    text += in_quotes(actions[*each].name) + " needs ";
  return text + in_quotes(actions[at].name);
}

}  // namespace

ActionGraph::ActionGraph(std::span<const Action> actions)
    : needs_(actions.size()), dependants_(actions.size()), time_to_end_(actions.size()) {
  connect(actions);
  const std::vector<std::size_t> order = order_of(actions);
  for (auto action = order.rbegin(); action != order.rend(); ++action) {
    for (const std::size_t dependant : dependants_[*action])
      time_to_end_[*action] = std::max(time_to_end_[*action], time_to_end_[dependant]);
    time_to_end_[*action] += actions[*action].expected;
  }
}

void ActionGraph::connect(std::span<const Action> actions) {
  const Indices indices = index_of(actions);
  for (std::size_t i = 0; i < actions.size(); ++i) {
    for (const std::string& need : actions[i].needs) {
      const auto found = indices.find(need);
      if (found == indices.end()) throw unknown_need(actions, actions[i], need);
      needs_[i].push_back(found->second);
      dependants_[found->second].push_back(i);
    }
  }
}

/// Each action behind all that it needs (Kahn 1962).
std::vector<std::size_t> ActionGraph::order_of(std::span<const Action> actions) const {
  std::vector<std::size_t> open(size());
  std::vector<std::size_t> order;
  order.reserve(size());
  for (std::size_t i = 0; i < size(); ++i) {
    open[i] = needs_[i].size();
    if (open[i] == 0) order.push_back(i);
  }
  for (std::size_t next = 0; next < order.size(); ++next) {
    for (const std::size_t dependant : dependants_[order[next]]) {
      if (--open[dependant] == 0) order.push_back(dependant);
    }
  }
  if (order.size() == size()) return order;
  std::vector<bool> is_left(size(), true);
  for (const std::size_t action : order)
    is_left[action] = false;
  throw Error("parallel.circular_needs",
              "actions wait for each other: " + circle(actions, is_left, needs_))
      .hint("take one of these needs away");
}

}  // namespace ratchet
