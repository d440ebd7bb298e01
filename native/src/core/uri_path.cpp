#include "core/uri_path.h"

namespace ratchet {
namespace {

constexpr unsigned kHexBase = 16;

/// Characters that stand for themselves in every part of a path, the first of a relative one too.
bool is_plain(char letter) {
  const bool is_letter = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
  const bool is_digit = letter >= '0' && letter <= '9';
  return is_letter || is_digit ||
         std::string_view("/-._~!$&'()*+,;=@").find(letter) != std::string_view::npos;
}

std::optional<unsigned> hex_value(char digit) {
  constexpr unsigned kTen = 10;
  if (digit >= '0' && digit <= '9') return static_cast<unsigned>(digit - '0');
  if (digit >= 'a' && digit <= 'f') return static_cast<unsigned>(digit - 'a') + kTen;
  if (digit >= 'A' && digit <= 'F') return static_cast<unsigned>(digit - 'A') + kTen;
  return std::nullopt;
}

}  // namespace

std::string uri_path(std::string_view path) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string uri;
  for (const char letter : path) {
    if (is_plain(letter)) {
      uri += letter;
      continue;
    }
    const auto byte = static_cast<unsigned char>(letter);
    uri += '%';
    uri += kDigits[byte / kHexBase];
    uri += kDigits[byte % kHexBase];
  }
  return uri;
}

std::string file_uri(std::string_view path) {
  return "file://" + uri_path(path);
}

std::string path_of_uri_path(std::string_view path) {
  std::string text;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool has_digits = path[i] == '%' && i + 2 < path.size();
    const auto high = has_digits ? hex_value(path[i + 1]) : std::nullopt;
    const auto low = has_digits ? hex_value(path[i + 2]) : std::nullopt;
    if (high && low) {
      text += static_cast<char>(*high * kHexBase + *low);
      i += 2;
    } else {
      text += path[i];
    }
  }
  return text;
}

}  // namespace ratchet
