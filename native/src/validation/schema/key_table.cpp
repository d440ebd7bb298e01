#include "validation/schema/key_table.h"

#include <algorithm>
#include <utility>

namespace ratchet::schema {
namespace {

/// More rows than this do not find a slot each.
constexpr std::size_t kMostInSlots = 48;
constexpr int kSeedsTried = 64;
constexpr std::uint32_t kNoRow = UINT32_MAX;
/// 2^32 divided by the golden ratio: multiples of it spread well.
constexpr std::uint32_t kFirstSeed = 0x9E3779B1U;

/// By size first, which is cheaper to compare.
bool precedes(std::string_view left, std::string_view right) {
  return left.size() != right.size() ? left.size() < right.size() : left < right;
}

}  // namespace

KeyTable::KeyTable(std::vector<Row> rows) : rows_(std::move(rows)) {
  if (rows_.size() <= kMostInSlots) find_seed();
  if (!slots_.empty()) return;
  for (std::uint32_t i = 0; i < rows_.size(); ++i)
    sorted_.push_back(i);
  std::sort(sorted_.begin(), sorted_.end(), [&](std::uint32_t left, std::uint32_t right) {
    return precedes(rows_[left].key, rows_[right].key);
  });
}

void KeyTable::find_seed() {
  std::uint32_t seed = kFirstSeed;
  for (int tried = 0; tried < kSeedsTried; ++tried, seed += 2 * kFirstSeed) {
    std::vector<std::uint32_t> slots(std::size_t{1} << kSlotBits, kNoRow);
    bool free = true;
    for (std::uint32_t i = 0; i < rows_.size() && free; ++i) {
      std::uint32_t& slot = slots[slot_of(rows_[i].key, seed)];
      free = slot == kNoRow;
      slot = i;
    }
    if (!free) continue;
    slots_ = std::move(slots);
    seed_ = seed;
    return;
  }
}

const KeyTable::Row* KeyTable::find_sorted(std::string_view key) const {
  const auto found = std::lower_bound(
      sorted_.begin(), sorted_.end(), key,
      [&](std::uint32_t row, std::string_view name) { return precedes(rows_[row].key, name); });
  if (found == sorted_.end() || !same_text(rows_[*found].key, key)) return nullptr;
  return &rows_[*found];
}

bool has_key(const json::object& object, std::string_view key, std::size_t& next) {
  const std::size_t end = std::min(next + 2, object.size());
  for (std::size_t i = next; i < end; ++i) {
    if (!same_text((object.begin() + i)->key(), key)) continue;
    next = i + 1;
    return true;
  }
  const auto* const found = object.find(key);
  if (found == object.end()) return false;
  next = static_cast<std::size_t>(found - object.begin()) + 1;
  return true;
}

}  // namespace ratchet::schema
