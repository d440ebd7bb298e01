// Not on Windows: sizes that execve takes (command_line_win32_test.cpp has those of Windows).
#include <doctest/doctest.h>

#include "core/error.h"
#include "process/child_probe_posix.h"

using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

std::string refusal(const Command& command) {
  try {
    system_launcher().check(command);
    return "";
  } catch (const Error& error) {
    CHECK(error.code().name() == "process.invalid_command");
    return error.message() + " (" + error.hint() + ")";
  }
}

Command true_with(std::size_t arguments, std::size_t size) {
  Command command;
  command.arguments.assign(arguments + 1, std::string(size, 'x'));
  command.arguments.front() = "true";
  return command;
}

}  // namespace

TEST_CASE("the longest argument that the system takes is let pass and runs; one more is refused") {
  constexpr std::size_t kLongest = (std::size_t{128} << 10) - 1;
  Command command = true_with(1, kLongest);
  CHECK(refusal(command).empty());
  CHECK(to_string(run(command).state) == "passed");
  command.arguments.back() += 'x';
  const std::string reason = refusal(command);
  CHECK(reason.find("argument 1 of \"true\" has 131072 bytes") != std::string::npos);
  CHECK(reason.find("standard input") != std::string::npos);

  command = true_with(0, 0);
  command.environment = {{"LONG", std::string(kLongest - 5, 'x')}};
  CHECK(refusal(command).empty());
  CHECK(to_string(run(command).state) == "passed");
  command.environment.front().second->push_back('x');
  CHECK(refusal(command).find("environment variable \"LONG\"") != std::string::npos);
}

TEST_CASE("as many arguments as the system takes are let pass and run; more are refused") {
  constexpr std::size_t kSize = 100000;
  std::size_t most = 1;
  while (refusal(true_with(most + 1, kSize)).empty())
    ++most;
  Command command = true_with(most, kSize);
  // Filled up to the last byte that is let pass.
  std::size_t fitting = 0;
  std::size_t refused = kSize;
  while (refused - fitting > 1) {
    const std::size_t middle = (fitting + refused) / 2;
    Command longer = command;
    longer.arguments.emplace_back(middle, 'y');
    (refusal(longer).empty() ? fitting : refused) = middle;
  }
  command.arguments.emplace_back(fitting, 'y');
  CHECK(to_string(run(command).state) == "passed");
  command.arguments.back() += 'y';
  const std::string reason = refusal(command);
  CHECK(reason.find("arguments and environment of \"true\"") != std::string::npos);
  CHECK(reason.find("the system takes") != std::string::npos);
}

TEST_CASE("a program that cannot be one is refused with what to do") {
  struct Case {
    std::string program;
    std::string said;
  };
  const std::vector<Case> cases{
      {"/tmp", "is a folder"},
      {"/etc/passwd", "chmod +x"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.program);
    Command command;
    command.arguments = {row.program};
    CHECK(refusal(command).find(row.said) != std::string::npos);
  }
}
