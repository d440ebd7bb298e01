// Starting a program, capturing what it says, and ending it with all its children.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/cancel.h"

namespace ratchet {

enum class StreamName { output, error };

/// What happens to what a child writes.
enum class OutputMode {
  capture,  ///< kept within bounds and returned
  inherit,  ///< goes where the host's own standard streams go
  discard,  ///< goes nowhere
};

/// Takes a whole stream, from its first byte on, once it outgrows what is kept in memory.
class StreamSpill {
 public:
  virtual ~StreamSpill() = default;
  /// Throws Error: io.*. Nothing more is written then; the result says why.
  virtual void write(std::string_view bytes) = 0;
};

/// A program to run. No shell is involved; arguments reach the program as they stand here.
struct Command {
  /// The program and its arguments; no element may hold a NUL. A program without a separator is
  /// looked up on the PATH that the child gets (only in its absolute folders, on Windows with the
  /// extensions of its PATHEXT); a relative path is taken from the working directory.
  std::vector<std::string> arguments;
  /// Absolute; the host's own when empty.
  std::filesystem::path working_directory;
  /// Set (or, with nothing, removed) on top of the host's environment; on Windows, whatever the
  /// case of a name.
  std::vector<std::pair<std::string, std::optional<std::string>>> environment;
  /// Written to the child's standard input, which is then closed; empty gives it none.
  std::string input;
  /// Counted from the start; zero is refused, nothing means no limit.
  std::optional<std::chrono::milliseconds> time_limit;
  /// Between asking the group (SIGTERM; Ctrl+Break, where the host has a console) and killing it;
  /// zero asks nobody, below zero is refused.
  std::chrono::milliseconds grace{2000};
  OutputMode output = OutputMode::capture;
  /// Bytes kept of each stream: its first half and its last half; what fell out between is counted.
  std::size_t output_limit = std::size_t{10} << 20;
  /// Asked for once a captured stream outgrows `output_limit`; without it only the count tells.
  /// Throws Error: io.*.
  std::function<std::unique_ptr<StreamSpill>(StreamName)> open_spill;
  /// Whether a ProcessLoop hands out captured bytes as they come, too.
  bool streams = false;
};

/// How a program ended; none of these stands for another.
enum class ProcessState {
  passed,        ///< exit code 0
  failed,        ///< another exit code
  signalled,     ///< ended by a signal that we did not send; on Windows that is an exit code
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
  bool spilled = false;           ///< all of it went into the spill
  std::string spill_error;        ///< one line: why it did not, where it should have
};

/// A descendant that outlived its program's end by us, because it had left the process group.
struct Survivor {
  std::int64_t pid = 0;
  std::string command;  ///< its command line, or its name in brackets, as the system shows it

  friend bool operator==(const Survivor&, const Survivor&) = default;
};

struct ProcessResult {
  ProcessState state = ProcessState::spawn_failed;
  int exit_code = -1;  ///< where the program exited by itself, also after we asked it to end
  int signal = 0;      ///< where a signal ended it: signalled, timed_out, cancelled
  CapturedStream out;
  CapturedStream error;
  std::chrono::milliseconds duration{0};  ///< from the start until the program's own end
  std::string spawn_error;                ///< one line, for spawn_failed
  /// For timed_out, cancelled and leaked: who is still alive. They are named, not ended: a daemon
  /// that a build started on purpose (a compiler server) leaves the group just like that.
  std::vector<Survivor> survivors;
};

/// One line that says why a program that ended so gave no answer, `program` being what it is
/// called; nothing for the states that it ends in where all is well, or by the caller's wish.
[[nodiscard]] std::optional<std::string> why_no_answer(const std::string& program,
                                                       const ProcessResult& result);

class ProcessLoop;

/// The seam through which every child of the engine starts. Thread-safe.
class Launcher {
 public:
  virtual ~Launcher() = default;

  /// Throws what makes a command impossible before anything starts:
  /// Error{process.invalid_command} for an empty command, a NUL in an argument, a malformed
  /// variable, a folder or a file that may not be executed as program, a working directory that is
  /// relative or does not exist, a limit of zero or below, arguments beyond the system's limit;
  /// and process.not_found, with the PATH searched.
  virtual void check(const Command& command) = 0;

  /// A loop of its own for children that run at once; the launcher must outlive it.
  /// Throws Error{process.exhausted} where the system has no descriptor left.
  [[nodiscard]] virtual std::unique_ptr<ProcessLoop> make_loop() = 0;

  /// The absolute path of a program by the host's PATH, or nothing.
  [[nodiscard]] virtual std::optional<std::string> find_program(std::string_view name) = 0;
};

/// Runs one command to its end, in the calling thread. Throws what Launcher::check() throws; a
/// program that fails is a result, not an error.
[[nodiscard]] ProcessResult run_to_end(Launcher& launcher, const Command& command,
                                       const Cancellation& cancellation);

/// Whether children outlive a host that is killed, unless a watchdog ends them. On Windows they die
/// with it.
[[nodiscard]] bool needs_watchdog();

/// The system's processes. Where one is needed and `watchdog` names the program of the command
/// line, a second process (`ratchet watch-children`, started with the first child) ends the
/// children of a host that was killed; without it they are orphans then. Engines have a launcher
/// each.
[[nodiscard]] std::unique_ptr<Launcher> make_system_launcher(
    std::optional<std::filesystem::path> watchdog);

}  // namespace ratchet
