#include "core/percent_encoding.h"

#include <optional>

namespace ratchet {
namespace {

constexpr unsigned kHexBase = 16;

std::optional<unsigned> hex_value(char digit) {
  constexpr unsigned kTen = 10;
  if (digit >= '0' && digit <= '9') return static_cast<unsigned>(digit - '0');
  if (digit >= 'a' && digit <= 'f') return static_cast<unsigned>(digit - 'a') + kTen;
  if (digit >= 'A' && digit <= 'F') return static_cast<unsigned>(digit - 'A') + kTen;
  return std::nullopt;
}

}  // namespace

std::string percent_encoded(std::string_view text, const std::function<bool(char)>& is_kept) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char letter : text) {
    if (is_kept(letter)) {
      encoded += letter;
      continue;
    }
    const auto byte = static_cast<unsigned char>(letter);
    encoded += '%';
    encoded += kDigits[byte / kHexBase];
    encoded += kDigits[byte % kHexBase];
  }
  return encoded;
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool has_digits = text[i] == '%' && i + 2 < text.size();
    const auto high = has_digits ? hex_value(text[i + 1]) : std::nullopt;
    const auto low = has_digits ? hex_value(text[i + 2]) : std::nullopt;
    if (high && low) {
      decoded += static_cast<char>(*high * kHexBase + *low);
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

}  // namespace ratchet
