#include "process/command_posix.h"

#include <string_view>

#include "core/error.h"
#include "core/text.h"
#include "process/environment_posix.h"

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

std::filesystem::path find_by_name(const std::string& name, const std::string& path) {
  if (auto found = find_on_path(name, path)) return *std::move(found);
  throw Error("process.not_found", "program " + in_quotes(name) + " is not on PATH " +
                                       in_quotes(path, kLongestPathShown))
      .hint("install it, or give its path");
}

std::filesystem::path find_by_path(const std::string& program,
                                   const std::filesystem::path& working_directory) {
  std::error_code failed;
  const std::filesystem::path base =
      working_directory.empty() ? std::filesystem::current_path(failed) : working_directory;
  std::filesystem::path path = base / program;  // an absolute `program` replaces the base
  if (std::filesystem::exists(path, failed)) return path;
  throw Error("process.not_found", "program " + in_quotes(program) + " does not exist");
}

}  // namespace

ChildStart prepare(const Command& command) {
  check_arguments(command);
  check_environment(command);
  check_times(command);
  check_folder(command.working_directory);

  ChildStart start;
  start.arguments = command.arguments;
  start.environment = child_environment(command.environment);
  start.working_directory = command.working_directory;
  const std::string& program = command.arguments.front();
  start.program = program.find('/') == std::string::npos
                      ? find_by_name(program, search_path(start.environment))
                      : find_by_path(program, command.working_directory);
  return start;
}

}  // namespace ratchet
