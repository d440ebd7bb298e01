// Bytes as text, from the platform's library.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ratchet {

/// The bytes of a base64 text (RFC 4648, with padding, no line breaks); nothing where it is none.
[[nodiscard]] std::optional<std::string> base64_decode(std::string_view text);
[[nodiscard]] std::string base64_encode(std::string_view bytes);

}  // namespace ratchet
