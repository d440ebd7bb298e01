#include "process/child_tree_win32.h"

#include <windows.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "core/utf16_win32.h"
#include "process/command_line_win32.h"
#include "process/environment_win32.h"
#include "process/spawn_win32.h"

namespace ratchet {
namespace {

/// The exit code of those whom we end, chosen so that no program ends with it by itself.
constexpr DWORD kEndedByUs = 0xE0525443;
/// What the system's own handler of Ctrl+Break ends a program with (STATUS_CONTROL_C_EXIT).
constexpr DWORD kEndedByBreak = 0xC000013A;
constexpr int kGoneChecks = 100;
constexpr std::chrono::milliseconds kGoneInterval{1};

/// A stream of the host's as an inheritable handle; NUL where the host has closed it.
Handle inheritable_standard_stream(DWORD which) {
  const HANDLE own = ::GetStdHandle(which);
  HANDLE inheritable = nullptr;
  const HANDLE self = ::GetCurrentProcess();
  if (own != nullptr && own != INVALID_HANDLE_VALUE &&
      ::DuplicateHandle(self, own, self, &inheritable, 0, TRUE, DUPLICATE_SAME_ACCESS) != 0) {
    return Handle(inheritable);
  }
  return open_null(PipeDirection::from_child);
}

/// The path of its program, or nothing of a process that is gone or may not be asked.
std::string program_of(std::uint32_t id) {
  const Handle process(::OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, id));
  if (!process.is_open()) return {};
  std::array<wchar_t, 1024> text{};
  DWORD size = static_cast<DWORD>(text.size());
  if (::QueryFullProcessImageNameW(process.get(), 0, text.data(), &size) == 0) return {};
  return to_utf8({text.data(), size}).value_or("");
}

}  // namespace

Win32ChildTree::Win32ChildTree(const Command& command, KnownPrograms& programs,
                               ChildListener& listener, Reactor& reactor, PipeNames& names)
    : listener_(listener), reactor_(reactor), names_(names) {
  start(command, programs);
}

void Win32ChildTree::start(const Command& command, KnownPrograms& programs) {
  const EnvironmentBlock environment(command);
  const StartLine line =
      start_line(programs.find(command, environment.search_path()), command.arguments);
  const Handle output = connect_output(readers_[0], StreamName::output, command.output);
  const Handle error = connect_output(readers_[1], StreamName::error, command.output);
  const Handle input = connect_input(command);
  const std::wstring block = environment.block();
  Spawned spawned =
      spawn({line, block, command.working_directory, input.get(), output.get(), error.get()}, job_);
  id_ = spawned.id;
  exit_ = ExitWatch(reactor_, std::move(spawned.process), [this] {
    if (const auto end = this->end()) listener_.exited(*end);
  });
}

/// The child's end of an output; ours is read.
Handle Win32ChildTree::connect_output(PipeReader& reader, StreamName name, OutputMode mode) {
  if (mode == OutputMode::discard) return open_null(PipeDirection::from_child);
  if (mode == OutputMode::inherit) {
    return inheritable_standard_stream(name == StreamName::output ? STD_OUTPUT_HANDLE
                                                                  : STD_ERROR_HANDLE);
  }
  Pipe pipe = make_pipe(names_, PipeDirection::from_child);
  reader = PipeReader(reactor_, std::move(pipe.ours), [this, name](std::string_view bytes) {
    bytes.empty() ? listener_.stream_ended() : listener_.said(name, bytes);
  });
  return std::move(pipe.childs);
}

/// The child's end of its input; ours is written to.
Handle Win32ChildTree::connect_input(const Command& command) {
  if (command.input.empty()) return open_null(PipeDirection::to_child);
  Pipe pipe = make_pipe(names_, PipeDirection::to_child);
  writer_ = PipeWriter(reactor_, std::move(pipe.ours), command.input);
  return std::move(pipe.childs);
}

Win32ChildTree::~Win32ChildTree() {
  if (is_left_) return;
  job_.end(kEndedByUs);
  for (int check = 0; check < kGoneChecks && !job_.is_empty(); ++check)
    std::this_thread::sleep_for(kGoneInterval);
}

std::optional<ProgramEnd> Win32ChildTree::end() {
  if (::WaitForSingleObject(exit_.process(), 0) != WAIT_OBJECT_0) return std::nullopt;
  DWORD code = 0;
  if (::GetExitCodeProcess(exit_.process(), &code) == 0) return ProgramEnd{};
  const bool was_ended = (is_killed_ && code == kEndedByUs) || (is_asked_ && code == kEndedByBreak);
  ProgramEnd end{.known = true};
  if (!was_ended) end.exit_code = static_cast<int>(code);
  return end;
}

bool Win32ChildTree::is_heard() const {
  return std::any_of(readers_.begin(), readers_.end(),
                     [](const PipeReader& reader) { return reader.is_open(); });
}

bool Win32ChildTree::ask() {
  // Works among those on one console alone.
  is_asked_ = ::GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, id_) != 0;
  return is_asked_;
}

void Win32ChildTree::kill() {
  is_killed_ = true;
  job_.end(kEndedByUs);
}

void Win32ChildTree::finish() {
  writer_.close();
  job_.end(kEndedByUs);
}

bool Win32ChildTree::is_gone(SteadyTime /*now*/) {
  // What they wrote is still on its way until the streams end.
  return job_.is_empty() && !is_heard();
}

void Win32ChildTree::leave() {
  is_left_ = true;
  for (PipeReader& reader : readers_)
    reader.close();
}

void Win32ChildTree::seek_survivors() {
  std::vector<Survivor> survivors;
  for (const std::uint32_t id : job_.processes())
    survivors.push_back({id, program_of(id)});
  listener_.survived(std::move(survivors));
}

std::unique_ptr<ChildTree> Win32ChildStarter::start(const Command& command,
                                                    ChildListener& listener) {
  return std::make_unique<Win32ChildTree>(command, programs_, listener, reactor_, names_);
}

}  // namespace ratchet
