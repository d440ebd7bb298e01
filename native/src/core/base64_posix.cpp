#include <openssl/evp.h>

#include <limits>

#include "core/base64.h"

namespace ratchet {

namespace {

constexpr std::size_t kLetters = 4;  // stand for three bytes
constexpr std::size_t kBytes = 3;

}  // namespace

std::optional<std::string> base64_decode(std::string_view text) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.empty()) return std::string();
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  const bool is_base64 =
      text.size() % kLetters == 0 &&
      text.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()) &&
      text.substr(0, text.size() - padding).find_first_not_of(kAlphabet) == std::string_view::npos;
  if (!is_base64) return std::nullopt;
  std::string bytes(text.size() / kLetters * kBytes, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(size) - padding);  // which it counts as bytes
  return bytes;
}

std::string base64_encode(std::string_view bytes) {
  // In pieces: OpenSSL counts in int.
  constexpr std::size_t kPiece = kBytes << 20;
  std::string text;
  text.reserve((bytes.size() + kBytes - 1) / kBytes * kLetters);
  for (std::size_t begin = 0; begin < bytes.size(); begin += kPiece) {
    const std::string_view piece = bytes.substr(begin, kPiece);
    const std::size_t old_size = text.size();
    text.resize(old_size + (piece.size() + kBytes - 1) / kBytes * kLetters + 1);  // and a NUL
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data() + old_size),
                                     reinterpret_cast<const unsigned char*>(piece.data()),
                                     static_cast<int>(piece.size()));
    text.resize(old_size + static_cast<std::size_t>(size));
  }
  return text;
}

}  // namespace ratchet
