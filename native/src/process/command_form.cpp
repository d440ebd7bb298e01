#include "process/command_form.h"

#include <string>
#include <string_view>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "process/path_probe.h"

namespace ratchet {
namespace {

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
  if (holds_nul(folder.string())) throw invalid("the working directory holds a NUL");
  if (!folder.is_absolute()) {
    throw invalid("the working directory " + in_quotes(folder.string()) + " is not absolute");
  }
  if (kind_of(folder) == PathKind::folder) return;
  throw invalid("the working directory " + in_quotes(folder.string()) + " does not exist");
}

}  // namespace

void check_form(const Command& command) {
  check_arguments(command);
  check_environment(command);
  check_times(command);
  check_folder(command.working_directory);
}

}  // namespace ratchet
