#include "process/launcher.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <optional>

#include "core/clock.h"
#include "core/error.h"
#include "process/cancel_wake_posix.h"
#include "process/capture.h"
#include "process/child_input_posix.h"
#include "process/child_posix.h"
#include "process/command_posix.h"
#include "process/environment_posix.h"
#include "process/kill_ladder.h"

namespace ratchet {
namespace {

/// Exit is not end-of-file: how long descendants may still write once the program has ended.
constexpr std::chrono::milliseconds kDrainTime{200};
/// Limits beyond it are as good as none, and must not overflow the clock.
constexpr std::chrono::milliseconds kLongestWait = std::chrono::hours{24 * 365};
constexpr std::size_t kReadSize = std::size_t{64} << 10;
/// Reads after the group was killed: what is left in a full pipe, without following an endless
/// writer.
constexpr int kReadsAfterKill = 32;

SteadyTime now() {
  return system_clock().steady();
}

/// One output stream of a child, read into its capture.
class OutputReader {
 public:
  OutputReader(Descriptor pipe, std::size_t limit) : pipe_(std::move(pipe)), capture_(limit) {
    set_non_blocking(pipe_);
  }

  [[nodiscard]] const Descriptor& descriptor() const { return pipe_; }
  [[nodiscard]] bool is_open() const { return pipe_.is_open(); }

  /// One read, so that an endless writer cannot keep the time limit from being seen.
  void read_some() {
    std::array<char, kReadSize> buffer;  // NOLINT: filled by read()
    const ssize_t count = ::read(pipe_.get(), buffer.data(), buffer.size());
    if (count > 0) return capture_.append({buffer.data(), static_cast<std::size_t>(count)});
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    pipe_.close();
  }

  void read_rest() {
    for (int count = 0; count < kReadsAfterKill && is_open(); ++count)
      read_some();
  }

  [[nodiscard]] CapturedStream finish() { return capture_.finish(); }

 private:
  Descriptor pipe_;
  StreamCapture capture_;
};

/// One child from its start to the end of its group.
class Run {
 public:
  Run(const Command& command, ChildStart start, const Cancellation& cancellation)
      : cancellation_(cancellation), wake_(cancellation), began_(now()), ladder_(command.grace) {
    if (command.time_limit) limit_ = began_ + std::min(*command.time_limit, kLongestWait);
    Pipe output = make_pipe();
    Pipe error = make_pipe();
    Pipe input;
    start.output = &output.write_end;
    start.error = &error.write_end;
    if (!command.input.empty()) {
      input = make_pipe();
      start.input = &input.read_end;
    }
    child_.emplace(Child::start(start));
    out_.emplace(std::move(output.read_end), command.output_limit);
    error_.emplace(std::move(error.read_end), command.output_limit);
    if (!command.input.empty()) input_.emplace(std::move(input.write_end), command.input);
  }

  ProcessResult to_end() {
    const Child::End end = watch();
    ProcessResult result;
    result.duration = std::chrono::round<std::chrono::milliseconds>(now() - began_);
    result.exit_code = end.exit_code;
    result.signal = end.signal;
    drain();
    const bool leaked = out_->is_open() || error_->is_open();
    result.state = state_of(end, leaked);
    child_->finish();
    out_->read_rest();
    error_->read_rest();
    result.out = out_->finish();
    result.error = error_->finish();
    return result;
  }

 private:
  /// Until the child has exited.
  Child::End watch() {
    while (true) {
      turn(next_deadline(), &child_->watch());
      // First of all, so that a child that ended in time is never said to have been ended by us.
      if (const auto end = child_->end()) return *end;
      begin_ladder_if_due();
      take_step();
    }
  }

  /// Until the streams are closed, for a short time.
  void drain() {
    input_.reset();
    const SteadyTime deadline = now() + kDrainTime;
    while ((out_->is_open() || error_->is_open()) && now() < deadline &&
           !cancellation_.immediate.stop_requested()) {
      turn(deadline, nullptr);
    }
  }

