#include "terminal.h"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <iostream>

namespace ratchet::cli {
namespace {

/// The signals by which a terminal or its user ends a program.
constexpr std::array<int, 4> kSignals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

volatile std::sig_atomic_t caught_signal = 0;

void catch_signal(int number) {
  caught_signal = number;
}

/// While it lives, nothing that is typed is shown, and a signal only interrupts the reading.
class Hidden {
 public:
  Hidden() {
    is_terminal_ = ::tcgetattr(STDIN_FILENO, &before_) == 0;
    if (!is_terminal_) return;
    struct sigaction action {};
    action.sa_handler = catch_signal;
    for (std::size_t i = 0; i < kSignals.size(); ++i)
      ::sigaction(kSignals[i], &action, &actions_[i]);
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    silent.c_lflag |= ECHONL;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  Hidden(const Hidden&) = delete;
  Hidden& operator=(const Hidden&) = delete;
  ~Hidden() {
    if (!is_terminal_) return;
    ::tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
    for (std::size_t i = 0; i < kSignals.size(); ++i)
      ::sigaction(kSignals[i], &actions_[i], nullptr);
    // Now it ends the program, as it would have.
    if (const int number = caught_signal; number != 0) ::raise(number);
  }

 private:
  bool is_terminal_ = false;
  termios before_{};
  std::array<struct sigaction, kSignals.size()> actions_{};
};

std::optional<std::string> read_bytes() {
  std::string line;
  char letter = 0;
  for (;;) {
    const ssize_t count = ::read(STDIN_FILENO, &letter, 1);
    if (count < 0 && errno == EINTR && caught_signal == 0) continue;
    if (count <= 0) return line.empty() ? std::nullopt : std::optional(line);
    if (letter == '\n') return line;
    line += letter;
  }
}

}  // namespace

bool input_is_terminal() {
  return ::isatty(STDIN_FILENO) == 1;
}

bool error_is_terminal() {
  return ::isatty(STDERR_FILENO) == 1;
}

std::size_t terminal_columns() {
  constexpr std::size_t kUsualColumns = 80;
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsualColumns;
  return size.ws_col;
}

std::optional<std::string> read_line(std::string_view prompt, Echo echo) {
  // Hidden first: what is typed as soon as the prompt stands there is neither shown nor lost.
  std::optional<Hidden> hidden;
  if (echo == Echo::hidden) hidden.emplace();
  std::cerr << prompt << std::flush;
  return read_bytes();
}

}  // namespace ratchet::cli
