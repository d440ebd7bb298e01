// Does what its arguments say, step by step: each step is a word and what it takes.
//
//   say TEXT, complain TEXT       writes a line to standard output, to standard error
//   bytes HEX                     writes these bytes to standard output
//   zeros COUNT, endless          writes that many zero bytes; zero bytes until it is ended
//   echo                          standard input to standard output
//   arguments ...                 the rest of the arguments, a line each
//   variable NAME, folder         the value of a variable; the current folder
//   handles                       how many of the first 1,000 handle numbers are open
//   here FILE                     makes an empty file
//   await FILE                    goes on once there is such a file
//   rest MILLISECONDS             waits; without a number it waits until it is ended
//   ignore                        lets Ctrl+Break pass from now on
//   farewell TEXT CODE            on Ctrl+Break writes a line and exits with the code
//   child ... ;                   starts itself with the steps up to the semicolon, says its id
//   quiet ... ;                   the same, with no streams and no console
//   crash                         reads what is not there
//   exit CODE
#include <fcntl.h>
#include <io.h>
#include <windows.h>

#include <atomic>
#include <cstdio>
#include <cwchar>
#include <string>
#include <vector>

namespace {

using Words = std::vector<std::wstring>;

std::atomic<int> farewell_code = -1;
std::wstring farewell_text;

std::string utf8(const std::wstring& text) {
  const int size = static_cast<int>(text.size());
  std::string result(text.size() * 3 + 1, '\0');
  result.resize(static_cast<std::size_t>(
      WideCharToMultiByte(CP_UTF8, 0, text.data(), size, result.data(),
                          static_cast<int>(result.size()), nullptr, nullptr)));
  return result;
}

void write_all(DWORD stream, const std::string& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    DWORD written = 0;
    if (WriteFile(GetStdHandle(stream), bytes.data() + done,
                  static_cast<DWORD>(bytes.size() - done), &written, nullptr) == 0) {
      return;
    }
    done += written;
  }
}

void say(const std::wstring& text) {
  write_all(STD_OUTPUT_HANDLE, utf8(text) + "\n");
}

BOOL WINAPI on_break(DWORD /*event*/) {
  if (farewell_code < 0) return TRUE;
  say(farewell_text);
  ExitProcess(static_cast<UINT>(farewell_code.load()));
}

void write_zeros(std::size_t count) {
  const std::string zeros(std::size_t{1} << 16, '\0');
  for (; count > zeros.size(); count -= zeros.size())
    write_all(STD_OUTPUT_HANDLE, zeros);
  write_all(STD_OUTPUT_HANDLE, zeros.substr(0, count));
}

void write_endlessly() {
  const std::string zeros(std::size_t{1} << 16, '\0');
  DWORD written = 0;
  while (WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), zeros.data(), static_cast<DWORD>(zeros.size()),
                   &written, nullptr) != 0) {
  }
}

void echo() {
  std::string buffer(std::size_t{1} << 16, '\0');
  DWORD count = 0;
  while (ReadFile(GetStdHandle(STD_INPUT_HANDLE), buffer.data(), static_cast<DWORD>(buffer.size()),
                  &count, nullptr) != 0 &&
         count > 0) {
    write_all(STD_OUTPUT_HANDLE, buffer.substr(0, count));
  }
}

std::string bytes_of(const std::wstring& hexadecimal) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < hexadecimal.size(); at += 2)
    bytes += static_cast<char>(std::stoi(hexadecimal.substr(at, 2), nullptr, 16));
  return bytes;
}

std::wstring variable(const std::wstring& name) {
  std::wstring value(GetEnvironmentVariableW(name.c_str(), nullptr, 0), L'\0');
  if (value.empty()) return L"unset";
  value.resize(
      GetEnvironmentVariableW(name.c_str(), value.data(), static_cast<DWORD>(value.size())));
  return value;
}

std::wstring folder() {
  std::wstring path(GetCurrentDirectoryW(0, nullptr), L'\0');
  path.resize(GetCurrentDirectoryW(static_cast<DWORD>(path.size()), path.data()));
  return path;
}

