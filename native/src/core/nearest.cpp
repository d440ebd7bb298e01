#include "core/nearest.h"

#include <algorithm>
#include <vector>

#include "core/ascii.h"

namespace ratchet {
namespace {

/// Longer names are not compared: a typing slip is short, and the cost is the product of the
/// lengths.
constexpr std::size_t kLongestName = 200;

/// Optimal string alignment distance, by three rolling rows.
std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> before_last(right.size() + 1);
  std::vector<std::size_t> last(right.size() + 1);
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j)
    last[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const char a = lower(left[i - 1]);
      const char b = lower(right[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a == b ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && a == lower(right[j - 2]) && b == lower(left[i - 2]);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[right.size()];
}

}  // namespace

std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> known) {
  if (name.empty() || name.size() > kLongestName) return std::nullopt;
  const std::string* best = nullptr;
  std::size_t best_distance = 0;
  for (const std::string& candidate : known) {
    if (candidate.size() > kLongestName) continue;
    const std::size_t cost = distance(name, candidate);
    if (best == nullptr || cost < best_distance) {
      best = &candidate;
      best_distance = cost;
    }
  }
  if (best == nullptr) return std::nullopt;
  const std::size_t allowed = std::max<std::size_t>(1, std::max(name.size(), best->size()) / 3);
  if (best_distance > allowed) return std::nullopt;
  return *best;
}

std::string did_you_mean(std::string_view name, std::span<const std::string> known) {
  const std::optional<std::string> nearest = nearest_name(name, known);
  if (!nearest) return {};
  return "; did you mean \"" + *nearest + "\"?";
}

}  // namespace ratchet
