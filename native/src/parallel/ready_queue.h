// Who may start next.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "parallel/action_graph.h"

namespace ratchet {

/// How many actions of a pool may run at once, by the pool's name.
using PoolSizes = std::map<std::string, std::size_t, std::less<>>;

/// Actions that wait for room: the one with the longest way to the end first, the earlier one of
/// equals. At most `at_once` are out of it at a time, and at most a pool's size of each pool.
class ReadyQueue {
 public:
  /// Both must outlive it. Throws Error{parallel.unknown_pool} for an action of a pool that has no
  /// size.
  ReadyQueue(std::span<const Action> actions, const ActionGraph& graph, std::size_t at_once,
             const PoolSizes& pools);

  void push(std::size_t action);
  /// The next one that has room, which is taken; nothing where there is none.
  [[nodiscard]] std::optional<std::size_t> take();
  /// Gives the room of a taken one back.
  void release(std::size_t action);
  /// All that wait, in their order; none waits then.
  [[nodiscard]] std::vector<std::size_t> clear();

 private:
  /// Of the pool of that number; 0 are those without a pool.
  struct Pool {
    std::set<std::pair<std::int64_t, std::size_t>> waiting;  ///< (minus time to the end, action)
    std::size_t room = 0;
  };

  const ActionGraph& graph_;
  std::vector<Pool> pools_;
  std::vector<std::size_t> pool_of_;
  std::size_t room_;
};

}  // namespace ratchet
