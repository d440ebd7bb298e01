// Not on Windows: jobs end with a host that is killed (launcher_win32_test.cpp kills one).
#include "process/watchdog_posix.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <memory>

#include "fs/scratch_folder.h"
#include "process/child_mark_posix.h"
#include "process/child_probe_posix.h"
#include "process/orphans_posix.h"
#include "process/process_loop.h"

using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

constexpr const char* kHostFolder = "RATCHET_TEST_HOST_FOLDER";
constexpr std::size_t kHostChildren = 20;

Command sleeper() {
  Command command;
  command.arguments = {"sleep", "600"};
  return command;
}

/// Its direct children that are watchdogs.
std::vector<pid_t> watchdogs_of(pid_t host) {
  std::vector<pid_t> found;
  for (const ProcessEntry& entry : read_process_table()) {
    const bool is_one = entry.parent == host && entry.is_alive &&
                        command_line_of(entry.pid).find(kWatchdogMode) != std::string::npos;
    if (is_one) found.push_back(entry.pid);
  }
  return found;
}

/// The only one; waited for, because its command line is empty until its program has begun.
pid_t watchdog_of(pid_t host) {
  REQUIRE(comes_true([host] { return watchdogs_of(host).size() == 1; }));
  return watchdogs_of(host).front();
}

pid_t pid_in(const std::filesystem::path& link) {
  return static_cast<pid_t>(std::stol(std::filesystem::read_symlink(link).string()));
}

std::uint64_t status_mask(pid_t pid, const std::string& name) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name + ":")) return std::stoull(line.substr(name.size() + 1), nullptr, 16);
  }
  return 0;
}

/// A child of this process, and what its mark says.
class MarkedChild {
 public:
  MarkedChild() : loop_(system_launcher().make_loop()) {
    Command command = shell("echo $$ $RATCHET_CHILD; exec sleep 600");
    command.streams = true;
    REQUIRE(loop_->start(0, command));
    const std::string line = std::get<ProcessOutput>(*loop_->next(std::nullopt)).bytes;
    pid_ = static_cast<pid_t>(std::stol(line));
    const std::string mark = line.substr(line.rfind(' ') + 1);
    launcher_ = mark.substr(mark.rfind(':') + 1);
    number_ = static_cast<std::uint32_t>(std::stoul(launcher_.substr(launcher_.rfind('.') + 1)));
    launcher_.resize(launcher_.rfind('.'));
  }

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] std::uint32_t number() const { return number_; }
  [[nodiscard]] const std::string& launcher() const { return launcher_; }
  [[nodiscard]] ProcessState end() {
    return std::get<ProcessEnded>(*loop_->next(std::nullopt)).result.state;
  }

 private:
  std::unique_ptr<ProcessLoop> loop_;
  pid_t pid_ = 0;
  std::uint32_t number_ = 0;
  std::string launcher_;
};

/// The group that the table of this watchdog names; 0 where it names none.
pid_t guarded_group(pid_t watchdog) {
  std::ifstream table("/proc/" + std::to_string(watchdog) + "/fd/3", std::ios::binary);
  std::uint64_t slot = 0;
  while (table.read(reinterpret_cast<char*>(&slot), sizeof slot)) {
    if (slot != 0) return unpacked(slot).group;
  }
  return 0;
}

void end_orphans_of(const std::string& launcher, GuardedChild child) {
  const auto table = std::make_unique<ChildTable>();
  (*table)[17] = packed(child);
  end_orphans(*table, launcher);
}

}  // namespace

// Not a test of its own: the program runs itself as the host that the next test kills.
TEST_CASE("host of the watchdog's test" * doctest::skip()) {
  const char* const folder = std::getenv(kHostFolder);
  REQUIRE_MESSAGE(folder != nullptr, "started by another test alone");
  const auto launcher = make_system_launcher(RATCHET_CLI);
  const auto loop = launcher->make_loop();
  for (std::size_t id = 0; id < kHostChildren; ++id) {
    const std::string link = std::string(folder) + "/child" + std::to_string(id);
    REQUIRE(loop->start(id, shell("trap '' TERM; sleep 600 & ln -s $! '" + link + "b'; ln -s $$ '" +
                                  link + "'; wait")));
  }
  const std::string away = std::string(folder) + "/away";
  REQUIRE(loop->start(kHostChildren,
                      shell("setsid sh -c 'ln -s $$ " + away + "; exec sleep 600' & wait")));
  std::filesystem::create_symlink(std::to_string(watchdog_of(::getpid())),
                                  std::string(folder) + "/watchdog");
  std::filesystem::create_symlink(std::to_string(::getpid()), std::string(folder) + "/host");
  while (true)
    static_cast<void>(loop->next(std::nullopt));
}

