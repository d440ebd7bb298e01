// Not on Windows: descriptors and signals of POSIX (process_loop_win32_test.cpp has its own).
#include "process/process_loop.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <boost/system/system_error.hpp>
#include <boost/throw_exception.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <thread>

#include "fs/disk_limits_posix.h"
#include "fs/scratch_folder.h"
#include "process/child_probe_posix.h"

using namespace std::chrono_literals;
using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

Command true_program() {
  Command command;
  command.arguments = {"true"};
  return command;
}

Command sleeper() {
  Command command;
  command.arguments = {"sleep", "600"};
  return command;
}

/// The number of open files that leaves room for so many more than there are now.
rlim_t open_files_and(std::size_t more) {
  // The sanitizer of undefined behaviour needs a descriptor for the first object of a class that it
  // sees, and takes it for none where there is none left: so it is shown what Asio throws.
  try {
    boost::throw_exception(boost::system::system_error(boost::system::error_code()));
  } catch (const boost::system::system_error& shown) {
    static_cast<void>(shown.code());
  }
  // The lowest numbers are given out first: as many are open as the highest one says.
  const int highest = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ::close(highest);
  return static_cast<rlim_t>(highest) + more;
}

/// Standard output of this process, led into a file for a while (or closed, without one).
class RedirectedOutput {
 public:
  explicit RedirectedOutput(const std::filesystem::path& file)
      : before_(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)) {
    ::close(STDOUT_FILENO);
    if (!file.empty()) ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);  // NOLINT: is 1
  }
  RedirectedOutput(const RedirectedOutput&) = delete;
  RedirectedOutput& operator=(const RedirectedOutput&) = delete;
  ~RedirectedOutput() {
    ::dup2(before_, STDOUT_FILENO);
    ::close(before_);
  }

 private:
  int before_;
};

