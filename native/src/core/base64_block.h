// The platform's part of base64.
#pragma once

#include <cstddef>
#include <string_view>

namespace ratchet {

/// Writes the bytes that whole groups of letters stand for, three a group, at `to`; those that
/// stand for padding are unspecified. False where the platform refuses.
[[nodiscard]] bool decode_base64_block(std::string_view letters, char* to);
/// Writes the letters of at most kBase64Block bytes at `to`, padded, and a NUL behind them.
void encode_base64_block(std::string_view bytes, char* to);

/// So many bytes a platform takes at once: each counts in a type of its own.
inline constexpr std::size_t kBase64Block = std::size_t{3} << 20;

}  // namespace ratchet
