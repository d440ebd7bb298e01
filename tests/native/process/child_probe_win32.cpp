#include "process/child_probe_win32.h"

#include <windows.h>

#include "core/handle_win32.h"
#include "process/child_probe.h"

namespace ratchet {

bool is_alive(const std::string& id) {
  const Handle process(OpenProcess(SYNCHRONIZE, FALSE, static_cast<DWORD>(std::stoul(id))));
  return process.is_open() && WaitForSingleObject(process.get(), 0) == WAIT_TIMEOUT;
}

std::size_t open_descriptors() {
  DWORD count = 0;
  GetProcessHandleCount(GetCurrentProcess(), &count);
  return count;
}

bool is_wine() {
  return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != nullptr;
}

bool has_console() {
  return GetConsoleCP() != 0;
}

}  // namespace ratchet
