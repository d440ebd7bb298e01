#include "parallel/backoff.h"

#include <algorithm>
#include <span>

namespace ratchet {

std::chrono::milliseconds wait_after(const Backoff& backoff, std::int64_t attempt, Random& random) {
  if (!backoff.exponential) return backoff.base;
  std::chrono::milliseconds longest = std::min(backoff.base, backoff.cap);
  for (std::int64_t i = 1; i < attempt; ++i)
    longest = std::min(longest * 2, backoff.cap);
  std::uint32_t number = 0;
  random.fill(std::as_writable_bytes(std::span(&number, 1)));
  const std::chrono::milliseconds half = longest / 2;
  return longest - std::chrono::milliseconds(number % (half.count() + 1));
}

}  // namespace ratchet
