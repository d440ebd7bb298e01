#include "core/system_path.h"

#include <optional>
#include <string>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "core/utf16_win32.h"

// Between string() and the path's own characters stands the runtime's "C" locale, which carries
// each byte through as it is: so the text of a path of the engine is its UTF-8, and its native()
// and c_str() mean nothing to the system.

namespace ratchet {

std::filesystem::path to_system_path(const std::filesystem::path& path) {
  const std::string text = path.string();
  if (std::optional<std::wstring> wide = to_utf16(text)) return {std::move(*wide)};
  throw Error("path.invalid", "path " + in_quotes(text) + " is not UTF-8");
}

std::filesystem::path from_system_path(const std::filesystem::path& path) {
  if (std::optional<std::string> text = to_utf8(path.native())) return {std::move(*text)};
  throw Error("path.invalid",
              "a path of this system holds half a character (a lone surrogate); rename it");
}

}  // namespace ratchet
