#include "process/spawn_win32.h"

#include <windows.h>

#include <array>
#include <cstddef>
#include <vector>

#include "core/text.h"
#include "process/start_error_win32.h"

namespace ratchet {
namespace {

/// PROC_THREAD_ATTRIBUTE_JOB_LIST of the SDK; headers of older kits do not have it.
constexpr DWORD_PTR kJobList = 0x0002000D;

/// The attributes of one start.
class StartAttributes {
 public:
  explicit StartAttributes(DWORD most) {
    SIZE_T size = 0;
    ::InitializeProcThreadAttributeList(nullptr, most, 0, &size);
    memory_.resize(size);
    if (::InitializeProcThreadAttributeList(get(), most, 0, &size) == 0) {
      throw start_error(::GetLastError(), "cannot prepare a program's start");
    }
  }
  StartAttributes(const StartAttributes&) = delete;
  StartAttributes& operator=(const StartAttributes&) = delete;
  ~StartAttributes() { ::DeleteProcThreadAttributeList(get()); }

  /// The value must outlive the start.
  [[nodiscard]] bool set(DWORD_PTR attribute, void* value, std::size_t size) {
    return ::UpdateProcThreadAttribute(get(), 0, attribute, value, size, nullptr, nullptr) != 0;
  }
  [[nodiscard]] LPPROC_THREAD_ATTRIBUTE_LIST get() {
    return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(memory_.data());
  }

 private:
  std::vector<std::byte> memory_;
};

bool host_has_console() {
  return ::GetConsoleCP() != 0;
}

/// For systems whose start does not know of jobs: it has not begun yet.
void enter(const Job& job, const PROCESS_INFORMATION& started, const std::string& what_failed) {
  if (::AssignProcessToJobObject(job.get(), started.hProcess) == 0) {
    const DWORD reason = ::GetLastError();
    ::TerminateProcess(started.hProcess, 1);
    throw start_error(reason, what_failed);
  }
  ::ResumeThread(started.hThread);
}

}  // namespace

Spawned spawn(const SpawnRequest& what, const Job& job) {
  constexpr DWORD kAttributes = 2;
  const std::string what_failed = "cannot start " + in_quotes(what.line.application.string());
  StartAttributes attributes(kAttributes);
  std::array<HANDLE, 3> inherited{what.input, what.output, what.error};
  if (!attributes.set(PROC_THREAD_ATTRIBUTE_HANDLE_LIST, inherited.data(), sizeof(inherited))) {
    throw start_error(::GetLastError(), what_failed);
  }
  HANDLE job_handle = job.get();
  const bool starts_in_job = attributes.set(kJobList, &job_handle, sizeof(job_handle));

  STARTUPINFOEXW startup{};
  startup.StartupInfo.cb = sizeof(startup);
  startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
  startup.StartupInfo.hStdInput = what.input;
  startup.StartupInfo.hStdOutput = what.output;
  startup.StartupInfo.hStdError = what.error;
  startup.lpAttributeList = attributes.get();
  DWORD flags =
      CREATE_UNICODE_ENVIRONMENT | EXTENDED_STARTUPINFO_PRESENT | CREATE_NEW_PROCESS_GROUP;
  if (!host_has_console()) flags |= CREATE_NO_WINDOW;
  if (!starts_in_job) flags |= CREATE_SUSPENDED;

  std::wstring line = what.line.text;  // may be written to
  std::wstring environment = what.environment;
  const std::wstring application = what.line.application.native();
  const std::wstring folder = what.working_directory.native();
  PROCESS_INFORMATION started{};
  if (::CreateProcessW(application.c_str(), line.data(), nullptr, nullptr, TRUE, flags,
                       environment.data(), folder.empty() ? nullptr : folder.c_str(),
                       &startup.StartupInfo, &started) == 0) {
    throw start_error(::GetLastError(), what_failed);
  }
  Spawned spawned{Handle(started.hProcess), started.dwProcessId};
  const Handle thread(started.hThread);
  if (!starts_in_job) enter(job, started, what_failed);
  return spawned;
}

}  // namespace ratchet
