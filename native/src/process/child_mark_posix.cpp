#include "process/child_mark_posix.h"

#include <algorithm>
#include <utility>

namespace ratchet {

ChildMarks::ChildMarks(std::string launcher, std::string_view inherited)
    : launcher_(std::move(launcher)), outer_(inherited) {
  if (!outer_.empty()) outer_ += ':';
}

std::string ChildMarks::mark(std::uint32_t child) const {
  return launcher_ + "." + std::to_string(child);
}

bool ChildMarks::holds(std::string_view value, std::string_view mark) {
  while (!value.empty()) {
    const std::string_view part = value.substr(0, value.find(':'));
    if (part == mark) return true;
    value.remove_prefix(std::min(part.size() + 1, value.size()));
  }
  return false;
}

}  // namespace ratchet
