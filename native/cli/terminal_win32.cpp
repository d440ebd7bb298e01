#include "terminal.h"

#include <windows.h>

#include <array>
#include <iostream>

#include "core/utf16_win32.h"

namespace ratchet::cli {
namespace {

bool is_console(DWORD standard) {
  DWORD mode = 0;
  return GetConsoleMode(GetStdHandle(standard), &mode) != FALSE;
}

/// While it lives, nothing that is typed is shown.
class Hidden {
 public:
  Hidden() {
    is_console_ = GetConsoleMode(input_, &before_) != FALSE;
    if (is_console_) SetConsoleMode(input_, before_ & ~static_cast<DWORD>(ENABLE_ECHO_INPUT));
  }
  Hidden(const Hidden&) = delete;
  Hidden& operator=(const Hidden&) = delete;
  ~Hidden() {
    if (!is_console_) return;
    SetConsoleMode(input_, before_);
    std::cerr << std::endl;  // of the line end that was typed
  }

 private:
  HANDLE input_ = GetStdHandle(STD_INPUT_HANDLE);
  DWORD before_ = 0;
  bool is_console_ = false;
};

/// What is typed comes in the system's own characters, whatever the code page.
std::optional<std::string> read_typed() {
  constexpr DWORD kMostUnits = 256;
  std::wstring line;
  for (;;) {
    std::array<wchar_t, kMostUnits> piece{};
    DWORD got = 0;
    if (ReadConsoleW(GetStdHandle(STD_INPUT_HANDLE), piece.data(), kMostUnits, &got, nullptr) ==
            FALSE ||
        got == 0) {
      return line.empty() ? std::nullopt : to_utf8(line);
    }
    line.append(piece.data(), got);
    if (!line.ends_with(L'\n')) continue;
    line.resize(line.size() - (line.ends_with(L"\r\n") ? 2 : 1));
    constexpr wchar_t kEndOfInput = 0x1A;  // Ctrl+Z
    if (!line.empty() && line.front() == kEndOfInput) return std::nullopt;
    return to_utf8(line);
  }
}

std::optional<std::string> read_piped() {
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace

bool input_is_terminal() {
  return is_console(STD_INPUT_HANDLE);
}

bool error_is_terminal() {
  return is_console(STD_ERROR_HANDLE);
}

std::size_t terminal_columns() {
  constexpr std::size_t kUsualColumns = 80;
  CONSOLE_SCREEN_BUFFER_INFO screen{};
  if (GetConsoleScreenBufferInfo(GetStdHandle(STD_ERROR_HANDLE), &screen) == FALSE) {
    return kUsualColumns;
  }
  const int columns = screen.srWindow.Right - screen.srWindow.Left + 1;
  return columns > 0 ? static_cast<std::size_t>(columns) : kUsualColumns;
}

std::optional<std::string> read_line(std::string_view prompt, Echo echo) {
  // Hidden first: what is typed as soon as the prompt stands there is neither shown nor lost.
  std::optional<Hidden> hidden;
  if (echo == Echo::hidden) hidden.emplace();
  std::cerr << prompt << std::flush;
  return input_is_terminal() ? read_typed() : read_piped();
}

}  // namespace ratchet::cli
