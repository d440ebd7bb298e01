#include "process/process_loop.h"

#include <doctest/doctest.h>
#include <windows.h>

#include <string>
#include <vector>

#include "core/handle_win32.h"
#include "core/utf16_win32.h"
#include "fs/scratch_folder.h"
#include "process/child_probe.h"

using namespace std::chrono_literals;
using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

/// Standard output of this process, led into a file for a while (or nowhere, without one).
class RedirectedOutput {
 public:
  explicit RedirectedOutput(const std::filesystem::path& file)
      : before_(GetStdHandle(STD_OUTPUT_HANDLE)) {
    if (!file.empty()) {
      file_ =
          Handle(CreateFileW(std::filesystem::path(file).c_str(), GENERIC_WRITE, FILE_SHARE_READ,
                             nullptr, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr));
    }
    SetStdHandle(STD_OUTPUT_HANDLE, file_.get());
  }
  RedirectedOutput(const RedirectedOutput&) = delete;
  RedirectedOutput& operator=(const RedirectedOutput&) = delete;
  ~RedirectedOutput() { SetStdHandle(STD_OUTPUT_HANDLE, before_); }

 private:
  HANDLE before_;
  Handle file_;
};

Command saying_through(OutputMode mode) {
  Command command = doing({"say", "through"});
  command.output = mode;
  return command;
}

}  // namespace

TEST_CASE("inherited output goes where the host's goes") {
  const test::ScratchFolder scratch;
  ProcessResult result;
  {
    const RedirectedOutput redirected(scratch.path() / "said");
    result = run(saying_through(OutputMode::inherit));
  }
  CHECK(to_string(result.state) == "passed");
  CHECK(result.out.bytes.empty());
  CHECK(scratch.get("said") == "through\n");
}

TEST_CASE("output inherited from a host that has none goes nowhere") {
  ProcessResult result;
  {
    const RedirectedOutput closed({});
    result = run(saying_through(OutputMode::inherit));
  }
  CHECK(to_string(result.state) == "passed");
  CHECK(result.out.bytes.empty());
}

TEST_CASE("a loop that is destroyed ends its children") {
  const auto one_loop = [] {
    std::vector<std::string> ids;
    const auto loop = system_launcher().make_loop();
    for (std::size_t id = 0; id < 8; ++id) {
      Command command = doing({"child", "rest", ";", "rest"});
      command.streams = true;
      REQUIRE(loop->start(id, command));
    }
    while (ids.size() < 8)
      ids.push_back(first_line(std::get<ProcessOutput>(*loop->next(std::nullopt)).bytes));
    return ids;
  };
  for (const std::string& id : one_loop())
    CHECK_FALSE(is_alive(id));
  const std::size_t before = open_descriptors();
  (void)one_loop();
  CHECK(open_descriptors() == before);
}

TEST_CASE("more children than a wait takes handles run at once") {
  constexpr std::size_t kChildren = MAXIMUM_WAIT_OBJECTS + 16;
  const auto loop = system_launcher().make_loop();
  for (std::size_t id = 0; id < kChildren; ++id)
    REQUIRE(loop->start(id, doing({"rest"})));
  for (std::size_t id = 0; id < kChildren; ++id)
    loop->cancel(id, true);
  std::size_t cancelled = 0;
  while (cancelled < kChildren) {
    const std::optional<ProcessEvent> event = loop->next(std::nullopt);
    REQUIRE(event.has_value());
    CHECK(to_string(std::get<ProcessEnded>(*event).result.state) == "cancelled");
    ++cancelled;
  }
}
