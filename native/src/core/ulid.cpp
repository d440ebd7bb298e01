#include "core/ulid.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace ratchet {
namespace {

/// Crockford's base 32, as the ULID specification (github.com/ulid/spec) has it.
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kTimeLetters = 10;
constexpr std::size_t kLetters = 26;
constexpr std::size_t kRandomBytes = 10;
constexpr unsigned kBitsOfLetter = 5;
constexpr std::int64_t kLastTime = (1LL << 48) - 1;

char letter_of(std::uint64_t bits) {
  return kAlphabet[bits & 0x1FU];
}

std::optional<std::uint64_t> bits_of(char letter) {
  if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  const std::size_t found = kAlphabet.find(letter);
  if (found == std::string_view::npos) return std::nullopt;
  return found;
}

}  // namespace

std::string new_ulid(Clock& clock, Random& random) {
  const std::int64_t now =
      std::clamp<std::int64_t>(clock.utc().time_since_epoch().count(), 0, kLastTime);
  std::string id(kLetters, '0');
  auto time = static_cast<std::uint64_t>(now);
  for (std::size_t i = kTimeLetters; i-- > 0; time >>= kBitsOfLetter)
    id[i] = letter_of(time);

  std::array<std::byte, kRandomBytes> bytes{};
  random.fill(bytes);
  std::uint64_t waiting = 0;
  unsigned count = 0;
  std::size_t at = kTimeLetters;
  for (const std::byte byte : bytes) {
    waiting = (waiting << 8U) | std::to_integer<std::uint64_t>(byte);
    for (count += 8; count >= kBitsOfLetter; ++at) {
      count -= kBitsOfLetter;
      id[at] = letter_of(waiting >> count);
    }
  }
  return id;
}

std::optional<UtcTime> ulid_time(std::string_view ulid) {
  if (ulid.size() != kLetters || ulid.front() > '7') return std::nullopt;
  std::uint64_t time = 0;
  for (std::size_t i = 0; i < ulid.size(); ++i) {
    const std::optional<std::uint64_t> bits = bits_of(ulid[i]);
    if (!bits) return std::nullopt;
    if (i < kTimeLetters) time = (time << kBitsOfLetter) | *bits;
  }
  return UtcTime(std::chrono::milliseconds(static_cast<std::int64_t>(time)));
}

}  // namespace ratchet
