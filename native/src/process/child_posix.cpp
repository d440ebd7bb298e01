#include "process/child_posix.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/syscall.h>
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

namespace ratchet {
namespace {

constexpr int kFirstInheritedNumber = 3;
constexpr int kGroupGoneChecks = 100;
constexpr std::chrono::milliseconds kGroupGoneInterval{1};

Error spawn_error(const ChildStart& what, int error_number) {
  return {"process.spawn_failed", "cannot start " + in_quotes(what.program.string()) + ": " +
                                      std::generic_category().message(error_number)};
}

void require(int error_number, const ChildStart& what) {
  if (error_number != 0) throw spawn_error(what, error_number);
}

/// Streams, folder and open files of the child.
class FileActions {
 public:
  explicit FileActions(const ChildStart& what) {
    require(posix_spawn_file_actions_init(&actions_), what);
    try {
      connect(what, what.input, 0, O_RDONLY);
      connect(what, what.output, 1, O_WRONLY);
      connect(what, what.error, 2, O_WRONLY);
      require(posix_spawn_file_actions_addclosefrom_np(&actions_, kFirstInheritedNumber), what);
      if (what.working_directory.empty()) return;
      require(posix_spawn_file_actions_addchdir_np(&actions_, what.working_directory.c_str()),
              what);
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
  void connect(const ChildStart& what, const Descriptor* from, int to, int mode) {
    require(from != nullptr ? posix_spawn_file_actions_adddup2(&actions_, from->get(), to)
                            : posix_spawn_file_actions_addopen(&actions_, to, "/dev/null", mode, 0),
            what);
  }

  posix_spawn_file_actions_t actions_{};
};

/// Group and signals of the child.
class Attributes {
 public:
  explicit Attributes(const ChildStart& what) {
    require(posix_spawnattr_init(&attributes_), what);
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

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (std::string& text : texts)
    result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

Descriptor open_pidfd(pid_t pid) {
  // Not through <sys/pidfd.h>: glibc 2.36 declares it without extern "C". Always closes on exec.
  return Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0U)));
}

int wait_on(const Descriptor& pidfd, siginfo_t& info, int options) {
  int outcome = 0;
  do {
    info = {};
    outcome = ::waitid(P_PIDFD, static_cast<id_t>(pidfd.get()), &info, options);
  } while (outcome != 0 && errno == EINTR);
  return outcome;
}

}  // namespace

Child Child::start(const ChildStart& what) {
  const FileActions actions(what);
  const Attributes attributes(what);
  std::vector<std::string> arguments = what.arguments;
  std::vector<std::string> environment = what.environment;
  pid_t pid = 0;
  require(::posix_spawn(&pid, what.program.c_str(), actions.get(), attributes.get(),
                        pointers(arguments).data(), pointers(environment).data()),
          what);
  Child child(pid, open_pidfd(pid));
  if (child.pidfd_.is_open()) return child;
  const int reason = errno;
  if (reason == ESRCH) {
    child.reaped_by_others_ = true;
    return child;
  }
  // No descriptor to watch it by: it must not run on unseen.
  child.signal_group(SIGKILL);
  ::waitpid(std::exchange(child.pid_, 0), nullptr, 0);
  throw spawn_error(what, reason);
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)),
      pidfd_(std::move(other.pidfd_)),
      reaped_by_others_(other.reaped_by_others_) {
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
  if (pid_ == 0) return;
  signal_group(SIGKILL);
  siginfo_t info{};
  if (!reaped_by_others_) wait_on(pidfd_, info, WEXITED);
  wait_until_group_is_gone();
  pid_ = 0;
  pidfd_.close();
}

void Child::wait_until_group_is_gone() const {
  // The killed end on their own time and are reaped by init; signal 0 only asks whether one is
  // left.
  for (int check = 0; check < kGroupGoneChecks && ::kill(-pid_, 0) == 0; ++check) {
    std::this_thread::sleep_for(kGroupGoneInterval);
  }
}

}  // namespace ratchet
