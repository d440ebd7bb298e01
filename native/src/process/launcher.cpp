#include "process/launcher.h"

#include "core/error.h"
#include "process/process_loop.h"

namespace ratchet {

ProcessResult run_to_end(Launcher& launcher, const Command& command,
                         const Cancellation& cancellation) {
  launcher.check(command);
  if (cancellation.requested()) {
    ProcessResult result;
    result.state = ProcessState::cancelled;
    return result;
  }
  constexpr std::size_t kOnly = 0;
  std::unique_ptr<ProcessLoop> loop;
  try {
    loop = launcher.make_loop();
  } catch (const Error& error) {
    if (error.code().name() != "process.exhausted") throw;
    ProcessResult result;
    result.spawn_error = error.message();
    return result;
  }
  const auto wake = [&loop] { loop->wake(); };
  const std::stop_callback on_graceful(cancellation.graceful, wake);
  const std::stop_callback on_immediate(cancellation.immediate, wake);
  static_cast<void>(loop->start(kOnly, command));  // never false: nothing else runs in this loop
  while (true) {
    if (cancellation.requested()) loop->cancel(kOnly, cancellation.immediate.stop_requested());
    std::optional<ProcessEvent> event = loop->next(std::nullopt);
    if (!event) continue;
    if (auto* ended = std::get_if<ProcessEnded>(&*event)) return std::move(ended->result);
  }
}

std::string_view to_string(ProcessState state) {
  switch (state) {
    case ProcessState::passed:
      return "passed";
    case ProcessState::failed:
      return "failed";
    case ProcessState::signalled:
      return "signalled";
    case ProcessState::timed_out:
      return "timed_out";
    case ProcessState::cancelled:
      return "cancelled";
    case ProcessState::spawn_failed:
      return "spawn_failed";
    case ProcessState::leaked:
      return "leaked";
    case ProcessState::status_unknown:
      return "status_unknown";
  }
  return "status_unknown";
}

std::optional<std::string> why_no_answer(const std::string& program, const ProcessResult& result) {
  switch (result.state) {
    case ProcessState::spawn_failed:
      return result.spawn_error;
    case ProcessState::timed_out:
      return program + " ran longer than its limit";
    case ProcessState::signalled:
      return program + " was ended by signal " + std::to_string(result.signal);
    case ProcessState::failed:
      return program + " ended with exit code " + std::to_string(result.exit_code);
    case ProcessState::status_unknown:
      return "how " + program + " ended is not known";
    case ProcessState::passed:
    case ProcessState::cancelled:
    case ProcessState::leaked:
      break;
  }
  return std::nullopt;
}

}  // namespace ratchet
