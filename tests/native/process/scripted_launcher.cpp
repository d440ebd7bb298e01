#include "process/scripted_launcher.h"

#include <filesystem>
#include <utility>

#include "core/error.h"

namespace ratchet {

void ScriptedLauncher::program(const std::string& name, Answer answer) {
  const std::scoped_lock lock(mutex_);
  answers_.insert_or_assign(name, std::move(answer));
}

ProcessResult ScriptedLauncher::exited(int code, std::string out, std::string error) {
  ProcessResult result;
  result.state = code == 0 ? ProcessState::passed : ProcessState::failed;
  result.exit_code = code;
  result.out.bytes = std::move(out);
  result.error.bytes = std::move(error);
  return result;
}

std::vector<Command> ScriptedLauncher::commands() const {
  const std::scoped_lock lock(mutex_);
  return commands_;
}

ProcessResult ScriptedLauncher::run(const Command& command, const Cancellation& cancellation) {
  const std::scoped_lock lock(mutex_);
  const std::string name = std::filesystem::path(command.arguments.at(0)).filename().string();
  const auto answer = answers_.find(name);
  if (answer == answers_.end()) throw Error("process.not_found", "no answer for " + name);
  ProcessResult cancelled;
  cancelled.state = ProcessState::cancelled;
  if (cancellation.requested()) return cancelled;
  commands_.push_back(command);
  return answer->second(command);
}

std::optional<std::string> ScriptedLauncher::find_program(std::string_view name) {
  const std::scoped_lock lock(mutex_);
  if (!answers_.contains(name)) return std::nullopt;
  return "/scripted/" + std::string(name);
}

}  // namespace ratchet
