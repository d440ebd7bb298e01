// What must run before what.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "parallel/action.h"

namespace ratchet {

/// The needs of a run's actions, by index. Immutable.
class ActionGraph {
 public:
  /// Throws Error{parallel.duplicate_name, parallel.unknown_need (with the nearest name),
  /// parallel.circular_needs (with the circle)}.
  explicit ActionGraph(std::span<const Action> actions);

  [[nodiscard]] std::size_t size() const { return needs_.size(); }
  [[nodiscard]] std::span<const std::size_t> needs(std::size_t action) const {
    return needs_[action];
  }
  [[nodiscard]] std::span<const std::size_t> dependants(std::size_t action) const {
    return dependants_[action];
  }
  /// The expected time from the action's begin to the end of the longest chain that waits for it
  /// (the critical path; Graham 1969: the longest first is at most 4/3 of the best order).
  [[nodiscard]] std::chrono::milliseconds time_to_end(std::size_t action) const {
    return time_to_end_[action];
  }

 private:
  void connect(std::span<const Action> actions);
  [[nodiscard]] std::vector<std::size_t> order_of(std::span<const Action> actions) const;

  std::vector<std::vector<std::size_t>> needs_;
  std::vector<std::vector<std::size_t>> dependants_;
  std::vector<std::chrono::milliseconds> time_to_end_;
};

}  // namespace ratchet
