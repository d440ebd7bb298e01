#include <cstdint>

#include "validation/schema/characters.h"
#include "validation/schema/format_functions.h"

namespace ratchet::schema {
namespace {

constexpr std::size_t kLongestLabel = 63;
constexpr std::size_t kLongestHostname = 253;
constexpr std::size_t kLongestLocalPart = 64;  // RFC 5321 §4.5.3.1.1

bool is_label(std::string_view label) {
  const auto allowed = [](char c) { return is_letter(c) || is_digit(c) || c == '-'; };
  return !label.empty() && label.size() <= kLongestLabel && label.front() != '-' &&
         label.back() != '-' && all_of(label, allowed);
}

/// RFC 5322 §3.2.3.
bool is_atom_character(char c) {
  return is_letter(c) || is_digit(c) ||
         std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool is_dot_string(std::string_view text) {
  while (true) {
    const std::size_t dot = text.find('.');
    const std::string_view atom = text.substr(0, dot);
    if (atom.empty() || !all_of(atom, is_atom_character)) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

/// What stands between the quotes of a quoted local part.
bool is_quoted_content(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '\\';
    if (escape && ++i == text.size()) return false;
    if (text[i] < ' ' || text[i] > '~' || (!escape && text[i] == '"')) return false;
  }
  return true;
}

bool is_address_literal(std::string_view text) {
  constexpr std::string_view kIpv6Tag = "IPv6:";
  if (text.starts_with(kIpv6Tag)) return is_ipv6(text.substr(kIpv6Tag.size()));
  return is_ipv4(text);
}

}  // namespace

bool is_hostname(std::string_view text) {
  if (text.empty() || text.size() > kLongestHostname || text.ends_with('.')) return false;
  while (!text.empty()) {
    if (!is_label(take_before(text, '.'))) return false;
  }
  return true;
}

bool is_email(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > kLongestLocalPart) return false;
  const std::string_view local = text.substr(0, at);
  const std::string_view domain = text.substr(at + 1);
  const bool quoted = local.size() >= 2 && local.starts_with('"') && local.ends_with('"');
  const bool local_fits =
      quoted ? is_quoted_content(local.substr(1, local.size() - 2)) : is_dot_string(local);
  if (!local_fits) return false;
  if (domain.starts_with('[') && domain.ends_with(']')) {
    return is_address_literal(domain.substr(1, domain.size() - 2));
  }
  return is_hostname(domain);
}

bool is_ipv4(std::string_view text) {
  constexpr int kParts = 4;
  constexpr int kLargestPart = 255;
  if (text.ends_with('.')) return false;
  int parts = 0;
  while (!text.empty()) {
    const std::string_view part = take_before(text, '.');
    if (part.empty() || part.size() > 3 || !all_of(part, is_digit)) return false;
    if (part.size() > 1 && part.front() == '0') return false;
    int value = 0;
    for (const char c : part)
      value = value * 10 + (c - '0');
    if (value > kLargestPart) return false;
    ++parts;
  }
  return parts == kParts;
}

bool is_ipv6(std::string_view text) {
  constexpr std::size_t kGroups = 8;
  std::size_t groups = 0;
  bool shortened = false;
  if (text.starts_with("::")) {
    shortened = true;
    text.remove_prefix(2);
  }
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    if (colon == std::string_view::npos && group.find('.') != std::string_view::npos) {
      if (!is_ipv4(group)) return false;
      groups += 2;
      break;
    }
    if (group.empty() || group.size() > 4 || !all_of(group, is_hexadecimal)) return false;
    ++groups;
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
    if (text.empty()) return false;
    if (!text.starts_with(':')) continue;
    if (shortened) return false;
    shortened = true;
    text.remove_prefix(1);
  }
  return shortened ? groups < kGroups : groups == kGroups;
}

}  // namespace ratchet::schema
