#include "process/running_child.h"

#include <algorithm>
#include <string>
#include <utility>

namespace ratchet {
namespace {

/// Exit is not end-of-file: how long descendants may still write once the program has ended.
constexpr std::chrono::milliseconds kDrainTime{200};
/// How long the killed rest of a tree may take to go, and how often that is looked at.
constexpr std::chrono::milliseconds kVanishTime{100};
constexpr std::chrono::milliseconds kVanishInterval{1};
/// Limits beyond it are as good as none, and must not overflow the clock.
constexpr std::chrono::milliseconds kLongestWait = std::chrono::hours{24 * 365};

SteadyTime now() {
  return system_clock().steady();
}

}  // namespace

RunningChild::RunningChild(std::size_t id, const Command& command, const ChildHome& home)
    : id_(id),
      home_(home),
      streams_(command.streams),
      began_(now()),
      ladder_(std::min(command.grace, kLongestWait)),
      output_(StreamName::output, command.output_limit, command.open_spill),
      error_(StreamName::error, command.output_limit, command.open_spill) {
  if (command.time_limit) limit_ = began_ + std::min(*command.time_limit, kLongestWait);
  tree_ = home_.starter.start(command, *this);
  // Nobody tells of a program that was over before it could be watched.
  if (const auto end = tree_->end()) exited(*end);
  schedule();
}

RunningChild::~RunningChild() {
  home_.deadlines.set(id_, std::nullopt);
}

SpillingCapture& RunningChild::capture_of(StreamName stream) {
  return stream == StreamName::output ? output_ : error_;
}

void RunningChild::said(StreamName stream, std::string_view bytes) {
  capture_of(stream).append(bytes);
  if (streams_) {
    home_.events.emplace_back(ProcessOutput{id_, stream, sequence_++, std::string(bytes)});
  }
}

void RunningChild::stream_ended() {
  if (phase_ == Phase::draining && !tree_->is_heard()) end_tree();
}

void RunningChild::exited(const ProgramEnd& end) {
  if (phase_ != Phase::running) return;
  const SteadyTime time = now();
  end_ = end;
  duration_ = std::chrono::round<std::chrono::milliseconds>(time - began_);
  if (!tree_->is_heard()) return end_tree();
  phase_ = Phase::draining;
  phase_ends_ = time + kDrainTime;
  schedule();
}

void RunningChild::cancel(bool at_once) {
  if (phase_ == Phase::draining && at_once) {
    // Not here and now: an end of the streams that nobody has looked at yet is no leak.
    phase_ends_ = now();
    return schedule();
  }
  if (phase_ == Phase::running) end_by_us(ProcessState::cancelled, at_once);
}

void RunningChild::on_deadline() {
  if (phase_ == Phase::draining) return end_tree();
  if (phase_ == Phase::vanishing) return on_vanishing();
  if (phase_ == Phase::running) end_by_us(ProcessState::timed_out, false);
}

void RunningChild::kill() {
  if (phase_ == Phase::running || phase_ == Phase::draining) tree_->kill();
}

void RunningChild::end_by_us(ProcessState state, bool at_once) {
  // First of all, so that a child that ended in time is never said to have been ended by us.
  if (const auto end = tree_->end()) return exited(*end);
  const SteadyTime time = now();
  if (!ended_by_us_) {
    ended_by_us_ = state;
    ladder_.begin(time);
    if (state == ProcessState::timed_out) home_.events.emplace_back(ProcessOverdue{id_});
  }
  if (at_once) ladder_.insist(time);
  take_step();
  schedule();
}

void RunningChild::take_step() {
  KillLadder::Step step = ladder_.due(now());
  if (step == KillLadder::Step::ask && !tree_->ask()) {
    // Nobody knows that it is to end, so there is nothing to wait for.
    ladder_.insist(now());
    step = ladder_.due(now());
  }
  if (step == KillLadder::Step::kill) tree_->kill();
}

void RunningChild::end_tree() {
  leaked_ = tree_->is_heard();
  tree_->finish();
  phase_ = Phase::vanishing;
  phase_ends_ = now() + kVanishTime;
  on_vanishing();
}

void RunningChild::on_vanishing() {
  const SteadyTime time = now();
  if (tree_->is_gone(time) || time >= phase_ends_) after_tree();
  schedule();
}

void RunningChild::after_tree() {
  tree_->leave();
  const ProcessState state = final_state();
  const bool may_have_survivors = state == ProcessState::timed_out ||
                                  state == ProcessState::cancelled || state == ProcessState::leaked;
  if (!may_have_survivors) return say_ended({});
  phase_ = Phase::searching;
  tree_->seek_survivors();
}

void RunningChild::survived(std::vector<Survivor> survivors) {
  say_ended(std::move(survivors));
  schedule();
}

void RunningChild::say_ended(std::vector<Survivor> survivors) {
  phase_ = Phase::ended;
  ProcessResult result;
  result.state = final_state();
  result.exit_code = end_.exit_code;
  result.signal = end_.signal;
  result.duration = duration_;
  result.out = output_.finish();
  result.error = error_.finish();
  result.survivors = std::move(survivors);
  home_.events.emplace_back(ProcessEnded{id_, std::move(result)});
}

void RunningChild::schedule() {
  std::optional<SteadyTime> next;
  if (phase_ == Phase::running) next = ladder_.begun() ? ladder_.next() : limit_;
  if (phase_ == Phase::draining) next = phase_ends_;
  if (phase_ == Phase::vanishing) next = std::min(now() + kVanishInterval, phase_ends_);
  home_.deadlines.set(id_, next);
}

ProcessState RunningChild::final_state() const {
  if (ended_by_us_) return *ended_by_us_;
  if (!end_.known) return ProcessState::status_unknown;
  if (end_.signal != 0) return ProcessState::signalled;
  if (leaked_) return ProcessState::leaked;
  return end_.exit_code == 0 ? ProcessState::passed : ProcessState::failed;
}

}  // namespace ratchet