  void begin_ladder_if_due() {
    const SteadyTime time = now();
    if (!ladder_.begun() && cancellation_.requested()) ended_by_us_ = ProcessState::cancelled;
    if (!ended_by_us_ && limit_ && time >= *limit_) ended_by_us_ = ProcessState::timed_out;
    if (ended_by_us_) ladder_.begin(time);
    if (ended_by_us_ && cancellation_.immediate.stop_requested()) ladder_.insist(time);
  }

  void take_step() {
    const KillLadder::Step step = ladder_.due(now());
    if (step == KillLadder::Step::ask) child_->signal_group(SIGTERM);
    if (step == KillLadder::Step::kill) child_->signal_group(SIGKILL);
  }

  [[nodiscard]] std::optional<SteadyTime> next_deadline() const {
    return ladder_.begun() ? ladder_.next() : limit_;
  }

  /// Waits for something to happen and moves bytes. The streams come first: an exit seen later in
  /// the same turn then finds them read.
  void turn(std::optional<SteadyTime> deadline, const Descriptor* exit) {
    const auto number = [](bool wanted, const Descriptor* of) { return wanted ? of->get() : -1; };
    const bool writes = input_ && input_->descriptor().is_open();
    std::array<pollfd, 5> events{{
        {out_->descriptor().get(), POLLIN, 0},
        {error_->descriptor().get(), POLLIN, 0},
        {number(writes, writes ? &input_->descriptor() : nullptr), POLLOUT, 0},
        {wake_.descriptor().get(), POLLIN, 0},
        {number(exit != nullptr, exit), POLLIN, 0},
    }};
    if (exit != nullptr && !exit->is_open()) return;  // vanished at once: nothing to wait for
    wait(events, deadline);
    if (events[0].revents != 0) out_->read_some();
    if (events[1].revents != 0) error_->read_some();
    if (events[2].revents != 0) input_->write_some();
    if (events[3].revents != 0) wake_.acknowledge();
  }

  static void wait(std::array<pollfd, 5>& events, std::optional<SteadyTime> deadline) {
    timespec time{};
    if (deadline) {
      const auto left = std::max(*deadline - now(), SteadyTime::duration::zero());
      const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
      time.tv_sec = seconds.count();
      time.tv_nsec = std::chrono::nanoseconds(left - seconds).count();
    }
    // An interrupted wait leaves revents as they were, all zero: just an empty turn.
    ::ppoll(events.data(), events.size(), deadline ? &time : nullptr, nullptr);
  }

  [[nodiscard]] ProcessState state_of(const Child::End& end, bool leaked) const {
    if (ended_by_us_) return *ended_by_us_;
    if (!end.known) return ProcessState::status_unknown;
    if (end.signal != 0) return ProcessState::signalled;
    if (leaked) return ProcessState::leaked;
    return end.exit_code == 0 ? ProcessState::passed : ProcessState::failed;
  }

  const Cancellation& cancellation_;
  CancelWake wake_;
  SteadyTime began_;
  std::optional<SteadyTime> limit_;
  KillLadder ladder_;
  std::optional<ProcessState> ended_by_us_;
  std::optional<Child> child_;
  std::optional<OutputReader> out_;
  std::optional<OutputReader> error_;
  std::optional<ChildInput> input_;
};

class PosixLauncher final : public Launcher {
 public:
  ProcessResult run(const Command& command, const Cancellation& cancellation) override {
    ChildStart start = prepare(command);
    ProcessResult result;
    if (cancellation.requested()) {
      result.state = ProcessState::cancelled;
      return result;
    }
    try {
      return Run(command, std::move(start), cancellation).to_end();
    } catch (const Error& error) {
      if (error.code().name() != "process.spawn_failed") throw;
      result.spawn_error = error.message();
      return result;
    }
  }

  std::optional<std::string> find_program(std::string_view name) override {
    if (const std::filesystem::path path(name); path.is_absolute()) {
      return is_executable_file(path) ? std::optional(path.string()) : std::nullopt;
    }
    const auto found = find_on_path(name, search_path(child_environment({})));
    return found ? std::optional(found->string()) : std::nullopt;
  }
};

}  // namespace

Launcher& system_launcher() {
  static PosixLauncher launcher;
  return launcher;
}

}  // namespace ratchet
