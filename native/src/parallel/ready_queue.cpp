#include "parallel/ready_queue.h"

#include <algorithm>

#include "core/nearest.h"
#include "core/text.h"

namespace ratchet {

ReadyQueue::ReadyQueue(std::span<const Action> actions, const ActionGraph& graph,
                       std::size_t at_once, const PoolSizes& pools)
    : graph_(graph), room_(at_once) {
  std::map<std::string_view, std::size_t> numbers{{"", 0}};
  pools_.push_back({{}, actions.size()});
  for (const auto& [name, size] : pools) {
    numbers.emplace(name, pools_.size());
    pools_.push_back({{}, size});
  }
  pool_of_.reserve(actions.size());
  for (const Action& action : actions) {
    const auto number = numbers.find(action.pool);
    if (number == numbers.end()) {
      std::vector<std::string> known;
      for (const auto& [name, size] : pools)
        known.push_back(name);
      throw Error("parallel.unknown_pool", "action " + in_quotes(action.name) +
                                               " belongs to the pool " + in_quotes(action.pool) +
                                               ", which has no size" +
                                               did_you_mean(action.pool, known))
          .hint("name it in pools");
    }
    pool_of_.push_back(number->second);
  }
}

void ReadyQueue::push(std::size_t action) {
  pools_[pool_of_[action]].waiting.emplace(-graph_.time_to_end(action).count(), action);
}

std::optional<std::size_t> ReadyQueue::take() {
  if (room_ == 0) return std::nullopt;
  Pool* best = nullptr;
  for (Pool& pool : pools_) {
    if (pool.room == 0 || pool.waiting.empty()) continue;
    if (best == nullptr || *pool.waiting.begin() < *best->waiting.begin()) best = &pool;
  }
  if (best == nullptr) return std::nullopt;
  const std::size_t action = best->waiting.begin()->second;
  best->waiting.erase(best->waiting.begin());
  --best->room;
  --room_;
  return action;
}

void ReadyQueue::release(std::size_t action) {
  ++pools_[pool_of_[action]].room;
  ++room_;
}

std::vector<std::size_t> ReadyQueue::clear() {
  std::vector<std::size_t> all;
  for (Pool& pool : pools_) {
    for (const auto& [key, action] : pool.waiting)
      all.push_back(action);
    pool.waiting.clear();
  }
  return all;
}

}  // namespace ratchet
