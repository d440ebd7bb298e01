// The memory that an engine shares with its watchdog: which children live.
#pragma once

#include <sys/types.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace ratchet {

/// As many children as one engine can have guarded at once; those beyond run unguarded.
inline constexpr std::size_t kGuardedChildren = 4096;

/// One slot: 0 while it is free, else the child's number (from 1 on) in the upper half and its
/// process group in the lower one; the group is 0 while the start is under way.
using ChildSlot = std::atomic<std::uint64_t>;
static_assert(ChildSlot::is_always_lock_free, "two processes share it");

using ChildTable = std::array<ChildSlot, kGuardedChildren>;

struct GuardedChild {
  std::uint32_t number = 0;
  pid_t group = 0;
};

constexpr std::uint64_t packed(const GuardedChild& child) {
  return std::uint64_t{child.number} << 32U | static_cast<std::uint32_t>(child.group);
}

constexpr GuardedChild unpacked(std::uint64_t slot) {
  return {static_cast<std::uint32_t>(slot >> 32U),
          static_cast<pid_t>(static_cast<std::uint32_t>(slot))};
}

/// Descriptors that the watchdog is started with: the reading end of a pipe that ends with the
/// engine's process, and the table.
inline constexpr int kWatchdogPipe = 0;
inline constexpr int kWatchdogTable = 3;
/// Its first argument; the second one is ChildMarks::launcher().
inline constexpr const char* kWatchdogMode = "watch-children";

}  // namespace ratchet
