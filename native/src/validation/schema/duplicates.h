// The first item of an array that equals an earlier one.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "core/json.h"

namespace ratchet::schema {

struct Duplicate {
  std::size_t first = 0;
  std::size_t second = 0;  ///< the later one
};

/// Equality as in equality.h; found by hash, O(n log n) unless the items were made to collide. Each
/// comparison asks `charge` first; where that says no, nothing is found.
[[nodiscard]] std::optional<Duplicate> find_duplicate(const json::array& items,
                                                      const std::function<bool()>& charge);

}  // namespace ratchet::schema
