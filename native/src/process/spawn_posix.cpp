#include "process/spawn_posix.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "core/text.h"
#include "process/pipe_posix.h"

namespace ratchet {
namespace {

void require(int error_number) {
  if (error_number != 0) throw start_error(error_number, "cannot prepare a program's start");
}

std::vector<char*> pointers(std::span<const std::string> texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (const std::string& text : texts)
    result.push_back(const_cast<char*>(text.c_str()));  // NOLINT: exec's type; not written to
  result.push_back(nullptr);
  return result;
}

}  // namespace

SpawnActions::SpawnActions() {
  require(posix_spawn_file_actions_init(&actions_));
}

void SpawnActions::connect(int from, int to) {
  require(posix_spawn_file_actions_adddup2(&actions_, from, to));
}

void SpawnActions::connect_null(int to, int mode) {
  require(posix_spawn_file_actions_addopen(&actions_, to, "/dev/null", mode, 0));
}

void SpawnActions::change_folder(const std::filesystem::path& folder) {
  require(posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str()));
}

void SpawnActions::close_from(int first) {
  require(posix_spawn_file_actions_addclosefrom_np(&actions_, first));
}

SpawnAttributes::SpawnAttributes(const sigset_t& blocked) {
  require(posix_spawnattr_init(&attributes_));
  sigset_t all;
  sigfillset(&all);
  posix_spawnattr_setpgroup(&attributes_, 0);
  posix_spawnattr_setsigmask(&attributes_, &blocked);
  posix_spawnattr_setsigdefault(&attributes_, &all);
  posix_spawnattr_setflags(&attributes_,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

pid_t spawn(const std::filesystem::path& program, std::span<const std::string> arguments,
            char* const* environment, const SpawnActions& actions,
            const SpawnAttributes& attributes) {
  pid_t pid = 0;
  const int failed = ::posix_spawn(&pid, program.c_str(), actions.get(), attributes.get(),
                                   pointers(arguments).data(), environment);
  if (failed != 0) throw start_error(failed, "cannot start " + in_quotes(program.native()));
  return pid;
}

Descriptor open_pidfd(pid_t pid) {
  // Not through <sys/pidfd.h>: glibc 2.36 declares it without extern "C". Always closes on exec.
  Descriptor pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0U)));
  if (!pidfd.is_open() || pidfd.get() > STDERR_FILENO) return pidfd;
  Descriptor lifted(::fcntl(pidfd.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  return lifted.is_open() ? std::move(lifted) : std::move(pidfd);
}

int wait_on(int pidfd, siginfo_t& info, int options) {
  while (true) {
    info = {};
    const int outcome = ::waitid(P_PIDFD, static_cast<id_t>(pidfd), &info, options);
    if (outcome == 0 || (errno != EINTR && errno != EAGAIN)) return outcome;
    // A non-blocking pidfd does not wait by itself.
    pollfd exit{pidfd, POLLIN, 0};
    if (errno == EAGAIN) ::poll(&exit, 1, -1);
  }
}

}  // namespace ratchet
