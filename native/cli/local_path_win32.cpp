#include <windows.h>

#include <filesystem>
#include <stdexcept>

#include "core/utf16_win32.h"
#include "local_path.h"

namespace ratchet::cli {
namespace {

constexpr std::wstring_view kExtended = LR"(\\?\)";
constexpr std::wstring_view kNoDrive = LR"(\\)";

std::invalid_argument refusal(std::string_view path, const char* why) {
  return std::invalid_argument("\"" + std::string(path) + "\" " + why);
}

}  // namespace

std::string current_folder() {
  return absolute_path(".");
}

/// Not by std::filesystem: libstdc++ takes a share for a folder of the current drive.
std::string absolute_path(std::string_view path) {
  const auto given = to_utf16(path);
  if (!given) throw refusal(path, "is not UTF-8");
  const DWORD size = GetFullPathNameW(given->c_str(), 0, nullptr, nullptr);
  std::wstring full(size, L'\0');
  if (size != 0) full.resize(GetFullPathNameW(given->c_str(), size, full.data(), nullptr));
  // Long paths need no prefix here: the engine puts one before each.
  if (full.starts_with(kExtended) && full.substr(kExtended.size()).find(L':') == 1) {
    full.erase(0, kExtended.size());
  }
  if (full.empty() || full.starts_with(kNoDrive)) {
    throw refusal(
        path, "is no path on a drive; a share needs a letter (net use), and a device is no file");
  }
  const auto text = to_utf8(full);
  if (!text) throw refusal(path, "leads to a name with half a character");
  return *text;
}

}  // namespace ratchet::cli
