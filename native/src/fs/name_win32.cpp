#include "fs/name_win32.h"

#include <windows.h>

#include <algorithm>
#include <optional>

#include "core/error.h"
#include "core/text.h"
#include "core/utf16_win32.h"
#include "fs/contained_path.h"
#include "fs/file_error.h"
#include "fs/nt_file_win32.h"

namespace ratchet {
namespace {

constexpr std::size_t kLongestName = 255;
constexpr std::size_t kLongestPath = 32'767;
constexpr std::string_view kTooLong = "is longer than the 32,767 characters that Windows can take";
constexpr std::wstring_view kExtended = LR"(\\?\)";
constexpr std::wstring_view kKernel = LR"(\??\)";
constexpr std::wstring_view kKernelShare = LR"(\??\UNC\)";
constexpr std::wstring_view kShare = LR"(\\)";

[[noreturn]] void refuse(std::string_view path, std::string_view why) {
  throw Error("path.invalid", "path " + in_quotes(path) + " " + std::string(why))
      .at(repaired_utf8(path));
}

bool is_kept_for_windows(char c) {
  constexpr char kFirstPrintable = ' ';
  const bool is_control = c >= 0 && c < kFirstPrintable;
  return is_control || c == '\\' || kNotInWindowsNames.find(c) != std::string_view::npos;
}

}  // namespace

std::wstring system_name(std::string_view component, std::string_view path) {
  std::optional<std::wstring> name = to_utf16(component);
  if (!name) refuse(path, "is not UTF-8");
  if (name->size() > kLongestName) refuse(path, "has a part of more than 255 characters");
  if (std::any_of(component.begin(), component.end(), is_kept_for_windows)) {
    refuse(path, "holds a character that no name may have on Windows");
  }
  if (ends_as_windows_drops(component)) {
    refuse(path, "has a part that ends with a dot or a space, which Windows drops");
  }
  if (names_device(component)) {
    refuse(path, "has a part that is a device on Windows; choose another name");
  }
  return std::move(*name);
}

std::wstring kernel_path(std::string_view path) {
  refuse_nul(path);
  const std::optional<std::wstring> given = to_utf16(path);
  if (!given) refuse(path, "is not UTF-8");
  if (given->size() > kLongestPath) refuse(path, kTooLong);
  if (given->starts_with(kExtended)) {
    return std::wstring(kKernel).append(given->substr(kExtended.size()));
  }
  const DWORD size = GetFullPathNameW(given->c_str(), 0, nullptr, nullptr);
  if (size == 0) throw last_error("resolve", path);
  std::wstring full(size, L'\0');
  full.resize(GetFullPathNameW(given->c_str(), size, full.data(), nullptr));
  const bool is_share = full.starts_with(kShare);
  std::wstring whole(is_share ? kKernelShare : kKernel);
  whole.append(is_share ? full.substr(kShare.size()) : full);
  if (whole.size() > kLongestPath) refuse(path, kTooLong);
  return whole;
}

void refuse_surrogate(std::string_view path) {
  refuse(path, "leads to a name with half a character (a lone surrogate); rename that file");
}

}  // namespace ratchet
