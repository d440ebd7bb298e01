#include "process/pipe_win32.h"

#include <windows.h>

#include "core/clock.h"
#include "core/random.h"
#include "core/ulid.h"
#include "core/utf16_win32.h"
#include "process/start_error_win32.h"

namespace ratchet {
namespace {

/// What the system may hold for a reader that is busy: as much as a pipe of Linux does.
constexpr DWORD kPipeSize = DWORD{64} << 10;

Handle open_inheritable(const wchar_t* name, DWORD access) {
  SECURITY_ATTRIBUTES inheritable{sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
  return Handle(::CreateFileW(name, access, FILE_SHARE_READ | FILE_SHARE_WRITE, &inheritable,
                              OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
}

/// A program may ask what its stream is, whichever way it goes.
DWORD childs_access(PipeDirection direction) {
  return direction == PipeDirection::from_child ? GENERIC_WRITE | FILE_READ_ATTRIBUTES
                                                : GENERIC_READ | FILE_WRITE_ATTRIBUTES;
}

}  // namespace

PipeNames::PipeNames()
    : prefix_(
          std::wstring(L"\\\\.\\pipe\\ratchet.")
              .append(to_utf16(new_ulid(system_clock(), system_random())).value_or(std::wstring()))
              .append(1, L'.')) {
}

std::wstring PipeNames::next() {
  return prefix_ + std::to_wstring(next_++);
}

Pipe make_pipe(PipeNames& names, PipeDirection direction) {
  const std::wstring name = names.next();
  const DWORD access =
      direction == PipeDirection::from_child ? PIPE_ACCESS_INBOUND : PIPE_ACCESS_OUTBOUND;
  Pipe pipe;
  pipe.ours = Handle(::CreateNamedPipeW(
      name.c_str(), access | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE,
      PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS, 1, kPipeSize,
      kPipeSize, 0, nullptr));
  if (!pipe.ours.is_open()) throw start_error(::GetLastError(), "cannot make a pipe");
  pipe.childs = open_inheritable(name.c_str(), childs_access(direction));
  if (!pipe.childs.is_open()) throw start_error(::GetLastError(), "cannot open a pipe");
  return pipe;
}

Handle open_null(PipeDirection direction) {
  Handle null = open_inheritable(L"NUL", childs_access(direction));
  if (!null.is_open()) throw start_error(::GetLastError(), "cannot open NUL");
  return null;
}

}  // namespace ratchet
