#include "process/child_posix.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/text.h"

namespace ratchet {
namespace {

constexpr int kFirstInheritedNumber = 3;
constexpr int kGroupGoneChecks = 100;
constexpr std::chrono::milliseconds kGroupGoneInterval{1};

void require(int error_number, const ChildStart& what) {
  if (error_number == 0) return;
  throw start_error(error_number, "cannot start " + in_quotes(what.program.native()));
}

/// Streams, folder and open files of the child.
class FileActions {
 public:
  explicit FileActions(const ChildStart& what) {
    require(posix_spawn_file_actions_init(&actions_), what);
    try {
      require(connect(what.input, STDIN_FILENO, O_RDONLY), what);
      require(connect(what.output, STDOUT_FILENO, O_WRONLY), what);
      require(connect(what.error, STDERR_FILENO, O_WRONLY), what);
      if (!what.working_directory.empty()) {
        require(posix_spawn_file_actions_addchdir_np(&actions_, what.working_directory.c_str()),
                what);
      }
      require(posix_spawn_file_actions_addclosefrom_np(&actions_, kFirstInheritedNumber), what);
    } catch (...) {
      posix_spawn_file_actions_destroy(&actions_);
      throw;
    }
  }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }

  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  int connect(const ChildStream& from, int to, int mode) {
    using Kind = ChildStream::Kind;
    if (from.kind == Kind::pipe) {
      return posix_spawn_file_actions_adddup2(&actions_, from.descriptor, to);
    }
    // Onto itself: that takes a close-on-exec flag off.
    if (from.kind == Kind::inherited && ::fcntl(to, F_GETFD) >= 0) {
      return posix_spawn_file_actions_adddup2(&actions_, to, to);
    }
    return posix_spawn_file_actions_addopen(&actions_, to, "/dev/null", mode, 0);
  }

  posix_spawn_file_actions_t actions_{};
};

/// Group and signals of a child; the same for all.
class Attributes {
 public:
  Attributes() {
    if (const int failed = posix_spawnattr_init(&attributes_); failed != 0) {
      throw start_error(failed, "cannot start programs");
    }
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  ~Attributes() { posix_spawnattr_destroy(&attributes_); }

  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

std::vector<char*> pointers(std::span<const std::string> texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (const std::string& text : texts)
    result.push_back(const_cast<char*>(text.c_str()));  // NOLINT: exec's signature; not written to
  result.push_back(nullptr);
  return result;
}

/// Keeps a number free for the pidfd: once the program runs it is too late to have none.
Descriptor reserve_number() {
  Descriptor reserve(::eventfd(0, EFD_CLOEXEC));
  if (!reserve.is_open()) throw start_error(errno, "cannot watch a process");
  return reserve;
}

Descriptor open_pidfd(pid_t pid) {
  // Not through <sys/pidfd.h>: glibc 2.36 declares it without extern "C". Always closes on exec.
  return Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0U)));
}

int wait_on(int pidfd, siginfo_t& info, int options) {
  int outcome = 0;
  do {
    info = {};
    outcome = ::waitid(P_PIDFD, static_cast<id_t>(pidfd), &info, options);
  } while (outcome != 0 && errno == EINTR);
  return outcome;
}

}  // namespace

Child Child::start(const ChildStart& what) {
  static const Attributes attributes;
  const FileActions actions(what);
  Descriptor reserve = reserve_number();
  pid_t pid = 0;
  require(::posix_spawn(&pid, what.program.c_str(), actions.get(), attributes.get(),
                        pointers(what.arguments).data(), what.environment),
          what);
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
    std::this_thread::sleep_for(kGroupGoneInterval);
  }
}

std::optional<Child::End> Child::end() {
  if (reaped_by_others_) return End{};
  siginfo_t info{};
  if (wait_on(pidfd_, info, WEXITED | WNOWAIT | WNOHANG) != 0) {
    reaped_by_others_ = true;
    return End{};
  }
  if (info.si_pid == 0) return std::nullopt;
  End end{.known = true};
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
