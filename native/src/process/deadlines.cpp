#include "process/deadlines.h"

namespace ratchet {

void Deadlines::set(std::size_t id, std::optional<SteadyTime> time) {
  if (const auto before = times_.find(id); before != times_.end()) {
    if (time == before->second) return;
    order_.erase({before->second, id});
    times_.erase(before);
  }
  if (!time) return;
  order_.emplace(*time, id);
  times_.emplace(id, *time);
}

std::optional<SteadyTime> Deadlines::earliest() const {
  if (order_.empty()) return std::nullopt;
  return order_.begin()->first;
}

std::optional<std::size_t> Deadlines::take_due(SteadyTime now) {
  if (order_.empty() || order_.begin()->first > now) return std::nullopt;
  const std::size_t id = order_.begin()->second;
  set(id, std::nullopt);
  return id;
}

}  // namespace ratchet
