#include "validation/schema/assertions.h"

#include <algorithm>
#include <compare>

#include "validation/schema/equality.h"
#include "validation/schema/numbers.h"

namespace ratchet::schema {
namespace {

constexpr std::uint64_t kLongestCodePoint = 4;  // bytes of UTF-8

std::uint64_t code_points(const json::string& text) {
  return static_cast<std::uint64_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // not a continuation byte
  }));
}

}  // namespace

bool holds(const Never& /*never*/, const json::value& /*value*/) {
  return false;
}

bool holds(const TypeIs& type, const json::value& value) {
  return is_of(type.types, value);
}

bool holds(const Const& constant, const json::value& value) {
  return equal(constant.value, value);
}

bool holds(const Enum& allowed, const json::value& value) {
  if (const json::string* text = value.if_string()) return allowed.texts.find(*text) != nullptr;
  if (allowed.by_hash.empty()) return false;
  const std::uint64_t hash = hash_of(value);
  auto row = std::lower_bound(allowed.by_hash.begin(), allowed.by_hash.end(),
                              std::pair<std::uint64_t, std::uint32_t>(hash, 0));
  for (; row != allowed.by_hash.end() && row->first == hash; ++row) {
    if (equal(allowed.values[row->second], value)) return true;
  }
  return false;
}

std::optional<std::uint64_t> count_of(Counted what, const json::value& value) {
  switch (what) {
    case Counted::characters:
      if (const json::string* text = value.if_string()) return code_points(*text);
      break;
    case Counted::items:
      if (const json::array* items = value.if_array()) return items->size();
      break;
    case Counted::properties:
      if (const json::object* members = value.if_object()) return members->size();
      break;
  }
  return std::nullopt;
}

/// A code point takes one byte to four: mostly the size alone decides, whatever the text.
bool holds(const AtLeast& bound, const json::value& value) {
  if (bound.what == Counted::characters && value.is_string()) {
    const std::uint64_t bytes = value.get_string().size();
    if (bytes < bound.count) return false;
    if (bytes / kLongestCodePoint >= bound.count) return true;
  }
  const std::optional<std::uint64_t> count = count_of(bound.what, value);
  return !count || *count >= bound.count;
}

bool holds(const AtMost& bound, const json::value& value) {
  if (bound.what == Counted::characters && value.is_string()) {
    const std::uint64_t bytes = value.get_string().size();
    if (bytes <= bound.count) return true;
    if (bytes / kLongestCodePoint > bound.count) return false;
  }
  const std::optional<std::uint64_t> count = count_of(bound.what, value);
  return !count || *count <= bound.count;
}

bool holds(const Range& range, const json::value& value) {
  if (!value.is_number()) return true;
  const std::strong_ordering order = compare_numbers(value, range.limit);
  switch (range.bound) {
    case Bound::minimum:
      return std::is_gteq(order);
    case Bound::maximum:
      return std::is_lteq(order);
    case Bound::exclusive_minimum:
      return std::is_gt(order);
    case Bound::exclusive_maximum:
      return std::is_lt(order);
  }
  return true;
}

bool holds(const MultipleOf& multiple, const json::value& value) {
  return !value.is_number() || is_multiple_of(value, multiple.divisor);
}

bool holds(const Format& format, const json::value& value) {
  const json::string* text = value.if_string();
  return text == nullptr || format.row->is_valid(*text);
}

}  // namespace ratchet::schema
