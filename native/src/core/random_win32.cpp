#include <windows.h>
// After windows.h, whose types it uses.
#include <bcrypt.h>

#include <algorithm>
#include <cerrno>
#include <limits>

#include "core/error.h"
#include "core/random.h"

namespace ratchet {
namespace {

class SystemRandom final : public Random {
 public:
  void fill(std::span<std::byte> bytes) override {
    constexpr std::size_t kMost = std::numeric_limits<ULONG>::max();
    while (!bytes.empty()) {
      const std::size_t piece = std::min(bytes.size(), kMost);
      if (!BCRYPT_SUCCESS(BCryptGenRandom(nullptr, reinterpret_cast<PUCHAR>(bytes.data()),
                                          static_cast<ULONG>(piece),
                                          BCRYPT_USE_SYSTEM_PREFERRED_RNG))) {
        throw system_error(EIO, "read", "the system's random generator");
      }
      bytes = bytes.subspan(piece);
    }
  }
};

}  // namespace

Random& system_random() {
  static SystemRandom random;
  return random;
}

}  // namespace ratchet
