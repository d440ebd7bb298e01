#include "process/command_posix.h"

#include <sys/resource.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

#include "core/error.h"
#include "core/text.h"

namespace ratchet {
namespace {

constexpr std::size_t kLongestPathShown = 2000;

Error invalid(std::string message) {
  return {"process.invalid_command", std::move(message)};
}

bool holds_nul(std::string_view text) {
  return text.find('\0') != std::string_view::npos;
}

void check_arguments(const Command& command) {
  if (command.arguments.empty() || command.arguments.front().empty()) {
    throw invalid("the command is empty; name a program");
  }
  for (std::size_t index = 0; index < command.arguments.size(); ++index) {
    if (!holds_nul(command.arguments[index])) continue;
    throw invalid("argument " + std::to_string(index) + " of " +
                  in_quotes(command.arguments.front()) + " holds a NUL");
  }
}

void check_environment(const Command& command) {
  for (const auto& [name, value] : command.environment) {
    if (name.empty() || name.find('=') != std::string::npos || holds_nul(name)) {
      throw invalid("environment variable " + in_quotes(name) + " has no valid name");
    }
    if (value && holds_nul(*value)) {
      throw invalid("the value of environment variable " + in_quotes(name) + " holds a NUL");
    }
  }
}

void check_times(const Command& command) {
  if (command.time_limit && command.time_limit->count() <= 0) {
    throw invalid("the time limit must be above zero; leave it out for none");
  }
  if (command.grace.count() < 0) throw invalid("the grace period must not be below zero");
}

void check_folder(const std::filesystem::path& folder) {
  if (folder.empty()) return;
  if (holds_nul(folder.native())) throw invalid("the working directory holds a NUL");
  if (!folder.is_absolute()) {
    throw invalid("the working directory " + in_quotes(folder.native()) + " is not absolute");
  }
  std::error_code ignored;
  if (std::filesystem::is_directory(folder, ignored)) return;
  throw invalid("the working directory " + in_quotes(folder.native()) + " does not exist");
}

std::filesystem::path find_by_name(const std::string& name, std::string_view path) {
  if (auto found = find_on_path(name, path)) return *std::move(found);
  throw Error("process.not_found", "program " + in_quotes(name) + " is not on PATH " +
                                       in_quotes(path, kLongestPathShown))
      .hint("install it, or give its path");
}

std::filesystem::path find_by_path(const std::string& program,
                                   const std::filesystem::path& working_directory) {
  std::error_code failed;
  std::filesystem::path path = program;
  if (path.is_relative()) {
    path = (working_directory.empty() ? std::filesystem::current_path(failed) : working_directory) /
           path;
  }
  if (is_executable_file(path)) return path;
  if (!std::filesystem::exists(path, failed)) {
    throw Error("process.not_found", "program " + in_quotes(program) + " does not exist")
        .hint("install it, or correct its path");
  }
  if (std::filesystem::is_directory(path, failed)) {
    throw invalid("program " + in_quotes(program) + " is a folder");
  }
  throw invalid("program " + in_quotes(program) + " may not be executed")
      .hint("set its execute bit (chmod +x), or name its interpreter as the program");
}

/// What execve() takes for arguments and environment together: a quarter of the stack's limit,
/// within the bounds that fs/exec.c of the kernel sets.
std::size_t most_bytes_of_a_start() {
  constexpr std::size_t kLeast = std::size_t{128} << 10;
  constexpr std::size_t kMost = std::size_t{6} << 20;
  rlimit stack{};
  ::getrlimit(RLIMIT_STACK, &stack);
  return std::clamp(static_cast<std::size_t>(stack.rlim_cur / 4), kLeast, kMost);
}

/// Counts what execve() copies for a program, and refuses what it would refuse.
class StartSize {
 public:
  /// `what` says what the text is; it is asked for a refusal alone.
  template <class What>
  void add(std::string_view text, const What& what) {
    // MAX_ARG_STRLEN of the kernel: 32 pages, with the NUL.
    constexpr std::size_t kLongestString = std::size_t{128} << 10;
    if (text.size() >= kLongestString) {
      throw invalid(what() + " has " + std::to_string(text.size()) +
                    " bytes; the system takes less than " + std::to_string(kLongestString))
          .hint("hand it over in a file or through standard input");
    }
    bytes_ += text.size() + 1 + sizeof(char*);
  }

  void check(const std::string& program) const {
    const std::size_t most = most_bytes_of_a_start();
    if (bytes_ <= most) return;
    throw invalid("arguments and environment of " + in_quotes(program) + " have " +
                  std::to_string(bytes_) + " bytes; the system takes " + std::to_string(most))
        .hint("hand them over in a file, or divide the work among several commands");
  }

 private:
  std::size_t bytes_ = 0;
};

void check_size(const Command& command, const EnvironmentBlock& environment,
                const std::filesystem::path& program) {
  const std::string& name = command.arguments.front();
  StartSize size;
  size.add(program.native(), [] { return std::string("the path of the program"); });
  for (std::size_t index = 0; index < command.arguments.size(); ++index) {
    size.add(command.arguments[index],
             [&] { return "argument " + std::to_string(index) + " of " + in_quotes(name); });
  }
  for (const char* const* entry = environment.entries(); *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    size.add(text,
             [&] { return "environment variable " + in_quotes(text.substr(0, text.find('='))); });
  }
  size.check(name);
}

}  // namespace

void check_command(const Command& command, const ChildMarks& marks) {
  check_arguments(command);
  check_environment(command);
  check_times(command);
  check_folder(command.working_directory);
  EnvironmentBlock environment(command.environment);
  environment.set(ChildMarks::kVariable, marks.value(std::numeric_limits<std::uint32_t>::max()));
  check_size(command, environment, find_command_program(command, environment.search_path()));
}

std::filesystem::path find_command_program(const Command& command, std::string_view search_path) {
  const std::string& program = command.arguments.front();
  return program.find('/') == std::string::npos ? find_by_name(program, search_path)
                                                : find_by_path(program, command.working_directory);
}

std::filesystem::path KnownPrograms::find(const Command& command, std::string_view search_path) {
  const std::string& name = command.arguments.front();
  if (name.find('/') != std::string::npos) return find_command_program(command, search_path);
  std::pair<std::string, std::string> key(name, search_path);
  const auto known = found_.find(key);
  if (known != found_.end() && is_executable_file(known->second)) return known->second;
  std::filesystem::path found = find_command_program(command, search_path);
  found_.insert_or_assign(std::move(key), found);
  return found;
}

}  // namespace ratchet
