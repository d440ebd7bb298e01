#include "process/system_process_loop.h"

#include <algorithm>
#include <utility>

#include "core/error.h"

namespace ratchet {
namespace {

/// What one child can have ready at once: two streams with something and their ends, its input and
/// its exit.
constexpr std::size_t kCallsOfChild = 6;

}  // namespace

SystemProcessLoop::SystemProcessLoop(std::unique_ptr<Reactor> reactor,
                                     std::unique_ptr<ChildStarter> starter)
    : reactor_(std::move(reactor)), starter_(std::move(starter)) {
}

SystemProcessLoop::~SystemProcessLoop() {
  // All at once, so that they end side by side.
  for (const auto& [id, child] : children_)
    child->kill();
}

bool SystemProcessLoop::start(std::size_t id, const Command& command) {
  try {
    const ChildHome home{*starter_, deadlines_, events_};
    children_.insert_or_assign(id, std::make_unique<RunningChild>(id, command, home));
  } catch (const Error& error) {
    if (error.code().name() == "process.exhausted" && !children_.empty()) return false;
    ProcessResult result;
    result.spawn_error = error.message();
    events_.emplace_back(ProcessEnded{id, std::move(result)});
  }
  return true;
}

void SystemProcessLoop::cancel(std::size_t id, bool at_once) {
  if (const auto child = children_.find(id); child != children_.end())
    child->second->cancel(at_once);
}

std::optional<ProcessEvent> SystemProcessLoop::next(std::optional<SteadyTime> deadline) {
  while (true) {
    if (woken_.exchange(false)) return std::nullopt;
    if (auto event = take_event()) return event;
    if (serve_deadlines()) continue;
    if (!events_.empty() || starter_->serve_searches() || turn(deadline)) continue;
    if (events_.empty() && deadline && system_clock().steady() >= *deadline) return std::nullopt;
  }
}

bool SystemProcessLoop::turn(std::optional<SteadyTime> deadline) {
  std::optional<SteadyTime> until = deadlines_.earliest();
  if (deadline) until = until ? std::min(*until, *deadline) : *deadline;
  return reactor_->turn(until);
}

std::optional<ProcessEvent> SystemProcessLoop::take_event() {
  if (events_.empty()) return std::nullopt;
  std::optional<ProcessEvent> event(std::move(events_.front()));
  events_.pop_front();
  if (const auto* ended = std::get_if<ProcessEnded>(&*event)) children_.erase(ended->id);
  return event;
}

bool SystemProcessLoop::serve_deadlines() {
  const SteadyTime time = system_clock().steady();
  const std::optional<SteadyTime> earliest = deadlines_.earliest();
  if (!earliest || *earliest > time) return false;
  // An exit or the end of a stream that is ready must not be missed because this thread came late.
  // Bounded, or a child that never stops talking would keep the others' time from them.
  for (std::size_t calls = kCallsOfChild * children_.size(); calls > 0; --calls) {
    if (!reactor_->turn(time)) break;
  }
  while (const auto id = deadlines_.take_due(time))
    children_.at(*id)->on_deadline();
  return true;
}

void SystemProcessLoop::wake() {
  woken_ = true;
  reactor_->wake();
}

}  // namespace ratchet
