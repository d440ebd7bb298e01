#include "process/job_win32.h"

#include <windows.h>

#include <cstddef>

#include "process/start_error_win32.h"

namespace ratchet {

Job::Job() : handle_(::CreateJobObjectW(nullptr, nullptr)) {
  if (!handle_.is_open()) throw start_error(::GetLastError(), "cannot make a job object");
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
  limits.BasicLimitInformation.LimitFlags =
      JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
  if (::SetInformationJobObject(get(), JobObjectExtendedLimitInformation, &limits,
                                sizeof(limits)) == 0) {
    throw start_error(::GetLastError(), "cannot set up a job object");
  }
}

void Job::end(std::uint32_t exit_code) {
  ::TerminateJobObject(get(), exit_code);
}

bool Job::is_empty() const {
  JOBOBJECT_BASIC_ACCOUNTING_INFORMATION counts{};
  return ::QueryInformationJobObject(get(), JobObjectBasicAccountingInformation, &counts,
                                     sizeof(counts), nullptr) != 0 &&
         counts.ActiveProcesses == 0;
}

std::vector<std::uint32_t> Job::processes() const {
  constexpr std::size_t kMostNamed = 1024;
  constexpr std::size_t kSize =
      offsetof(JOBOBJECT_BASIC_PROCESS_ID_LIST, ProcessIdList) + kMostNamed * sizeof(ULONG_PTR);
  alignas(JOBOBJECT_BASIC_PROCESS_ID_LIST) std::byte memory[kSize]{};
  auto* const list = reinterpret_cast<JOBOBJECT_BASIC_PROCESS_ID_LIST*>(memory);
  const bool answered =
      ::QueryInformationJobObject(get(), JobObjectBasicProcessIdList, list, kSize, nullptr) != 0;
  if (!answered && ::GetLastError() != ERROR_MORE_DATA) return {};
  std::vector<std::uint32_t> ids;
  for (DWORD index = 0; index < list->NumberOfProcessIdsInList; ++index)
    ids.push_back(static_cast<std::uint32_t>(list->ProcessIdList[index]));
  return ids;
}

}  // namespace ratchet
