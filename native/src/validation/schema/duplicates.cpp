#include "validation/schema/duplicates.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "validation/schema/equality.h"

namespace ratchet::schema {
namespace {

/// Up to here comparing all pairs costs less than hashing.
constexpr std::size_t kShortArray = 8;

using Row = std::pair<std::uint64_t, std::size_t>;  // hash and index

/// Compares each of a run of equal hashes with those before it.
std::optional<Duplicate> duplicate_in_run(const json::array& items, const Row* begin,
                                          const Row* end, const std::function<bool()>& charge) {
  for (const Row* later = begin; later != end; ++later) {
    for (const Row* earlier = begin; earlier != later; ++earlier) {
      if (!charge()) return std::nullopt;
      if (equal(items[earlier->second], items[later->second])) {
        return Duplicate{earlier->second, later->second};
      }
    }
  }
  return std::nullopt;
}

std::optional<Duplicate> duplicate_by_hash(const json::array& items,
                                           const std::function<bool()>& charge) {
  std::vector<Row> rows;
  rows.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i)
    rows.emplace_back(hash_of(items[i]), i);
  std::sort(rows.begin(), rows.end());
  std::optional<Duplicate> found;
  for (const Row *run = rows.data(), *const end = run + rows.size(); run != end;) {
    const Row* const run_end =
        std::find_if(run, end, [&](const Row& row) { return row.first != run->first; });
    const std::optional<Duplicate> here = duplicate_in_run(items, run, run_end, charge);
    if (here && (!found || here->second < found->second)) found = here;
    run = run_end;
  }
  return found;
}

std::optional<Duplicate> duplicate_in_pairs(const json::array& items) {
  for (std::size_t later = 1; later < items.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      if (equal(items[earlier], items[later])) return Duplicate{earlier, later};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Duplicate> find_duplicate(const json::array& items,
                                        const std::function<bool()>& charge) {
  return items.size() <= kShortArray ? duplicate_in_pairs(items) : duplicate_by_hash(items, charge);
}

}  // namespace ratchet::schema
