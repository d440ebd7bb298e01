// Ids for objects that cross the C interface: a stale or foreign one is recognised, never followed.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace ratchet {

/// A table of shared objects of one kind. An id holds the kind (8 bits), a slot (24) and the slot's
/// generation (32), so that an id that was released stays invalid though its slot is used again:
/// until 2^32 objects later. Thread-safe; what find() returned stays alive while the caller holds
/// it.
template <class T>
class HandleTable {
 public:
  explicit HandleTable(std::uint8_t kind) : kind_(kind) {}

  /// 0 when 2^24 objects are alive.
  [[nodiscard]] std::uint64_t add(std::shared_ptr<T> object) {
    const std::lock_guard lock(mutex_);
    std::uint32_t index = 0;
    if (!free_.empty()) {
      index = free_.back();
      free_.pop_back();
    } else {
      if (slots_.size() >= kMostSlots) return 0;
      index = static_cast<std::uint32_t>(slots_.size());
      slots_.emplace_back();
    }
    slots_[index].object = std::move(object);
    return id_of(index, slots_[index].generation);
  }

  [[nodiscard]] std::shared_ptr<T> find(std::uint64_t id) const {
    const std::lock_guard lock(mutex_);
    const Slot* slot = slot_of(id);
    return slot == nullptr ? nullptr : slot->object;
  }

  /// Takes the object out; null when the id names none (any more).
  [[nodiscard]] std::shared_ptr<T> remove(std::uint64_t id) {
    const std::lock_guard lock(mutex_);
    Slot* slot = const_cast<Slot*>(slot_of(id));  // NOLINT: the table itself is not const here
    if (slot == nullptr) return nullptr;
    std::shared_ptr<T> object = std::move(slot->object);
    slot->object = nullptr;
    ++slot->generation;
    free_.push_back(index_of(id));
    return object;
  }

  [[nodiscard]] std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return slots_.size() - free_.size();
  }

 private:
  static constexpr std::size_t kMostSlots = std::size_t{1} << 24;
  static constexpr unsigned kKindShift = 56;
  static constexpr unsigned kIndexShift = 32;

  struct Slot {
    std::shared_ptr<T> object;
    std::uint32_t generation = 1;
  };

  [[nodiscard]] std::uint64_t id_of(std::uint32_t index, std::uint32_t generation) const {
    return (std::uint64_t{kind_} << kKindShift) | (std::uint64_t{index} << kIndexShift) |
           generation;
  }
  [[nodiscard]] static std::uint32_t index_of(std::uint64_t id) {
    return static_cast<std::uint32_t>((id >> kIndexShift) & (kMostSlots - 1));
  }
  [[nodiscard]] const Slot* slot_of(std::uint64_t id) const {
    if ((id >> kKindShift) != kind_) return nullptr;
    const std::uint32_t index = index_of(id);
    if (index >= slots_.size()) return nullptr;
    const Slot& slot = slots_[index];
    if (slot.object == nullptr || slot.generation != static_cast<std::uint32_t>(id)) return nullptr;
    return &slot;
  }

  const std::uint8_t kind_;
  mutable std::mutex mutex_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
};

}  // namespace ratchet
