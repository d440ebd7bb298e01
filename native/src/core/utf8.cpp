#include "core/utf8.h"

#include <cstring>
#include <optional>

#include "core/text.h"

namespace ratchet {
namespace {

/// What may follow a lead byte: how many bytes, and the range of the first of them (RFC 3629,
/// section 4).
struct Lead {
  std::size_t size;
  unsigned char low;
  unsigned char high;
  unsigned char payload;  ///< the bits of the lead byte that carry the code point
};

constexpr Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return {1, 0, 0, 0x7F};
  if (byte < 0xC2) return {0, 0, 0, 0};
  if (byte < 0xE0) return {2, 0x80, 0xBF, 0x1F};
  if (byte == 0xE0) return {3, 0xA0, 0xBF, 0x0F};
  if (byte == 0xED) return {3, 0x80, 0x9F, 0x0F};
  if (byte < 0xF0) return {3, 0x80, 0xBF, 0x0F};
  if (byte == 0xF0) return {4, 0x90, 0xBF, 0x07};
  if (byte < 0xF4) return {4, 0x80, 0xBF, 0x07};
  if (byte == 0xF4) return {4, 0x80, 0x8F, 0x07};
  return {0, 0, 0, 0};
}

/// Where the run of ASCII that begins at `offset` ends, eight bytes at a time.
std::size_t skip_ascii(std::string_view text, std::size_t offset) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;
  while (offset + sizeof(std::uint64_t) <= text.size()) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + offset, sizeof(word));
    if ((word & kHighBits) != 0) break;
    offset += sizeof(word);
  }
  while (offset < text.size() && static_cast<unsigned char>(text[offset]) < 0x80)
    ++offset;
  return offset;
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t offset) {
  const auto first = static_cast<unsigned char>(text[offset]);
  const Lead lead = lead_of(first);
  if (lead.size == 0) return {kReplacementCharacter, 1, false};
  char32_t value = first & lead.payload;
  for (std::size_t i = 1; i < lead.size; ++i) {
    if (offset + i >= text.size()) return {kReplacementCharacter, i, false};
    const auto byte = static_cast<unsigned char>(text[offset + i]);
    const unsigned low = i == 1 ? lead.low : 0x80U;
    const unsigned high = i == 1 ? lead.high : 0xBFU;
    if (byte < low || byte > high) return {kReplacementCharacter, i, false};
    value = (value << 6U) | (byte & 0x3FU);
  }
  return {value, lead.size, true};
}

void append_code_point(std::string& text, char32_t value) {
  constexpr char32_t kLastCodePoint = 0x10FFFF;
  if (is_surrogate(value) || value > kLastCodePoint) value = kReplacementCharacter;
  const auto byte = [&text](char32_t bits) { text.push_back(static_cast<char>(bits)); };
  if (value < 0x80) return byte(value);
  if (value < 0x800) {
    byte(0xC0U | (value >> 6U));
  } else {
    if (value < 0x10000) {
      byte(0xE0U | (value >> 12U));
    } else {
      byte(0xF0U | (value >> 18U));
      byte(0x80U | ((value >> 12U) & 0x3FU));
    }
    byte(0x80U | ((value >> 6U) & 0x3FU));
  }
  byte(0x80U | (value & 0x3FU));
}

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  std::size_t offset = skip_ascii(text, 0);
  while (offset < text.size()) {
    const CodePoint point = code_point_at(text, offset);
    if (!point.valid) return offset;
    offset += point.size;
    if (offset < text.size() && static_cast<unsigned char>(text[offset]) < 0x80) {
      offset = skip_ascii(text, offset);
    }
  }
  return std::nullopt;
}

std::string repaired_utf8(std::string_view bytes) {
  std::string repaired;
  repaired.reserve(bytes.size());
  std::size_t offset = 0;
  while (offset < bytes.size()) {
    const std::optional<std::size_t> fault = first_invalid_utf8(bytes.substr(offset));
    if (!fault) break;
    repaired.append(bytes.substr(offset, *fault));
    offset += *fault;
    append_code_point(repaired, kReplacementCharacter);
    offset += code_point_at(bytes, offset).size;
  }
  repaired.append(bytes.substr(offset));
  return repaired;
}

}  // namespace ratchet