std::string content(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("200 children run to their ends under a low limit of descriptors") {
  constexpr std::size_t kChildren = 200;
  const std::size_t before = open_descriptors();
  {
    const auto loop = make_loop();
    const test::OpenFilesLimit limit(open_files_and(40));
    std::size_t started = 0;
    std::size_t most_at_once = 0;
    std::size_t refused = 0;
    std::size_t passed = 0;
    for (std::size_t ended = 0; ended < kChildren; ++ended) {
      while (started < kChildren) {
        if (!loop->start(started, shell("sleep 0.01; echo done"))) {
          ++refused;
          break;
        }
        ++started;
      }
      most_at_once = std::max(most_at_once, started - ended);
      const ProcessResult result = next_end(*loop).result;
      if (result.state == ProcessState::passed && result.out.bytes == "done\n") ++passed;
    }
    CHECK(passed == kChildren);
    CHECK(refused > 0);
    CHECK(most_at_once >= 10);
  }
  CHECK(open_descriptors() == before);
}

TEST_CASE("200 children run at once where the limit allows it") {
  const auto loop = make_loop();
  const test::OpenFilesLimit limit(open_files_and(200 * 3 + 10));
  for (std::size_t id = 0; id < 200; ++id)
    REQUIRE(loop->start(id, sleeper()));
  for (std::size_t id = 0; id < 200; ++id)
    loop->cancel(id, false);
  for (std::size_t id = 0; id < 200; ++id)
    CHECK(to_string(next_end(*loop).result.state) == "cancelled");
}

TEST_CASE("a child that the system has nothing left for is spawn_failed where no other runs") {
  const auto loop = make_loop();
  const std::size_t before = open_descriptors();
  for (const std::size_t room : {0U, 1U, 2U, 3U, 4U}) {
    CAPTURE(room);
    const test::OpenFilesLimit limit(open_files_and(room));
    REQUIRE(loop->start(room, true_program()));
    const ProcessEnded ended = next_end(*loop);
    CHECK(ended.id == room);
    CHECK(to_string(ended.result.state) == "spawn_failed");
    CHECK(ended.result.spawn_error.find("Too many open files") != std::string::npos);
  }
  CHECK(open_descriptors() == before);
  REQUIRE(loop->start(9, true_program()));
  CHECK(to_string(next_end(*loop).result.state) == "passed");
}

TEST_CASE("a start that was refused has run nothing") {
  const test::ScratchFolder scratch;
  const auto loop = make_loop();
  REQUIRE(loop->start(0, sleeper()));
  const auto trace = scratch.path() / "trace";
  for (const OutputMode mode : {OutputMode::capture, OutputMode::discard, OutputMode::inherit}) {
    for (std::size_t room = 0; room < 6; ++room) {
      Command command = shell("echo x >> '" + trace.string() + "'");
      command.output = mode;
      command.input = "fed";
      bool started = false;
      {
        const test::OpenFilesLimit limit(open_files_and(room));
        started = loop->start(1, command);
      }
      if (started) CHECK(next_end(*loop).id == 1);
      CHECK(std::filesystem::exists(trace) == started);
      std::filesystem::remove(trace);
    }
  }
}

TEST_CASE("run_to_end says spawn_failed where not even a loop can be made") {
  const test::OpenFilesLimit limit(open_files_and(0));
  const ProcessResult result = run(true_program());
  CHECK(to_string(result.state) == "spawn_failed");
  CHECK(result.spawn_error.find("Too many open files") != std::string::npos);
}

TEST_CASE("what came first, limit or cancel, names the state") {
  Command stubborn = shell("trap '' TERM; echo ready; while :; do sleep 0.01; done");
  stubborn.grace = 1h;
  stubborn.streams = true;
  const auto loop = make_loop();

  REQUIRE(loop->start(0, stubborn));
  REQUIRE(std::holds_alternative<ProcessOutput>(*loop->next(std::nullopt)));
  loop->cancel(0, false);
  loop->cancel(0, true);
  loop->cancel(1, true);  // does not run
  ProcessEnded ended = next_end(*loop);
  CHECK(to_string(ended.result.state) == "cancelled");
  CHECK(ended.result.signal == SIGKILL);

  stubborn.time_limit = 200ms;
  REQUIRE(loop->start(1, stubborn));
  while (!std::holds_alternative<ProcessOverdue>(*loop->next(std::nullopt))) {
  }
  loop->cancel(1, true);
  ended = next_end(*loop);
  CHECK(to_string(ended.result.state) == "timed_out");
  CHECK(ended.result.signal == SIGKILL);
}

TEST_CASE("a program that had exited before it was cancelled is not said to have been") {
  const auto loop = make_loop();
  REQUIRE(loop->start(0, true_program()));
  const auto is_our_zombie = [](const ProcessEntry& entry) {
    return entry.parent == ::getpid() && !entry.is_alive;
  };
  REQUIRE(comes_true([&] {
    const std::vector<ProcessEntry> table = read_process_table();
    return std::any_of(table.begin(), table.end(), is_our_zombie);
  }));
  loop->cancel(0, true);
  CHECK(to_string(next_end(*loop).result.state) == "passed");
}

TEST_CASE("a loop that is destroyed ends and reaps its children") {
  const std::size_t before = open_descriptors();
  std::vector<std::string> pids;
  {
    const auto loop = make_loop();
    for (std::size_t id = 0; id < 20; ++id) {
      Command command = shell("trap '' TERM; sleep 600 & echo $$ $!; wait");
      command.streams = true;
      REQUIRE(loop->start(id, command));
    }
    while (pids.size() < 40) {
      const std::optional<ProcessEvent> event = loop->next(std::nullopt);
      const std::string& line = std::get<ProcessOutput>(*event).bytes;
      pids.push_back(line.substr(0, line.find(' ')));
      pids.push_back(line.substr(line.find(' ') + 1));
    }
  }
  for (const std::string& pid : pids)
    CHECK_FALSE(is_alive(pid));
  CHECK(open_descriptors() == before);
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
}

TEST_CASE("inherited output goes where the host's goes") {
  const test::ScratchFolder scratch;
  Command command = shell("echo through");
  command.output = OutputMode::inherit;
  ProcessResult result;
  {
    const RedirectedOutput redirected(scratch.path() / "said");
    result = run(command);
  }
  CHECK(to_string(result.state) == "passed");
  CHECK(result.out.bytes.empty());
  CHECK(content(scratch.path() / "said") == "through\n");
}

TEST_CASE("output inherited from a host that has closed its own goes nowhere") {
  const test::ScratchFolder scratch;
  const auto link = scratch.path() / "link";
  Command command =
      shell("to=$(readlink /proc/$$/fd/1); echo \"$to\" > '" + link.string() + "'; echo lost");
  command.output = OutputMode::inherit;
  ProcessResult result;
  {
    const RedirectedOutput closed({});
    result = run(command);
  }
  CHECK(to_string(result.state) == "passed");
  CHECK(content(link) == "/dev/null\n");
}
