#include "process/child_tree_posix.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <utility>

#include "core/error.h"

namespace ratchet {
namespace {

/// From then on the rest is looked at closely: it may be zombies whose parent takes its time.
constexpr std::chrono::milliseconds kCloseLook{2};
/// How old a list of descendants may be: those started since are found by their mark.
constexpr std::chrono::milliseconds kDescendantsAge{20};
/// Reads after the group was killed: what is left in a full pipe, without following an endless
/// writer.
constexpr int kReadsAfterKill = 32;

}  // namespace

PosixChildTree::PosixChildTree(const Command& command, const std::filesystem::path& program,
                               EnvironmentBlock& environment, ChildListener& listener,
                               const GroupHome& home)
    : home_(home),
      listener_(listener),
      registration_(home.children.enter()),
      lineage_{home.children.marks().mark(registration_.number()), {}, {}},
      outputs_{{{StreamName::output, {}}, {StreamName::error, {}}}} {
  environment.set(ChildMarks::kVariable, home_.children.marks().value(registration_.number()));
  ChildStart what{
      program, command.arguments, environment.entries(), command.working_directory, {}, {}, {}};
  const Descriptor output = connect_output(outputs_[0], command.output, what.output);
  const Descriptor error = connect_output(outputs_[1], command.output, what.error);
  const Descriptor input = connect_input(command, what.input);
  child_.emplace(Child::start(what));
  registration_.set_group(child_->id());
  watch_exit();
  for (Output& each : outputs_) {
    if (each.watch.is_open()) each.watch.arm();
  }
  if (input_) input_watch_.arm();
}

void PosixChildTree::watch_exit() {
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
Descriptor PosixChildTree::connect_output(Output& output, OutputMode mode,
                                          ChildStream& child_side) {
  if (mode == OutputMode::inherit) child_side.kind = ChildStream::Kind::inherited;
  if (mode != OutputMode::capture) return {};
  Pipe pipe = make_pipe();
  output.watch = Watch(home_.reactor, std::move(pipe.read_end), Readiness::readable,
                       [this, &output] { on_output(output); });
  child_side = {ChildStream::Kind::pipe, pipe.write_end.get()};
  return std::move(pipe.write_end);
}

/// The child's end of its input; ours is watched.
Descriptor PosixChildTree::connect_input(const Command& command, ChildStream& child_side) {
  if (command.input.empty()) return {};
  Pipe pipe = make_pipe();
  child_side = {ChildStream::Kind::pipe, pipe.read_end.get()};
  input_.emplace(command.input);
  input_watch_ =
      Watch(home_.reactor, std::move(pipe.write_end), Readiness::writable, [this] { on_input(); });
  return std::move(pipe.read_end);
}

void PosixChildTree::on_output(Output& output) {
  if (read_some(output)) return output.watch.arm();
  listener_.stream_ended();
}

/// One read, so that an endless writer keeps nobody else waiting. Whether there can be more.
bool PosixChildTree::read_some(Output& output) {
  const ssize_t count = ::read(output.watch.get(), home_.buffer.data(), home_.buffer.size());
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  if (count <= 0) {
    output.watch.close();
    return false;
  }
  listener_.said(output.name, {home_.buffer.data(), static_cast<std::size_t>(count)});
  return true;
}

/// What the group has left in the pipe. Nobody of it writes any more; who holds it open has left.
void PosixChildTree::read_rest(Output& output) {
  for (int count = 0; count < kReadsAfterKill && output.watch.is_open(); ++count)
    read_some(output);
  if (!output.watch.is_open()) return;
  struct stat status {};
  if (::fstat(output.watch.get(), &status) == 0) lineage_.pipes.push_back(status.st_ino);
  output.watch.close();
}

void PosixChildTree::on_input() {
  if (input_->write_some(input_watch_.get())) return input_watch_.arm();
  input_watch_.close();
}

void PosixChildTree::on_exit() {
  if (const auto end = child_->end()) return listener_.exited(*end);
  exit_.arm();
}

bool PosixChildTree::is_heard() const {
  return std::any_of(outputs_.begin(), outputs_.end(),
                     [](const Output& output) { return output.watch.is_open(); });
}

bool PosixChildTree::ask() {
  remember_descendants();
  child_->signal_group(SIGTERM);
  return true;
}

void PosixChildTree::kill() {
  remember_descendants();
  child_->signal_group(SIGKILL);
}

/// While their parents still live.
void PosixChildTree::remember_descendants() {
  if (std::exchange(are_descendants_known_, true)) return;
  const SteadyTime now = system_clock().steady();
  lineage_.descendants = descendants_of(child_->id(), home_.processes.at(now, kDescendantsAge));
}

void PosixChildTree::finish() {
  input_watch_.close();
  child_->finish();
  exit_.close();
  finished_ = system_clock().steady();
}

bool PosixChildTree::is_gone(SteadyTime now) {
  const auto only_zombies = [&] {
    return now >= finished_ + kCloseLook &&
           !lives_in(home_.processes.at(now, std::chrono::milliseconds(0)), child_->id());
  };
  return child_->group_is_gone() || only_zombies();
}

void PosixChildTree::leave() {
  child_->forget_group();
  for (Output& output : outputs_) {
    if (output.watch.is_open()) read_rest(output);
  }
}

}  // namespace ratchet
