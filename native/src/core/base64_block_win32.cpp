#include <windows.h>
// After windows.h, whose types it uses.
#include <wincrypt.h>

#include <limits>

#include "core/base64_block.h"
#include "core/error.h"

namespace ratchet {

bool decode_base64_block(std::string_view letters, char* to) {
  if (letters.size() > std::numeric_limits<DWORD>::max()) return false;
  auto size = static_cast<DWORD>(letters.size() / 4 * 3);
  return CryptStringToBinaryA(letters.data(), static_cast<DWORD>(letters.size()),
                              CRYPT_STRING_BASE64, reinterpret_cast<BYTE*>(to), &size, nullptr,
                              nullptr) != FALSE;
}

void encode_base64_block(std::string_view bytes, char* to) {
  auto size = static_cast<DWORD>((bytes.size() + 2) / 3 * 4 + 1);  // and a NUL
  if (CryptBinaryToStringA(reinterpret_cast<const BYTE*>(bytes.data()),
                           static_cast<DWORD>(bytes.size()),
                           CRYPT_STRING_BASE64 | CRYPT_STRING_NOCRLF, to, &size) == FALSE) {
    throw Error("internal.error", "the platform's base64 refused to work");
  }
}

}  // namespace ratchet
