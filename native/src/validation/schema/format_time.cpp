#include <array>
#include <optional>

#include "validation/schema/characters.h"
#include "validation/schema/format_functions.h"

namespace ratchet::schema {
namespace {

constexpr int kMinutesPerHour = 60;
constexpr int kMinutesPerDay = 24 * kMinutesPerHour;
constexpr int kLastMinuteOfDay = kMinutesPerDay - 1;

/// Exactly so many digits off the front, as a number.
std::optional<int> take_number(std::string_view& rest, std::size_t digits) {
  if (rest.size() < digits || !all_of(rest.substr(0, digits), is_digit)) return std::nullopt;
  int value = 0;
  for (const char c : rest.substr(0, digits))
    value = value * 10 + (c - '0');
  rest.remove_prefix(digits);
  return value;
}

bool take(std::string_view& rest, char c) {
  if (rest.empty() || rest.front() != c) return false;
  rest.remove_prefix(1);
  return true;
}

int days_in(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays.at(static_cast<std::size_t>(month - 1));
}

/// Minutes east of UTC.
std::optional<int> offset_of(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  const bool west = text.starts_with('-');
  if (!west && !text.starts_with('+')) return std::nullopt;
  text.remove_prefix(1);
  const std::optional<int> hours = take_number(text, 2);
  if (!hours || *hours > 23 || !take(text, ':')) return std::nullopt;
  const std::optional<int> minutes = take_number(text, 2);
  if (!minutes || *minutes > 59 || !text.empty()) return std::nullopt;
  const int offset = *hours * kMinutesPerHour + *minutes;
  return west ? -offset : offset;
}

/// One or more `<digits><unit>` in the order of `units`, each unit after the first following its
/// neighbour at once (`1Y2D` skips the months and is none).
bool is_chain(std::string_view& rest, std::string_view units) {
  std::size_t next = 0;
  bool any = false;
  while (!rest.empty() && is_digit(rest.front())) {
    while (!rest.empty() && is_digit(rest.front()))
      rest.remove_prefix(1);
    if (rest.empty()) return false;
    const std::size_t unit = units.find(rest.front());
    if (unit == std::string_view::npos || unit < next || (any && unit != next)) return false;
    rest.remove_prefix(1);
    next = unit + 1;
    any = true;
  }
  return any;
}

}  // namespace

bool is_date(std::string_view text) {
  const std::optional<int> year = take_number(text, 4);
  if (!year || !take(text, '-')) return false;
  const std::optional<int> month = take_number(text, 2);
  if (!month || *month < 1 || *month > 12 || !take(text, '-')) return false;
  const std::optional<int> day = take_number(text, 2);
  return day && text.empty() && *day >= 1 && *day <= days_in(*year, *month);
}

bool is_time(std::string_view text) {
  const std::optional<int> hour = take_number(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return false;
  const std::optional<int> minute = take_number(text, 2);
  if (!minute || *minute > 59 || !take(text, ':')) return false;
  const std::optional<int> second = take_number(text, 2);
  if (!second || *second > 60) return false;
  if (take(text, '.')) {
    if (text.empty() || !is_digit(text.front())) return false;
    while (!text.empty() && is_digit(text.front()))
      text.remove_prefix(1);
  }
  const std::optional<int> offset = offset_of(text);
  if (!offset) return false;
  if (*second < 60) return true;
  // A leap second ends a day of UTC.
  const int utc = *hour * kMinutesPerHour + *minute - *offset + kMinutesPerDay;
  return utc % kMinutesPerDay == kLastMinuteOfDay;
}

bool is_date_time(std::string_view text) {
  constexpr std::size_t kDateSize = 10;
  if (text.size() <= kDateSize) return false;
  const char separator = text[kDateSize];
  return (separator == 'T' || separator == 't') && is_date(text.substr(0, kDateSize)) &&
         is_time(text.substr(kDateSize + 1));
}

bool is_duration(std::string_view text) {
  if (!take(text, 'P')) return false;
  if (text.ends_with('W')) {
    text.remove_suffix(1);
    return !text.empty() && all_of(text, is_digit);
  }
  const bool date = is_chain(text, "YMD");
  if (text.empty()) return date;
  return take(text, 'T') && is_chain(text, "HMS") && text.empty();
}

}  // namespace ratchet::schema
