#include "validation/dependencies/version.h"

#include <algorithm>
#include <charconv>

#include "core/ascii.h"
#include "validation/dependencies/version_parts.h"

namespace ratchet {
namespace {

bool is_identifier_character(char c) {
  return is_digit(c) || is_letter(c) || c == '-';
}

bool is_dot(char c) {
  return c == '.';
}

std::optional<std::vector<std::string>> identifiers(std::string_view text) {
  return version_parts(text, is_dot, is_identifier_character);
}

/// Numbers by value and before words, words by bytes.
int compare_identifiers(const std::string& one, const std::string& other) {
  const auto first = whole_number(one);
  const auto second = whole_number(other);
  if (first && second) return order(*first, *second);
  if (first.has_value() != second.has_value()) return first ? -1 : 1;
  return order(one, other);
}

}  // namespace

std::optional<std::uint64_t> whole_number(std::string_view digits) {
  std::uint64_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [rest, fault] = std::from_chars(digits.data(), end, number);
  if (fault != std::errc() || rest != end) return std::nullopt;
  return number;
}

std::optional<Version> Version::parse(std::string_view text) {
  if (text.starts_with('v') || text.starts_with('V')) text.remove_prefix(1);
  const std::size_t plus = text.find('+');
  if (plus != std::string_view::npos && !identifiers(text.substr(plus + 1))) return std::nullopt;
  text = text.substr(0, plus);
  const std::size_t dash = text.find('-');
  Version version;
  if (dash != std::string_view::npos) {
    auto parts = identifiers(text.substr(dash + 1));
    if (!parts) return std::nullopt;
    version.prerelease = *std::move(parts);
  }
  const auto parts = identifiers(text.substr(0, dash));
  if (!parts) return std::nullopt;
  for (const std::string& part : *parts) {
    const auto number = whole_number(part);
    if (!number) return std::nullopt;
    version.numbers.push_back(*number);
  }
  return version;
}

bool Version::same_release(const Version& other) const {
  for (std::size_t i = 0; i < std::max(numbers.size(), other.numbers.size()); ++i) {
    if (number(i) != other.number(i)) return false;
  }
  return true;
}

int Version::compare(const Version& other) const {
  for (std::size_t i = 0; i < std::max(numbers.size(), other.numbers.size()); ++i) {
    if (const int way = order(number(i), other.number(i)); way != 0) return way;
  }
  if (prerelease.empty() != other.prerelease.empty()) return prerelease.empty() ? 1 : -1;
  const std::size_t both = std::min(prerelease.size(), other.prerelease.size());
  for (std::size_t i = 0; i < both; ++i) {
    const int way = compare_identifiers(prerelease[i], other.prerelease[i]);
    if (way != 0) return way;
  }
  return order(prerelease.size(), other.prerelease.size());
}

}  // namespace ratchet
