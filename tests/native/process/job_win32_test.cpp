#include "process/job_win32.h"

#include <doctest/doctest.h>
#include <windows.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/handle_win32.h"
#include "core/utf16_win32.h"
#include "process/child_probe.h"

using namespace ratchet;  // NOLINT: a test of this namespace

TEST_CASE("a job names who lives in it until he is gone") {
  Job job;
  STARTUPINFOW startup{};
  startup.cb = sizeof(startup);
  PROCESS_INFORMATION started{};
  std::wstring line =
      L"\"" + std::filesystem::path(doing({}).arguments.front()).native() + L"\" rest";
  REQUIRE(CreateProcessW(nullptr, line.data(), nullptr, nullptr, FALSE, DETACHED_PROCESS, nullptr,
                         nullptr, &startup, &started) != 0);
  const Handle process(started.hProcess);
  const Handle thread(started.hThread);
  REQUIRE(AssignProcessToJobObject(job.get(), process.get()) != 0);
  CHECK_FALSE(job.is_empty());
  CHECK(job.processes() == std::vector<std::uint32_t>{started.dwProcessId});
  job.end(1);
  CHECK(comes_true([&job] { return job.is_empty(); }));
  CHECK(job.processes().empty());
}
