// Text between the engine's UTF-8 and the UTF-16 that Windows takes and gives.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ratchet {

/// Nothing where the text is no UTF-8.
[[nodiscard]] std::optional<std::wstring> to_utf16(std::string_view text);
/// Nothing where a surrogate stands alone: such a name has no UTF-8.
[[nodiscard]] std::optional<std::string> to_utf8(std::wstring_view text);

}  // namespace ratchet
