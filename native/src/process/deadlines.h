// What is due when, for many children.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "core/clock.h"

namespace ratchet {

/// At most one time for each id. Reads no clock. Not thread-safe.
class Deadlines {
 public:
  /// Replaces the time of this id; with nothing, it has none.
  void set(std::size_t id, std::optional<SteadyTime> time);
  [[nodiscard]] std::optional<SteadyTime> earliest() const;
  /// One id whose time has come, the earliest first; it has none any more then.
  [[nodiscard]] std::optional<std::size_t> take_due(SteadyTime now);

 private:
  std::set<std::pair<SteadyTime, std::size_t>> order_;
  std::map<std::size_t, SteadyTime> times_;
};

}  // namespace ratchet
