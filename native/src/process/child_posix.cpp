#include "process/child_posix.h"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <system_error>
#include <thread>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "process/process_table_posix.h"
#include "process/spawn_posix.h"

namespace ratchet {
namespace {

constexpr int kFirstInheritedNumber = 3;
constexpr int kGroupGoneChecks = 100;
constexpr int kQuickChecks = 2;
constexpr std::chrono::milliseconds kGroupGoneInterval{1};

void connect(SpawnActions& actions, const ChildStream& from, int to, int mode) {
  if (from.kind == ChildStream::Kind::pipe) return actions.connect(from.descriptor, to);
  const bool is_inherited = from.kind == ChildStream::Kind::inherited;
  if (is_inherited && ::fcntl(to, F_GETFD) >= 0) return actions.connect(to, to);
  actions.connect_null(to, mode);
}

sigset_t no_signals() {
  sigset_t none;
  sigemptyset(&none);
  return none;
}

/// Keeps a number free for the pidfd: once the program runs it is too late to have none.
Descriptor reserve_number() {
  Descriptor reserve(::eventfd(0, EFD_CLOEXEC));
  if (!reserve.is_open()) throw start_error(errno, "cannot watch a process");
  return above_standard_streams(std::move(reserve));
}

}  // namespace

Child Child::start(const ChildStart& what) {
  static const SpawnAttributes attributes(no_signals());
  SpawnActions actions;
  connect(actions, what.input, STDIN_FILENO, O_RDONLY);
  connect(actions, what.output, STDOUT_FILENO, O_WRONLY);
  connect(actions, what.error, STDERR_FILENO, O_WRONLY);
  if (!what.working_directory.empty()) actions.change_folder(what.working_directory);
  actions.close_from(kFirstInheritedNumber);
  Descriptor reserve = reserve_number();
  const pid_t pid = spawn(what.program, what.arguments, what.environment, actions, attributes);
  reserve.close();
  Child child(pid, open_pidfd(pid));
  if (child.watch_.is_open()) return child;
  const int reason = errno;
  child.reaped_by_others_ = reason == ESRCH;
  if (child.reaped_by_others_) return child;
  // Another thread took the number. It must not run on unseen, and not be started twice.
  ::kill(-pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
  child.finished_ = true;
  child.group_is_gone_ = true;
  throw Error("process.spawn_failed", "cannot watch " + in_quotes(what.program.native()) + ": " +
                                          std::generic_category().message(reason));
}

Child::Child(Child&& other) noexcept
    : pid_(other.pid_),
      watch_(std::move(other.watch_)),
      pidfd_(other.pidfd_),
      reaped_by_others_(other.reaped_by_others_),
      finished_(std::exchange(other.finished_, true)),
      group_is_gone_(std::exchange(other.group_is_gone_, true)) {
}

Child::~Child() {
  finish();
  for (int check = 0; check < kGroupGoneChecks && !group_is_gone(); ++check) {
    // The rest may be zombies whose parent takes its time.
    if (check >= kQuickChecks && !lives_in(read_process_table(), pid_)) return;
    std::this_thread::sleep_for(kGroupGoneInterval);
  }
}

std::optional<ProgramEnd> Child::end() {
  if (reaped_by_others_) return ProgramEnd{};
  siginfo_t info{};
  if (wait_on(pidfd_, info, WEXITED | WNOWAIT | WNOHANG) != 0) {
    reaped_by_others_ = true;
    return ProgramEnd{};
  }
  if (info.si_pid == 0) return std::nullopt;
  ProgramEnd end{.known = true};
  (info.si_code == CLD_EXITED ? end.exit_code : end.signal) = info.si_status;
  return end;
}

void Child::signal_group(int signal) {
  // Once others have reaped the child its number is free. It cannot be given out again while a
  // member of the group lives, so a process of that number means a group of somebody else's.
  const bool may_be_taken = reaped_by_others_ && (::kill(pid_, 0) == 0 || errno != ESRCH);
  if (!may_be_taken) ::kill(-pid_, signal);
}

void Child::finish() {
  if (finished_) return;
  finished_ = true;
  signal_group(SIGKILL);
  siginfo_t info{};
  if (!reaped_by_others_) wait_on(pidfd_, info, WEXITED);
}

bool Child::group_is_gone() {
  // Signal 0 only asks. What is dead already is reaped by init.
  if (!group_is_gone_) group_is_gone_ = ::kill(-pid_, 0) != 0;
  return group_is_gone_;
}

}  // namespace ratchet
