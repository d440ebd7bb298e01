#include <openssl/evp.h>

#include <limits>

#include "core/base64_block.h"

namespace ratchet {

bool decode_base64_block(std::string_view letters, char* to) {
  if (letters.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return false;
  // Padding counts as bytes of zero.
  return EVP_DecodeBlock(reinterpret_cast<unsigned char*>(to),
                         reinterpret_cast<const unsigned char*>(letters.data()),
                         static_cast<int>(letters.size())) >= 0;
}

void encode_base64_block(std::string_view bytes, char* to) {
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(to),
                  reinterpret_cast<const unsigned char*>(bytes.data()),
                  static_cast<int>(bytes.size()));
}

}  // namespace ratchet
