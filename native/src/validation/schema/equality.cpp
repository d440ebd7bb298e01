#include "validation/schema/equality.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <functional>
#include <string_view>

#include "validation/schema/numbers.h"

namespace ratchet::schema {
namespace {

// Odd constants that keep the kinds apart; from the fractional digits of pi.
constexpr std::uint64_t kSeedNull = 0x243F6A8885A308D3U;
constexpr std::uint64_t kSeedBoolean = 0x13198A2E03707345U;
constexpr std::uint64_t kSeedNumber = 0xA4093822299F31D1U;
constexpr std::uint64_t kSeedArray = 0x082EFA98EC4E6C89U;
constexpr std::uint64_t kSeedObject = 0x452821E638D01377U;
constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15U;  // 2^64 divided by the golden ratio
constexpr unsigned kShift = 32;

std::uint64_t mix(std::uint64_t state, std::uint64_t part) {
  state = (state ^ part) * kMultiplier;
  return state ^ (state >> kShift);
}

/// Equal numbers round to the same double, whatever they are stored as.
std::uint64_t hash_number(const json::value& number) {
  const auto rounded = number.to_number<double>();
  return mix(kSeedNumber, std::hash<double>{}(rounded == 0 ? 0.0 : rounded));
}

bool equal_arrays(const json::array& left, const json::array& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), equal);
}

bool equal_objects(const json::object& left, const json::object& right) {
  if (left.size() != right.size()) return false;
  return std::all_of(left.begin(), left.end(), [&](const json::key_value_pair& member) {
    const json::value* other = right.if_contains(member.key());
    return other != nullptr && equal(member.value(), *other);
  });
}

}  // namespace

bool equal_values(const json::value& left, const json::value& right) {
  if (left.is_number() && right.is_number()) return std::is_eq(compare_numbers(left, right));
  if (left.kind() != right.kind()) return false;
  switch (left.kind()) {
    case json::kind::null:
      return true;
    case json::kind::bool_:
      return left.get_bool() == right.get_bool();
    case json::kind::array:
      return equal_arrays(left.get_array(), right.get_array());
    case json::kind::object:
      return equal_objects(left.get_object(), right.get_object());
    default:
      return false;  // texts and numbers were compared above
  }
}

std::uint64_t hash_of(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return kSeedNull;
    case json::kind::bool_:
      return mix(kSeedBoolean, value.get_bool() ? 1 : 0);
    case json::kind::string:
      return std::hash<std::string_view>{}(value.get_string());
    case json::kind::array: {
      std::uint64_t state = kSeedArray;
      for (const json::value& item : value.get_array())
        state = mix(state, hash_of(item));
      return state;
    }
    case json::kind::object: {
      // A sum, because the order of members must not show.
      std::uint64_t sum = kSeedObject;
      for (const json::key_value_pair& member : value.get_object()) {
        const std::string_view key(member.key().data(), member.key().size());
        sum += mix(std::hash<std::string_view>{}(key), hash_of(member.value()));
      }
      return sum;
    }
    default:
      return hash_number(value);
  }
}

}  // namespace ratchet::schema
