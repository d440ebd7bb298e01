#include <fcntl.h>
#include <io.h>
#include <windows.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "child_system.h"

// Read by the runtime: `*` in an argument is no pattern.
extern "C" int _dowildcard;
int _dowildcard = 0;

namespace ratchet::test {
namespace {

std::string farewell_line;
int farewell_code = -1;

std::string utf8(std::wstring_view text) {
  const int size = static_cast<int>(text.size());
  std::string result(text.size() * 3 + 1, '\0');
  result.resize(static_cast<std::size_t>(
      WideCharToMultiByte(CP_UTF8, 0, text.data(), size, result.data(),
                          static_cast<int>(result.size()), nullptr, nullptr)));
  return result;
}

std::wstring utf16(const std::string& text) {
  const int size = static_cast<int>(text.size());
  std::wstring result(text.size() + 1, L'\0');
  result.resize(static_cast<std::size_t>(MultiByteToWideChar(
      CP_UTF8, 0, text.data(), size, result.data(), static_cast<int>(result.size()))));
  return result;
}

BOOL WINAPI on_request(DWORD /*event*/) {
  if (farewell_code < 0) return TRUE;
  DWORD written = 0;
  WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), farewell_line.data(),
            static_cast<DWORD>(farewell_line.size()), &written, nullptr);
  ExitProcess(static_cast<UINT>(farewell_code));
}

}  // namespace

std::string variable(const std::string& name) {
  std::wstring value(GetEnvironmentVariableW(utf16(name).c_str(), nullptr, 0), L'\0');
  if (value.empty()) return "unset";
  value.resize(
      GetEnvironmentVariableW(utf16(name).c_str(), value.data(), static_cast<DWORD>(value.size())));
  return utf8(value);
}

std::string current_folder() {
  std::wstring path(GetCurrentDirectoryW(0, nullptr), L'\0');
  path.resize(GetCurrentDirectoryW(static_cast<DWORD>(path.size()), path.data()));
  return utf8(path);
}

std::int64_t own_id() {
  return GetCurrentProcessId();
}

int open_streams() {
  constexpr std::uintptr_t kHighest = 4000;
  constexpr std::uintptr_t kStep = 4;  // handles are multiples of it
  int count = 0;
  for (std::uintptr_t number = kStep; number < kHighest; number += kStep) {
    const DWORD kind = GetFileType(reinterpret_cast<HANDLE>(number));
    if (kind == FILE_TYPE_DISK || kind == FILE_TYPE_PIPE) ++count;
  }
  return count;
}

void hold(const std::string& name) {
  constexpr DWORD kSharesNothing = 0;
  const HANDLE file = CreateFileW(utf16(name).c_str(), GENERIC_READ, kSharesNothing, nullptr,
                                  OPEN_EXISTING, 0, nullptr);
  if (file == INVALID_HANDLE_VALUE) std::abort();
}

void ignore_requests() {
  SetConsoleCtrlHandler(on_request, TRUE);
}

void say_farewell(const std::string& line, int code) {
  farewell_line = line;
  farewell_code = code;
  SetConsoleCtrlHandler(on_request, TRUE);
}

/// The words of the tests hold no quotes.
std::int64_t start_self(const Words& steps, bool is_quiet) {
  std::wstring self(MAX_PATH * 4, L'\0');
  self.resize(GetModuleFileNameW(nullptr, self.data(), static_cast<DWORD>(self.size())));
  std::wstring line = L'"' + self + L'"';
  for (const std::string& step : steps)
    line += L" \"" + utf16(step) + L'"';
  STARTUPINFOW startup{};
  startup.cb = sizeof(startup);
  PROCESS_INFORMATION started{};
  // Without a console there are no streams to be handed on, either.
  if (CreateProcessW(self.c_str(), line.data(), nullptr, nullptr, is_quiet ? FALSE : TRUE,
                     is_quiet ? DETACHED_PROCESS : 0, nullptr, nullptr, &startup, &started) == 0) {
    return -1;
  }
  return started.dwProcessId;
}

void exit_at_once(std::uint32_t code) {
  ExitProcess(code);
}

}  // namespace ratchet::test

extern "C" int wmain(int count, wchar_t** words) {
  for (std::FILE* stream : {stdin, stdout, stderr})
    _setmode(_fileno(stream), _O_BINARY);
  ratchet::test::Words utf8_words;
  for (int index = 1; index < count; ++index)
    utf8_words.push_back(ratchet::test::utf8(words[index]));
  return ratchet::test::do_steps(utf8_words);
}
