#include "process/watchdog_posix.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include "core/error.h"
#include "process/child_mark_posix.h"
#include "process/child_table_layout.h"
#include "process/environment_posix.h"
#include "process/pipe_posix.h"
#include "process/spawn_posix.h"

namespace ratchet {
namespace {

sigset_t all_signals() {
  sigset_t all;
  sigfillset(&all);
  return all;
}

pid_t spawn_watchdog(const std::filesystem::path& program, const Descriptor& table,
                     const std::string& launcher, const Descriptor& pipe) {
  SpawnActions actions;
  actions.connect(pipe.get(), kWatchdogPipe);
  actions.connect_null(STDOUT_FILENO, O_WRONLY);
  actions.connect_null(STDERR_FILENO, O_WRONLY);
  actions.connect(table.get(), kWatchdogTable);
  actions.change_folder("/");
  actions.close_from(kWatchdogTable + 1);
  const std::array<std::string, 3> words{program.string(), kWatchdogMode, launcher};
  // It is no child of a run around us that anybody would want to be named.
  const EnvironmentBlock environment({{std::string(ChildMarks::kVariable), std::nullopt}});
  return spawn(program, words, environment.entries(), actions, SpawnAttributes(all_signals()));
}

}  // namespace

Watchdog::Watchdog(const std::filesystem::path& program, const Descriptor& table,
                   const std::string& launcher) {
  Pipe pipe = make_pipe();
  const pid_t pid = spawn_watchdog(program, table, launcher, pipe.read_end);
  pidfd_ = open_pidfd(pid);
  if (!pidfd_.is_open()) {
    const int reason = errno;
    pipe.write_end.close();  // it ends by that
    ::waitpid(pid, nullptr, 0);
    throw start_error(reason, "cannot watch the watchdog");
  }
  pipe_ = std::move(pipe.write_end);
}

Watchdog::~Watchdog() {
  // Killed, not asked: it may be just loading, and nothing of its own is left behind.
  ::syscall(SYS_pidfd_send_signal, pidfd_.get(), SIGKILL, nullptr, 0U);
  siginfo_t info{};
  wait_on(pidfd_.get(), info, WEXITED);
}

bool Watchdog::is_alive() const {
  siginfo_t info{};
  return wait_on(pidfd_.get(), info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
}

}  // namespace ratchet
