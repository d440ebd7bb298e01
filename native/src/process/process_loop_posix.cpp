#include "process/process_loop_posix.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <utility>

#include "core/error.h"

namespace ratchet {
namespace {

/// How long children that ended wait for others, to look for survivors together.
constexpr std::chrono::milliseconds kSearchDelay{5};

}  // namespace

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
  if (!std::exchange(is_watched_, true)) register_.keep_watched();
  EnvironmentBlock environment(command.environment);
  const std::filesystem::path program = programs_.find(command, environment.search_path());
  const ChildHome home{reactor_, deadlines_, events_, buffer_, register_, processes_, searches_};
  children_.insert_or_assign(
      id, std::make_unique<RunningChild>(id, command, program, environment, home));
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
    if (!events_.empty() || serve_searches() || turn(deadline)) continue;
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

/// Looks at all processes for those children that wait for it; whether it did anything.
bool PosixProcessLoop::serve_searches() {
  if (searches_.empty()) return false;
  const SteadyTime time = system_clock().steady();
  if (!searches_since_) searches_since_ = time;
  // More may be about to end.
  const bool may_wait = time - *searches_since_ < kSearchDelay;
  if (may_wait && reactor_.turn(time)) return true;
  searches_since_.reset();
  const std::vector<std::size_t> ids = std::exchange(searches_, {});
  std::vector<Lineage> lineages;
  lineages.reserve(ids.size());
  for (const std::size_t id : ids)
    lineages.push_back(children_.at(id)->lineage());
  std::vector<std::vector<Survivor>> survivors = find_survivors(lineages);
  for (std::size_t index = 0; index < ids.size(); ++index)
    children_.at(ids[index])->survivors(std::move(survivors[index]));
  return true;
}

void PosixProcessLoop::wake() {
  woken_ = true;
  reactor_.wake();
}

}  // namespace ratchet