/// Files and pipes alone: what the system and the runtime open of other kinds is their own.
int open_streams() {
  int count = 0;
  for (std::uintptr_t number = 4; number < 4000; number += 4) {
    const DWORD kind = GetFileType(reinterpret_cast<HANDLE>(number));
    if (kind == FILE_TYPE_DISK || kind == FILE_TYPE_PIPE) ++count;
  }
  return count;
}

void make_file(const std::wstring& name) {
  CloseHandle(CreateFileW(name.c_str(), GENERIC_WRITE, FILE_SHARE_READ, nullptr, CREATE_ALWAYS,
                          FILE_ATTRIBUTE_NORMAL, nullptr));
}

void await_file(const std::wstring& name) {
  while (GetFileAttributesW(name.c_str()) == INVALID_FILE_ATTRIBUTES)
    Sleep(1);
}

/// A quiet child gets no streams at all. The words of the tests hold no quotes.
void start_child(const std::wstring& self, const Words& steps, bool is_quiet) {
  std::wstring line = L'"' + self + L'"';
  for (const std::wstring& step : steps)
    line += L" \"" + step + L'"';
  STARTUPINFOW startup{};
  startup.cb = sizeof(startup);
  PROCESS_INFORMATION started{};
  if (CreateProcessW(self.c_str(), line.data(), nullptr, nullptr, is_quiet ? FALSE : TRUE,
                     is_quiet ? DETACHED_PROCESS : 0, nullptr, nullptr, &startup, &started) == 0) {
    return say(L"not started");
  }
  say(std::to_wstring(started.dwProcessId));
}

/// The steps up to the semicolon that belongs to this child.
Words take_steps(const Words& words, std::size_t& at) {
  Words steps;
  for (int depth = 1; ++at < words.size();) {
    if (words[at] == L"child" || words[at] == L"quiet") ++depth;
    if (words[at] == L";" && --depth == 0) break;
    steps.push_back(words[at]);
  }
  return steps;
}

void rest(const std::wstring& milliseconds) {
  Sleep(milliseconds.empty() ? INFINITE : static_cast<DWORD>(std::stoul(milliseconds)));
}

void do_steps(const std::wstring& self, const Words& words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::wstring& word = words[at];
    const auto next = [&] { return at + 1 < words.size() ? words[++at] : std::wstring(); };
    if (word == L"say") say(next());
    if (word == L"complain") write_all(STD_ERROR_HANDLE, utf8(next()) + "\n");
    if (word == L"bytes") write_all(STD_OUTPUT_HANDLE, bytes_of(next()));
    if (word == L"zeros") write_zeros(std::stoull(next()));
    if (word == L"endless") write_endlessly();
    if (word == L"echo") echo();
    if (word == L"variable") say(variable(next()));
    if (word == L"folder") say(folder());
    if (word == L"handles") say(std::to_wstring(open_streams()));
    if (word == L"here") make_file(next());
    if (word == L"await") await_file(next());
    if (word == L"rest") rest(next());
    if (word == L"ignore") SetConsoleCtrlHandler(on_break, TRUE);
    if (word == L"crash") *static_cast<volatile int*>(nullptr) = 1;
    if (word == L"exit") ExitProcess(static_cast<UINT>(std::stoll(next())));
    if (word == L"child" || word == L"quiet")
      start_child(self, take_steps(words, at), word == L"quiet");
    if (word == L"farewell") {
      farewell_text = next();
      farewell_code = std::stoi(next());
      SetConsoleCtrlHandler(on_break, TRUE);
    }
    if (word == L"arguments") {
      while (at + 1 < words.size())
        say(next());
    }
  }
}

}  // namespace

extern "C" int wmain(int count, wchar_t** words) {
  std::wstring self(MAX_PATH * 4, L'\0');
  self.resize(GetModuleFileNameW(nullptr, self.data(), static_cast<DWORD>(self.size())));
  do_steps(self, Words(words + 1, words + count));
  return 0;
}
