// Answers of programs that are kept.
// Not on Windows: the program is a shell script: dependencies_check_test.cpp tries the rest
// anywhere.
#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <vector>

#include "core/cancel.h"
#include "fs/scratch_folder.h"
#include "process/system_launcher.h"
#include "validation/dependencies/dependency_check.h"

using namespace ratchet;        // NOLINT: a test of this namespace
using namespace ratchet::test;  // NOLINT

TEST_CASE("a program that changed in place is asked again") {
  const ScratchFolder scratch;
  const std::filesystem::path tool = scratch.path() / "tool";
  KeptAnswers kept;
  const Limits limits;
  const DependencySeams seams{
      system_files(), system_launcher(), system_clock(), system_random(), limits, 1, kept};
  const std::vector<ToolQuestion> questions{{tool.string(), {}, {}, true}};
  const auto answer = [&] { return ask_tools(questions, seams, CancelSource{}.token())[0].out; };
  scratch.put("tool", "#!/bin/sh\necho 1.0\n");
  std::filesystem::permissions(tool, std::filesystem::perms::owner_all);
  CHECK(answer() == "1.0\n");
  const auto changed = std::filesystem::last_write_time(tool);
  scratch.put("tool", "#!/bin/sh\necho 2.0\n");
  std::filesystem::last_write_time(tool, changed);
  CHECK(answer() == "1.0\n");  // kept: nothing tells the files apart
  std::filesystem::last_write_time(tool, changed + std::chrono::seconds(2));
  CHECK(answer() == "2.0\n");
}
