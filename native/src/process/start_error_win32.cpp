#include "process/start_error_win32.h"

#include <windows.h>

#include <algorithm>
#include <array>

#include "core/utf16_win32.h"

namespace ratchet {
namespace {

bool is_exhaustion(DWORD code) {
  constexpr std::array<DWORD, 8> kCodes{ERROR_TOO_MANY_OPEN_FILES, ERROR_NOT_ENOUGH_MEMORY,
                                        ERROR_OUTOFMEMORY,         ERROR_NO_PROC_SLOTS,
                                        ERROR_MAX_THRDS_REACHED,   ERROR_NO_SYSTEM_RESOURCES,
                                        ERROR_NOT_ENOUGH_QUOTA,    ERROR_COMMITMENT_LIMIT};
  return std::find(kCodes.begin(), kCodes.end(), code) != kCodes.end();
}

/// One line in English, or in the language of the system where it has no English.
std::string message_of(DWORD code) {
  constexpr DWORD kFlags =
      FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK;
  std::array<wchar_t, 512> text{};
  DWORD size = 0;
  for (const DWORD language : {DWORD{MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US)}, DWORD{0}}) {
    if (size > 0) break;
    size = ::FormatMessageW(kFlags, nullptr, code, language, text.data(),
                            static_cast<DWORD>(text.size()), nullptr);
  }
  std::string message = to_utf8({text.data(), size}).value_or("");
  message.erase(message.find_last_not_of(" .\r\n") + 1);
  if (message.empty()) return "error " + std::to_string(code) + " of the system";
  return message;
}

}  // namespace

Error start_error(std::uint32_t system_error, const std::string& what_failed) {
  return {is_exhaustion(system_error) ? Code("process.exhausted") : Code("process.spawn_failed"),
          what_failed + ": " + message_of(system_error)};
}

}  // namespace ratchet
