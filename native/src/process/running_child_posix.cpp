#include "process/running_child_posix.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "core/error.h"

namespace ratchet {
namespace {

/// Exit is not end-of-file: how long descendants may still write once the program has ended.
constexpr std::chrono::milliseconds kDrainTime{200};
/// How long the killed rest of a group may take to go, and how often that is looked at.
constexpr std::chrono::milliseconds kVanishTime{100};
constexpr std::chrono::milliseconds kVanishInterval{1};
/// From then on the rest is looked at closely: it may be zombies whose parent takes its time.
constexpr std::chrono::milliseconds kCloseLook{2};
/// How old a list of descendants may be: those started since are found by their mark.
constexpr std::chrono::milliseconds kDescendantsAge{20};
/// Limits beyond it are as good as none, and must not overflow the clock.
constexpr std::chrono::milliseconds kLongestWait = std::chrono::hours{24 * 365};
/// Reads after the group was killed: what is left in a full pipe, without following an endless
/// writer.
constexpr int kReadsAfterKill = 32;

SteadyTime now() {
  return system_clock().steady();
}

}  // namespace

RunningChild::RunningChild(std::size_t id, const Command& command,
                           const std::filesystem::path& program, EnvironmentBlock& environment,
                           const ChildHome& home)
    : id_(id),
      home_(home),
      registration_(home.children.enter()),
      lineage_{home.children.marks().mark(registration_.number()), {}, {}},
      streams_(command.streams),
      began_(now()),
      ladder_(std::min(command.grace, kLongestWait)),
      outputs_{{{StreamName::output, {}, {}}, {StreamName::error, {}, {}}}} {
  if (command.time_limit) limit_ = began_ + std::min(*command.time_limit, kLongestWait);
  start(command, program, environment);
  schedule();
}

RunningChild::~RunningChild() {
  home_.deadlines.set(id_, std::nullopt);
  // Before the watch that holds the child's pidfd.
  child_.reset();
}

void RunningChild::start(const Command& command, const std::filesystem::path& program,
                         EnvironmentBlock& environment) {
  environment.set(ChildMarks::kVariable, home_.children.marks().value(registration_.number()));
  ChildStart what{
      program, command.arguments, environment.entries(), command.working_directory, {}, {}, {}};
  const Descriptor output = connect_output(outputs_[0], command, what.output);
  const Descriptor error = connect_output(outputs_[1], command, what.error);
  Descriptor input;
  if (!command.input.empty()) {
    Pipe pipe = make_pipe();
    input = std::move(pipe.read_end);
    what.input = {ChildStream::Kind::pipe, input.get()};
    input_.emplace(command.input);
    input_watch_ = Watch(home_.reactor, std::move(pipe.write_end), Readiness::writable,
                         [this] { on_input(); });
  }
  child_.emplace(Child::start(what));
  registration_.set_group(child_->id());
  watch_exit();
  for (Output& each : outputs_) {
    if (each.watch.is_open()) each.watch.arm();
  }
  if (input_) input_watch_.arm();
  if (!exit_.is_open()) on_exit();
}

void RunningChild::watch_exit() {
  Descriptor pidfd = child_->take_watch();
  if (!pidfd.is_open()) return;
  try {
    exit_ = Watch(home_.reactor, std::move(pidfd), Readiness::readable, [this] { on_exit(); });
  } catch (const Error& error) {
    // It runs already: not to be started twice.
    child_->finish();
    throw Error("process.spawn_failed", error.message());
  }
  exit_.arm();
}

/// The child's end of an output; ours is watched.
Descriptor RunningChild::connect_output(Output& output, const Command& command,
                                        ChildStream& child_side) {
  if (command.output == OutputMode::inherit) child_side.kind = ChildStream::Kind::inherited;
  if (command.output != OutputMode::capture) return {};
  Pipe pipe = make_pipe();
  output.capture.emplace(output.name, command.output_limit, command.open_spill);
  output.watch = Watch(home_.reactor, std::move(pipe.read_end), Readiness::readable,
                       [this, &output] { on_output(output); });
  child_side = {ChildStream::Kind::pipe, pipe.write_end.get()};
  return std::move(pipe.write_end);
}

void RunningChild::on_output(Output& output) {
  if (read_some(output)) output.watch.arm();
  if (phase_ == Phase::draining && !outputs_open()) end_group();
}

/// One read, so that an endless writer keeps nobody else waiting. Whether there can be more.
bool RunningChild::read_some(Output& output) {
  const ssize_t count = ::read(output.watch.get(), home_.buffer.data(), home_.buffer.size());
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  if (count <= 0) {
    output.watch.close();
    return false;
  }
  const std::string_view bytes(home_.buffer.data(), static_cast<std::size_t>(count));
  output.capture->append(bytes);
  if (streams_) {
    home_.events.emplace_back(ProcessOutput{id_, output.name, sequence_++, std::string(bytes)});
  }
  return true;
}

/// What the group has left in the pipe. Nobody of it writes any more; who holds it open has left.
void RunningChild::read_rest(Output& output) {
  for (int count = 0; count < kReadsAfterKill && output.watch.is_open(); ++count)
    read_some(output);
  if (!output.watch.is_open()) return;
  struct stat status {};
  if (::fstat(output.watch.get(), &status) == 0) lineage_.pipes.push_back(status.st_ino);
  output.watch.close();
}

void RunningChild::on_input() {
  if (input_->write_some(input_watch_.get())) return input_watch_.arm();
  input_watch_.close();
}

void RunningChild::on_exit() {
  if (phase_ != Phase::running) return;
  if (const auto end = child_->end()) return exited(*end);
  exit_.arm();
}

void RunningChild::exited(const Child::End& end) {
  const SteadyTime time = now();
  end_ = end;
  duration_ = std::chrono::round<std::chrono::milliseconds>(time - began_);
  input_watch_.close();
  if (!outputs_open()) return end_group();
  phase_ = Phase::draining;
  phase_ends_ = time + kDrainTime;
  schedule();
}

void RunningChild::cancel(bool at_once) {
  if (phase_ == Phase::draining && at_once) return end_group();
  if (phase_ == Phase::running) end_by_us(ProcessState::cancelled, at_once);
}

void RunningChild::on_deadline() {
  if (phase_ == Phase::draining) return end_group();
  if (phase_ == Phase::vanishing) return on_vanishing();
  if (phase_ == Phase::running) end_by_us(ProcessState::timed_out, false);
}

void RunningChild::end_by_us(ProcessState state, bool at_once) {
  // First of all, so that a child that ended in time is never said to have been ended by us.
  if (const auto end = child_->end()) return exited(*end);
  const SteadyTime time = now();
  if (!ended_by_us_) {
    ended_by_us_ = state;
    lineage_.descendants = descendants_of(child_->id(), home_.processes.at(time, kDescendantsAge));
    ladder_.begin(time);
    if (state == ProcessState::timed_out) home_.events.emplace_back(ProcessOverdue{id_});
  }
  if (at_once) ladder_.insist(time);
  take_step();
  schedule();
}

void RunningChild::take_step() {
  const KillLadder::Step step = ladder_.due(now());
  if (step == KillLadder::Step::ask) child_->signal_group(SIGTERM);
  if (step == KillLadder::Step::kill) child_->signal_group(SIGKILL);
}

void RunningChild::end_group() {
  leaked_ = outputs_open();
  child_->finish();
  exit_.close();
  phase_ = Phase::vanishing;
  phase_ends_ = now() + kVanishTime;
  on_vanishing();
}

void RunningChild::on_vanishing() {
  const SteadyTime time = now();
  const auto only_zombies = [&] {
    return time >= phase_ends_ - kVanishTime + kCloseLook &&
           !lives_in(home_.processes.at(time, std::chrono::milliseconds(0)), child_->id());
  };
  if (child_->group_is_gone() || time >= phase_ends_ || only_zombies()) after_group();
  schedule();
}

void RunningChild::after_group() {
  child_->forget_group();
  for (Output& output : outputs_) {
    if (output.watch.is_open()) read_rest(output);
  }
  const ProcessState state = final_state();
  const bool may_have_survivors = state == ProcessState::timed_out ||
                                  state == ProcessState::cancelled || state == ProcessState::leaked;
  if (!may_have_survivors) return say_ended({});
  phase_ = Phase::searching;
  home_.searches.push_back(id_);
}

void RunningChild::survivors(std::vector<Survivor> found) {
  say_ended(std::move(found));
  schedule();
}

void RunningChild::say_ended(std::vector<Survivor> survivors) {
  phase_ = Phase::ended;
  ProcessResult result;
  result.state = final_state();
  result.exit_code = end_.exit_code;
  result.signal = end_.signal;
  result.duration = duration_;
  if (outputs_[0].capture) result.out = outputs_[0].capture->finish();
  if (outputs_[1].capture) result.error = outputs_[1].capture->finish();
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

bool RunningChild::outputs_open() const {
  return std::any_of(outputs_.begin(), outputs_.end(),
                     [](const Output& output) { return output.watch.is_open(); });
}

ProcessState RunningChild::final_state() const {
  if (ended_by_us_) return *ended_by_us_;
  if (!end_.known) return ProcessState::status_unknown;
  if (end_.signal != 0) return ProcessState::signalled;
  if (leaked_) return ProcessState::leaked;
  return end_.exit_code == 0 ? ProcessState::passed : ProcessState::failed;
}

}  // namespace ratchet
