#include "core/utf16_win32.h"

#include <windows.h>

#include <limits>

namespace ratchet {
namespace {

constexpr std::size_t kLongest = std::numeric_limits<int>::max();  // Windows counts in int

}  // namespace

std::optional<std::wstring> to_utf16(std::string_view text) {
  if (text.empty()) return std::wstring();
  if (text.size() > kLongest) return std::nullopt;
  const int bytes = static_cast<int>(text.size());
  const int size =
      MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text.data(), bytes, nullptr, 0);
  if (size <= 0) return std::nullopt;
  std::wstring wide(static_cast<std::size_t>(size), L'\0');
  if (MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text.data(), bytes, wide.data(), size) !=
      size) {
    return std::nullopt;
  }
  return wide;
}

std::optional<std::string> to_utf8(std::wstring_view text) {
  if (text.empty()) return std::string();
  if (text.size() > kLongest) return std::nullopt;
  const int units = static_cast<int>(text.size());
  const int size = WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, text.data(), units, nullptr,
                                       0, nullptr, nullptr);
  if (size <= 0) return std::nullopt;
  std::string narrow(static_cast<std::size_t>(size), '\0');
  if (WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, text.data(), units, narrow.data(), size,
                          nullptr, nullptr) != size) {
    return std::nullopt;
  }
  return narrow;
}

}  // namespace ratchet
