#include <windows.h>
// After windows.h, whose types it uses.
#include <wincrypt.h>

#include <limits>

#include "core/base64.h"
#include "core/error.h"

namespace ratchet {
namespace {

constexpr std::size_t kLetters = 4;  // stand for three bytes
constexpr std::size_t kBytes = 3;

}  // namespace

std::optional<std::string> base64_decode(std::string_view text) {
  // Windows skips white space and takes texts without padding; the alphabet is checked here.
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.empty()) return std::string();
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  const bool is_base64 =
      text.size() % kLetters == 0 && text.size() <= std::numeric_limits<DWORD>::max() &&
      text.substr(0, text.size() - padding).find_first_not_of(kAlphabet) == std::string_view::npos;
  if (!is_base64) return std::nullopt;
  std::string bytes(text.size() / kLetters * kBytes, '\0');
  auto size = static_cast<DWORD>(bytes.size());
  if (CryptStringToBinaryA(text.data(), static_cast<DWORD>(text.size()), CRYPT_STRING_BASE64,
                           reinterpret_cast<BYTE*>(bytes.data()), &size, nullptr,
                           nullptr) == FALSE) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

std::string base64_encode(std::string_view bytes) {
  // In pieces: Windows counts in 32 bits.
  constexpr std::size_t kPiece = kBytes << 20;
  std::string text;
  text.reserve((bytes.size() + kBytes - 1) / kBytes * kLetters);
  for (std::size_t begin = 0; begin < bytes.size(); begin += kPiece) {
    const std::string_view piece = bytes.substr(begin, kPiece);
    const std::size_t old_size = text.size();
    auto size =
        static_cast<DWORD>((piece.size() + kBytes - 1) / kBytes * kLetters + 1);  // and a NUL
    text.resize(old_size + size);
    if (CryptBinaryToStringA(
            reinterpret_cast<const BYTE*>(piece.data()), static_cast<DWORD>(piece.size()),
            CRYPT_STRING_BASE64 | CRYPT_STRING_NOCRLF, text.data() + old_size, &size) == FALSE) {
      throw Error("internal.error", "the platform's base64 refused to work");
    }
    text.resize(old_size + size);
  }
  return text;
}

}  // namespace ratchet
