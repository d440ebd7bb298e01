// Single code points of UTF-8 text, for the rooms that read and write text by the character.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ratchet {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;
inline constexpr char32_t kByteOrderMark = 0xFEFF;
inline constexpr std::string_view kUtf8ByteOrderMark = "\xEF\xBB\xBF";

/// One step through a text that may be malformed.
struct CodePoint {
  char32_t value = 0;    ///< U+FFFD where the bytes are malformed
  std::size_t size = 0;  ///< bytes; of a malformed sequence its maximal subpart (Unicode 15, 3.9)
  bool valid = false;
};

/// The code point at an offset below the text's size.
[[nodiscard]] CodePoint code_point_at(std::string_view text, std::size_t offset);

/// Appends a code point; anything that is no Unicode scalar value becomes U+FFFD.
void append_code_point(std::string& text, char32_t value);

/// True for the second and later bytes of a code point.
[[nodiscard]] constexpr bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

[[nodiscard]] constexpr bool is_surrogate(char32_t value) {
  return value >= 0xD800 && value <= 0xDFFF;
}

}  // namespace ratchet