TEST_CASE("children of a host that was killed are ended with their groups; who left lives on") {
  const test::ScratchFolder scratch;
  Command host;
  host.arguments = {"/proc/self/exe", "-tc=host of the watchdog's test", "--no-skip"};
  host.arguments.front() = std::filesystem::read_symlink("/proc/self/exe").string();
  host.environment = {{kHostFolder, scratch.path().string()}};
  const auto loop = system_launcher().make_loop();
  REQUIRE(loop->start(0, host));
  std::vector<std::string> links{"host", "watchdog", "away"};
  for (std::size_t id = 0; id < kHostChildren; ++id) {
    links.push_back("child" + std::to_string(id));
    links.push_back("child" + std::to_string(id) + "b");
  }
  const auto is_there = [&](const std::string& link) {
    return std::filesystem::is_symlink(scratch.path() / link);
  };
  REQUIRE(comes_true([&] { return std::all_of(links.begin(), links.end(), is_there); }));
  std::vector<pid_t> to_end;
  for (const std::string& link : links) {
    if (link != "away") to_end.push_back(pid_in(scratch.path() / link));
  }
  const pid_t away = pid_in(scratch.path() / "away");

  ::kill(pid_in(scratch.path() / "host"), SIGKILL);
  CHECK(comes_true([&] {
    return std::none_of(to_end.begin(), to_end.end(), [](pid_t pid) { return is_alive(pid); });
  }));
  CHECK(is_alive(away));
  ::kill(away, SIGKILL);
}

TEST_CASE("the watchdog holds nothing of the host's and hears no signal of the terminal's") {
  const std::size_t before = open_descriptors();
  pid_t watchdog = 0;
  {
    const auto launcher = make_system_launcher(RATCHET_CLI);
    CHECK(watchdogs_of(::getpid()).empty());
    const auto loop = launcher->make_loop();
    REQUIRE(loop->start(0, sleeper()));
    watchdog = watchdog_of(::getpid());
    const auto entry = read_process(watchdog);
    REQUIRE(entry.has_value());
    CHECK(entry->group == watchdog);
    CHECK(entry->session == ::getsid(0));
    const std::string folder = "/proc/" + std::to_string(watchdog);
    CHECK(std::filesystem::read_symlink(folder + "/cwd") == "/");
    const std::uint64_t blocked = status_mask(watchdog, "SigBlk");
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE})
      CHECK((blocked >> (signal - 1) & 1) == 1);
    CHECK_FALSE(started_with(watchdog, ChildMarks::kVariable).has_value());
    // The loader may have files of its own open until the program has begun.
    CHECK(comes_true([&] {
      std::size_t count = 0;
      for (const auto& each : std::filesystem::directory_iterator(folder + "/fd"))
        count += each.path().empty() ? 0 : 1;
      return count == 4;
    }));
    const auto target = [&](int number) {
      return std::filesystem::read_symlink(folder + "/fd/" + std::to_string(number)).string();
    };
    CHECK(target(0).starts_with("pipe:"));
    CHECK(target(1) == "/dev/null");
    CHECK(target(2) == "/dev/null");
    CHECK(target(3).find("ratchet-children") != std::string::npos);
    const auto child = read_process(guarded_group(watchdog));
    REQUIRE(child.has_value());
    CHECK(child->parent == ::getpid());
    loop->cancel(0, true);
    CHECK(std::holds_alternative<ProcessEnded>(*loop->next(std::nullopt)));
    CHECK(guarded_group(watchdog) == 0);
  }
  CHECK_FALSE(read_process(watchdog).has_value());
  CHECK(open_descriptors() == before);
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
}

TEST_CASE("one watchdog serves all loops of a launcher, and a killed one is replaced") {
  const auto launcher = make_system_launcher(RATCHET_CLI);
  const auto run_one = [&] { return run_to_end(*launcher, shell("exit 0"), {}).state; };
  CHECK(run_one() == ProcessState::passed);
  const pid_t first = watchdog_of(::getpid());
  CHECK(run_one() == ProcessState::passed);
  CHECK(watchdog_of(::getpid()) == first);
  ::kill(first, SIGKILL);
  REQUIRE(comes_true([first] { return !is_alive(first); }));
  CHECK(run_one() == ProcessState::passed);
  CHECK(watchdog_of(::getpid()) != first);
}

TEST_CASE("children run without a watchdog where its program is missing or does not start") {
  for (const char* program : {"/nowhere/ratchet", "/etc/passwd", "/"}) {
    CAPTURE(program);
    const auto launcher = make_system_launcher(program);
    CHECK(to_string(run_to_end(*launcher, shell("exit 0"), {}).state) == "passed");
    CHECK(watchdogs_of(::getpid()).empty());
  }
}

TEST_CASE("a group is ended when it carries the mark of its slot") {
  MarkedChild child;
  end_orphans_of(child.launcher(), {child.number(), child.pid()});
  CHECK(to_string(child.end()) == "signalled");
}

TEST_CASE("a child whose start was under way is found by its mark") {
  MarkedChild child;
  end_orphans_of(child.launcher(), {child.number(), 0});
  CHECK(to_string(child.end()) == "signalled");
}

TEST_CASE("a group whose id was given away meanwhile is left alone") {
  MarkedChild child;
  end_orphans_of("SOMEBODY", {child.number(), child.pid()});
  end_orphans_of(child.launcher(), {child.number() + 1, child.pid()});
  end_orphans_of(child.launcher(), {child.number(), child.pid() + 1});
  CHECK(is_alive(child.pid()));
}
