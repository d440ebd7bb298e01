// Not on Windows: nobody leaves a job.
#include "process/survivors_posix.h"

#include <doctest/doctest.h>

#include <csignal>
#include <future>

#include "fs/scratch_folder.h"
#include "process/child_probe_posix.h"

using namespace std::chrono_literals;
using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

/// Ended with the test, whatever it finds.
class Ending {
 public:
  explicit Ending(pid_t pid) : pid_(pid) {}
  Ending(const Ending&) = delete;
  Ending& operator=(const Ending&) = delete;
  ~Ending() { ::kill(pid_, SIGKILL); }

 private:
  pid_t pid_;
};

/// A script that makes the file `$READY` with the id of the one that gets away, and its result.
struct Escape {
  ProcessResult result;
  pid_t escaped = 0;
};

Escape run_escape(const std::string& script, std::chrono::milliseconds limit) {
  const test::ScratchFolder scratch;
  const auto ready = scratch.path() / "ready";
  Command command = shell(script);
  command.environment = {{"READY", ready.string()}};
  command.time_limit = limit;
  command.grace = 50ms;
  Escape escape;
  escape.result = run(command);
  REQUIRE(std::filesystem::is_symlink(ready));
  escape.escaped = static_cast<pid_t>(std::stol(std::filesystem::read_symlink(ready).string()));
  return escape;
}

// A link's target is there with its name at once; a file would be empty for a moment.
const std::string kAway = R"(setsid sh -c 'ln -s $$ "$READY"; exec sleep 600')";
const std::string kCleared = R"(setsid sh -c 'ln -s $$ "$READY"; exec env -i sleep 600')";

}  // namespace

TEST_CASE("whoever left the group and outlived a program that we ended is named, and lives") {
  struct Case {
    std::string known_by;
    std::string script;
    std::chrono::milliseconds limit;
    ProcessState state;
  };
  const std::string quiet = " >/dev/null 2>&1 & ";
  const std::vector<Case> cases{
      {"mark, leaked", kAway + " & while ! test -L \"$READY\"; do :; done", 10s,
       ProcessState::leaked},
      {"mark, timed out", kAway + quiet + "sleep 600", 300ms, ProcessState::timed_out},
      {"mark, without its parent",
       "(" + kAway + quiet + ") & while ! test -L \"$READY\"; do :; done; sleep 600", 300ms,
       ProcessState::timed_out},
      {"parent, with a cleared environment", kCleared + quiet + "sleep 600", 300ms,
       ProcessState::timed_out},
      {"stream, with a cleared environment",
       "(" + kCleared + " &) ; while ! test -L \"$READY\"; do :; done", 10s, ProcessState::leaked},
  };
  for (const Case& row : cases) {
    CAPTURE(row.known_by);
    const Escape escape = run_escape(row.script, row.limit);
    const Ending ending(escape.escaped);
    CHECK(to_string(escape.result.state) == to_string(row.state));
    REQUIRE(escape.result.survivors.size() == 1);
    CHECK(escape.result.survivors.front().pid == escape.escaped);
    CHECK(escape.result.survivors.front().command.find("600") != std::string::npos);
    CHECK(is_alive(escape.escaped));
  }
}

TEST_CASE("whoever outlived a cancelled program is named") {
  const test::ScratchFolder scratch;
  const auto ready = scratch.path() / "ready";
  Command command = shell(kAway + " >/dev/null 2>&1 & sleep 600");
  command.environment = {{"READY", ready.string()}};
  CancelSource source;
  auto result = std::async(std::launch::async,
                           [&] { return run_to_end(system_launcher(), command, source.token()); });
  REQUIRE(comes_true([&] { return std::filesystem::is_symlink(ready); }));
  const auto escaped = static_cast<pid_t>(std::stol(std::filesystem::read_symlink(ready).string()));
  const Ending ending(escaped);
  source.cancel(false);
  const std::vector<Survivor> survivors = result.get().survivors;
  REQUIRE(survivors.size() == 1);
  CHECK(survivors.front().pid == escaped);
}

TEST_CASE("a program that ended by itself leaves no search behind") {
  const Escape escape =
      run_escape(kAway + " >/dev/null 2>&1 & while ! test -L \"$READY\"; do :; done; exit 4", 10s);
  const Ending ending(escape.escaped);
  CHECK(to_string(escape.result.state) == "failed");
  CHECK(escape.result.survivors.empty());
}

TEST_CASE("descendants of another child are nobody's survivors but its own") {
  const Escape other = run_escape(kAway + " >/dev/null 2>&1 & sleep 600", 300ms);
  const Ending ending(other.escaped);
  Command command = shell("sleep 600");
  command.time_limit = 10ms;
  CHECK(run(command).survivors.empty());
}

TEST_CASE("descendants are all below a process, however the table is ordered") {
  const auto entry = [](pid_t pid, pid_t parent) {
    return ProcessEntry{pid, parent, pid, 1, 0, true};
  };
  const std::vector<ProcessEntry> table{entry(14, 12), entry(12, 10), entry(11, 10), entry(10, 1),
                                        entry(20, 1),  entry(1, 0),   entry(13, 14)};
  std::vector<pid_t> found;
  for (const ProcessEntry& each : descendants_of(10, table))
    found.push_back(each.pid);
  std::sort(found.begin(), found.end());
  CHECK(found == std::vector<pid_t>{11, 12, 13, 14});
  CHECK(descendants_of(13, table).empty());
  // Read bit by bit, a table may hold a circle.
  CHECK(descendants_of(5, {entry(6, 5), entry(5, 6)}).size() == 2);
}
