// Text between the engine's UTF-8 and the UTF-16 that Windows takes and gives.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace ratchet {

/// Nothing where the text is no UTF-8.
[[nodiscard]] std::optional<std::wstring> to_utf16(std::string_view text);
/// Nothing where a surrogate stands alone: such a name has no UTF-8.
[[nodiscard]] std::optional<std::string> to_utf8(std::wstring_view text);

// A std::filesystem::path of the engine is made from UTF-8 text and read by string(), which gives
// that text back: the runtime's "C" locale carries each byte through. What the system itself gives
// or takes as a path goes through these two, and never through native() or c_str().

/// As the system takes it. Throws Error{path.invalid} where the text is no UTF-8.
[[nodiscard]] std::wstring system_path(const std::filesystem::path& path);
/// Of what the system gave. Throws Error{path.invalid} for a name that has no UTF-8.
[[nodiscard]] std::filesystem::path engine_path(std::wstring_view path);

}  // namespace ratchet
