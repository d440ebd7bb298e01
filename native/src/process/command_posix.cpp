#include "process/command_posix.h"

#include <sys/resource.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "process/command_form.h"
#include "process/environment_posix.h"
#include "process/program_search.h"

namespace ratchet {
namespace {

Error invalid(std::string message) {
  return {"process.invalid_command", std::move(message)};
}

/// What execve() takes for arguments and environment together: a quarter of the stack's limit,
/// within the bounds that fs/exec.c of the kernel sets.
std::size_t most_bytes_of_a_start() {
  constexpr std::size_t kLeast = std::size_t{128} << 10;
  constexpr std::size_t kMost = std::size_t{6} << 20;
  rlimit stack{};
  ::getrlimit(RLIMIT_STACK, &stack);
  return std::clamp(static_cast<std::size_t>(stack.rlim_cur / 4), kLeast, kMost);
}

/// Counts what execve() copies for a program, and refuses what it would refuse.
class StartSize {
 public:
  /// `what` says what the text is; it is asked for a refusal alone.
  template <class What>
  void add(std::string_view text, const What& what) {
    // MAX_ARG_STRLEN of the kernel: 32 pages, with the NUL.
    constexpr std::size_t kLongestString = std::size_t{128} << 10;
    if (text.size() >= kLongestString) {
      throw invalid(what() + " has " + std::to_string(text.size()) +
                    " bytes; the system takes less than " + std::to_string(kLongestString))
          .hint("hand it over in a file or through standard input");
    }
    bytes_ += text.size() + 1 + sizeof(char*);
  }

  void check(const std::string& program) const {
    const std::size_t most = most_bytes_of_a_start();
    if (bytes_ <= most) return;
    throw invalid("arguments and environment of " + in_quotes(program) + " have " +
                  std::to_string(bytes_) + " bytes; the system takes " + std::to_string(most))
        .hint("hand them over in a file, or divide the work among several commands");
  }

 private:
  std::size_t bytes_ = 0;
};

void check_size(const Command& command, const EnvironmentBlock& environment,
                const std::filesystem::path& program) {
  const std::string& name = command.arguments.front();
  StartSize size;
  size.add(program.native(), [] { return std::string("the path of the program"); });
  for (std::size_t index = 0; index < command.arguments.size(); ++index) {
    size.add(command.arguments[index],
             [&] { return "argument " + std::to_string(index) + " of " + in_quotes(name); });
  }
  for (const char* const* entry = environment.entries(); *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    size.add(text,
             [&] { return "environment variable " + in_quotes(text.substr(0, text.find('='))); });
  }
  size.check(name);
}

}  // namespace

void check_command(const Command& command, const ChildMarks& marks) {
  check_form(command);
  EnvironmentBlock environment(command.environment);
  environment.set(ChildMarks::kVariable, marks.value(std::numeric_limits<std::uint32_t>::max()));
  check_size(command, environment, find_command_program(command, environment.search_path()));
}

}  // namespace ratchet
