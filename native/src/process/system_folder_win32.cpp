#include "process/system_folder_win32.h"

#include <windows.h>

#include <array>
#include <string>

namespace ratchet {

std::filesystem::path system_folder() {
  std::array<wchar_t, MAX_PATH> text{};
  const UINT size = ::GetSystemDirectoryW(text.data(), static_cast<UINT>(text.size()));
  return std::wstring(text.data(), size);
}

std::filesystem::path command_interpreter() {
  return system_folder() / "cmd.exe";
}

}  // namespace ratchet
