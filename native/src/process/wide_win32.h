// Text between the engine (UTF-8) and the system (UTF-16).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ratchet {

/// Nothing where the text is malformed.
[[nodiscard]] std::optional<std::wstring> to_wide(std::string_view utf8);

/// Surrogates without a partner become U+FFFD.
[[nodiscard]] std::string to_utf8(std::wstring_view wide);

}  // namespace ratchet
