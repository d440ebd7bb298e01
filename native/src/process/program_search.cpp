#include "process/program_search.h"

#include "core/error.h"
#include "core/text.h"
#include "process/path_probe.h"

namespace ratchet {
namespace {

constexpr std::size_t kLongestPathShown = 2000;

Error invalid(std::string message) {
  return {"process.invalid_command", std::move(message)};
}

std::filesystem::path find_by_name(const std::string& name, const ProgramSearch& search) {
  if (auto found = find_on_path(name, search)) return *std::move(found);
  throw Error("process.not_found", "program " + in_quotes(name) + " is not on PATH " +
                                       in_quotes(search.folders, kLongestPathShown))
      .hint("install it, or give its path");
}

std::filesystem::path find_by_path(const std::string& program,
                                   const std::filesystem::path& working_directory,
                                   const ProgramSearch& search) {
  std::filesystem::path path = program;
  if (path.has_root_name() && !path.has_root_directory()) {
    throw invalid("program " + in_quotes(program) + " depends on the current folder of its drive")
        .hint("give its full path");
  }
  if (path.is_relative()) {
    path = (working_directory.empty() ? current_folder() : working_directory) / path;
  }
  if (auto found = executable_at(path, search)) return *std::move(found);
  const PathKind kind = kind_of(path);
  if (kind == PathKind::nothing) {
    throw Error("process.not_found", "program " + in_quotes(program) + " does not exist")
        .hint("install it, or correct its path");
  }
  if (kind == PathKind::folder) throw invalid("program " + in_quotes(program) + " is a folder");
  throw invalid("program " + in_quotes(program) + " may not be executed")
      .hint(std::string(executable_hint()));
}

}  // namespace

std::filesystem::path find_command_program(const Command& command, const ProgramSearch& search) {
  const std::string& program = command.arguments.front();
  return is_program_path(program) ? find_by_path(program, command.working_directory, search)
                                  : find_by_name(program, search);
}

std::filesystem::path KnownPrograms::find(const Command& command, const ProgramSearch& search) {
  const std::string& name = command.arguments.front();
  if (is_program_path(name)) return find_command_program(command, search);
  Name key{name, std::string(search.folders), std::string(search.extensions)};
  const auto known = found_.find(key);
  if (known != found_.end() && is_executable_file(known->second)) return known->second;
  std::filesystem::path found = find_command_program(command, search);
  found_.insert_or_assign(std::move(key), found);
  return found;
}

}  // namespace ratchet
