#include "process/process_loop_posix.h"

#include <algorithm>
#include <csignal>
#include <utility>

#include "core/error.h"

namespace ratchet {

PosixProcessLoop::~PosixProcessLoop() {
  // All at once, so that they end side by side.
  for (const auto& [id, child] : children_)
    child->kill();
}

bool PosixProcessLoop::start(std::size_t id, const Command& command) {
  try {
    launch(id, command);
  } catch (const Error& error) {
    if (error.code().name() == "process.exhausted" && !children_.empty()) return false;
    ProcessResult result;
    result.spawn_error = error.message();
    events_.emplace_back(ProcessEnded{id, std::move(result)});
  }
  return true;
}

void PosixProcessLoop::launch(std::size_t id, const Command& command) {
  const EnvironmentBlock environment(command.environment);
  const std::filesystem::path program = programs_.find(command, environment.search_path());
  const ChildHome home{reactor_, deadlines_, events_, buffer_};
  children_.insert_or_assign(
      id, std::make_unique<RunningChild>(id, command, program, environment.entries(), home));
}

void PosixProcessLoop::cancel(std::size_t id, bool at_once) {
  if (const auto child = children_.find(id); child != children_.end())
    child->second->cancel(at_once);
}

std::optional<ProcessEvent> PosixProcessLoop::next(std::optional<SteadyTime> deadline) {
  while (true) {
    if (woken_.exchange(false)) return std::nullopt;
    if (auto event = take_event()) return event;
    serve_deadlines();
    if (!events_.empty()) continue;
    if (turn(deadline)) continue;
    if (events_.empty() && deadline && system_clock().steady() >= *deadline) return std::nullopt;
  }
}

bool PosixProcessLoop::turn(std::optional<SteadyTime> deadline) {
  std::optional<SteadyTime> until = deadlines_.earliest();
  if (deadline) until = until ? std::min(*until, *deadline) : *deadline;
  return reactor_.turn(until);
}

std::optional<ProcessEvent> PosixProcessLoop::take_event() {
  if (events_.empty()) return std::nullopt;
  std::optional<ProcessEvent> event(std::move(events_.front()));
  events_.pop_front();
  if (const auto* ended = std::get_if<ProcessEnded>(&*event)) children_.erase(ended->id);
  return event;
}

void PosixProcessLoop::serve_deadlines() {
  const SteadyTime time = system_clock().steady();
  while (const auto id = deadlines_.take_due(time))
    children_.at(*id)->on_deadline();
}

void PosixProcessLoop::wake() {
  woken_ = true;
  reactor_.wake();
}

}  // namespace ratchet
