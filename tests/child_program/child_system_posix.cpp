#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "child_system.h"

namespace ratchet::test {
namespace {

// What a handler of a signal may reach.
std::array<char, 256> farewell_line{};
std::size_t farewell_size = 0;
int farewell_code = 0;

void on_request(int /*signal*/) {
  static_cast<void>(!::write(STDOUT_FILENO, farewell_line.data(), farewell_size));
  ::_exit(farewell_code);
}

}  // namespace

std::string variable(const std::string& name) {
  const char* const value = std::getenv(name.c_str());
  return value == nullptr ? "unset" : value;
}

std::string current_folder() {
  return std::filesystem::current_path().string();
}

std::int64_t own_id() {
  return ::getpid();
}

int open_streams() {
  int count = 0;
  for (int number = 0; number < 1000; ++number)
    count += ::fcntl(number, F_GETFD) >= 0 ? 1 : 0;
  return count;
}

void hold(const std::string& name) {
  if (::open(name.c_str(), O_RDONLY | O_CLOEXEC) < 0) std::abort();
}

void ignore_requests() {
  std::signal(SIGTERM, SIG_IGN);
}

void say_farewell(const std::string& line, int code) {
  farewell_size = line.copy(farewell_line.data(), farewell_line.size());
  farewell_code = code;
  std::signal(SIGTERM, on_request);
}

std::int64_t start_self(const Words& steps, bool is_quiet) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (int number = STDIN_FILENO; is_quiet && number <= STDERR_FILENO; ++number)
    posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0);
  std::vector<std::string> words{"child"};
  words.insert(words.end(), steps.begin(), steps.end());
  std::vector<char*> arguments;
  for (std::string& word : words)
    arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t id = -1;
  posix_spawn(&id, "/proc/self/exe", &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return id;
}

void exit_at_once(std::uint32_t code) {
  ::_exit(static_cast<int>(code));
}

}  // namespace ratchet::test

int main(int count, char** words) {
  return ratchet::test::do_steps({words + 1, words + count});
}
