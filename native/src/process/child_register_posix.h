// What the children of one launcher have in common: marks, the table of those alive, a watchdog.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "core/descriptor_posix.h"
#include "process/child_mark_posix.h"
#include "process/child_table_layout.h"
#include "process/watchdog_posix.h"

namespace ratchet {

/// A child's place in the register, from before its start until its group is gone. Movable; the
/// register must outlive it.
class Registration {
 public:
  Registration(std::uint32_t number, ChildSlot* slot) : number_(number), slot_(slot) {}
  Registration(Registration&& other) noexcept;
  Registration(const Registration&) = delete;
  Registration& operator=(const Registration&) = delete;
  Registration& operator=(Registration&&) = delete;
  ~Registration();

  [[nodiscard]] std::uint32_t number() const { return number_; }
  /// Its process group, as soon as that is known.
  void set_group(pid_t group);

 private:
  std::uint32_t number_;
  ChildSlot* slot_;  // null for a child without one
};

/// Thread-safe.
class ChildRegister {
 public:
  /// Without a watchdog's program nothing is shared with anybody.
  explicit ChildRegister(std::optional<std::filesystem::path> watchdog);
  ChildRegister(const ChildRegister&) = delete;
  ChildRegister& operator=(const ChildRegister&) = delete;
  ~ChildRegister();

  [[nodiscard]] const ChildMarks& marks() const { return marks_; }
  /// For a child that is about to be started. Where the watchdog does not start, or more than
  /// kGuardedChildren live, it is not guarded.
  [[nodiscard]] Registration enter();
  /// Starts the watchdog with the first child, and anew where somebody has killed it.
  void keep_watched();

 private:
  [[nodiscard]] bool map_table();
  [[nodiscard]] ChildSlot* take_slot(std::uint32_t number);

  const std::optional<std::filesystem::path> program_;
  const ChildMarks marks_;
  std::atomic<std::uint32_t> next_number_ = 1;
  std::atomic<std::size_t> next_slot_ = 0;
  std::atomic<ChildTable*> table_ = nullptr;
  std::mutex mutex_;  // of what follows
  Descriptor memory_;
  std::optional<Watchdog> watchdog_;
};

}  // namespace ratchet
