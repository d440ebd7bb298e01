// Starting a program, capturing what it says, and ending it with all its children.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/cancel.h"

namespace ratchet {

/// A program to run. No shell is involved; arguments reach the program as they stand here.
struct Command {
  /// The program and its arguments; no element may hold a NUL. A program without a `/` is looked up
  /// on the PATH that the child gets (only in its absolute folders); a relative path is taken from
  /// the working directory.
  std::vector<std::string> arguments;
  /// Absolute; the host's own when empty.
  std::filesystem::path working_directory;
  /// Set (or, with nothing, removed) on top of the host's environment.
  std::vector<std::pair<std::string, std::optional<std::string>>> environment;
  /// Written to the child's standard input, which is then closed; empty gives it /dev/null.
  std::string input;
  /// Counted from the start; zero is refused, nothing means no limit.
  std::optional<std::chrono::milliseconds> time_limit;
  /// Between SIGTERM to the group and SIGKILL; zero asks nobody, below zero is refused.
  std::chrono::milliseconds grace{2000};
  /// Bytes kept of each stream: its first half and its last half; what fell out between is counted.
  std::size_t output_limit = std::size_t{10} << 20;
};

/// How a program ended; none of these stands for another.
enum class ProcessState {
  passed,        ///< exit code 0
  failed,        ///< another exit code
  signalled,     ///< ended by a signal that we did not send
  timed_out,     ///< ran past its limit and was ended by us
  cancelled,     ///< ended by us, or never started, on the caller's wish
  spawn_failed,  ///< never ran; `spawn_error` says why
  leaked,  ///< exited, but a descendant held its streams open; ended by us where still in the group
  status_unknown,  ///< exited, but somebody else collected its status (a host that reaps all
                   ///< children)
};

[[nodiscard]] std::string_view to_string(ProcessState state);

struct CapturedStream {
  std::string bytes;              ///< as the program wrote them; see repaired_utf8()
  std::size_t dropped_bytes = 0;  ///< left out in the middle
};

struct ProcessResult {
  ProcessState state = ProcessState::spawn_failed;
  int exit_code = -1;  ///< where the program exited by itself, also after we asked it to end
  int signal = 0;      ///< where a signal ended it: signalled, timed_out, cancelled
  CapturedStream out;
  CapturedStream error;
  std::chrono::milliseconds duration{0};  ///< from the start until the program's own end
  std::string spawn_error;                ///< one line, for spawn_failed
};

/// The seam through which every child of the engine starts. Thread-safe.
class Launcher {
 public:
  virtual ~Launcher() = default;

  /// Runs to the end. Nothing of the child's process group is alive on return, and no descriptor
  /// and no zombie is left. Descendants that hold the streams get 200 ms after the program's end to
  /// finish.
  ///
  /// Time limit and cancellation end the whole group: SIGTERM, `grace`, SIGKILL; the immediate
  /// token skips the grace. Whichever came first names the state.
  ///
  /// Throws Error{process.invalid_command} for an empty command, a NUL in an argument, a malformed
  /// variable, a working directory that is relative or does not exist, a limit of zero or below;
  /// and process.not_found, with the PATH searched. A program that fails is a result, not an error.
  [[nodiscard]] virtual ProcessResult run(const Command& command,
                                          const Cancellation& cancellation) = 0;

  /// The absolute path of a program by the host's PATH, or nothing.
  [[nodiscard]] virtual std::optional<std::string> find_program(std::string_view name) = 0;
};

/// The system's processes.
[[nodiscard]] Launcher& system_launcher();

}  // namespace ratchet
