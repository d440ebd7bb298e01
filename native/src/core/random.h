// Randomness as a seam.
#pragma once

#include <cstddef>
#include <span>

namespace ratchet {

/// Thread-safe.
class Random {
 public:
  virtual ~Random() = default;
  /// Fills all of `bytes` with unpredictable bytes. Throws Error{io.error} where the source fails.
  virtual void fill(std::span<std::byte> bytes) = 0;
};

/// The operating system's generator.
[[nodiscard]] Random& system_random();

}  // namespace ratchet
