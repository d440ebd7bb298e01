// Opening and renaming by names in folders that are held open: what the kernel offers beneath the
// path functions, without their limit of 260 characters and their reading of names.
#pragma once

#include <windows.h>
// After windows.h, whose types it uses.
#include <winternl.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/error.h"
#include "core/handle_win32.h"

namespace ratchet {

/// `path` is for messages everywhere. What somebody else's open handle forbids is tried again
/// patiently (core/patience.h) by this clock; without one it is not.
struct NtCall {
  Clock* clock;
  std::string_view what;  ///< was tried: "open folder"
  std::string_view path;
};

struct OpenRequest {
  ACCESS_MASK access;
  ULONG disposition = FILE_OPEN;
  ULONG options = 0;
  ULONG attributes = FILE_ATTRIBUTE_NORMAL;
  bool follows_link = false;
};

/// Who reads, writes, renames or removes meanwhile is never kept from it.
inline constexpr ULONG kShareAll = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

/// The errno that says the same; EBUSY for what another program holds open.
[[nodiscard]] int error_number_of(NTSTATUS status);
/// The same of an error of the Windows API.
[[nodiscard]] int error_number_of_system(DWORD error);
/// Of GetLastError(), which this call reads first.
[[nodiscard]] Error last_error(std::string_view what_was_tried, std::string_view path);

/// A name in a folder, case-insensitively; without a folder a whole path (kernel_path). Error: as
/// file_error().
[[nodiscard]] Handle open_at(HANDLE folder, const std::wstring& name, const OpenRequest& request,
                             const NtCall& call);

/// open_at() for asking alone: an unopened handle and the errno instead of an Error.
struct Attempt {
  Handle handle;
  int error_number = 0;
};
[[nodiscard]] Attempt try_open_at(HANDLE folder, const std::wstring& name,
                                  const OpenRequest& request, const NtCall& call);

/// Gives an open file or folder (access DELETE) this name in a folder. A file that stands there is
/// replaced, read-only or not, where `replace`. In one step; never by removing first.
void rename_to(HANDLE file, HANDLE folder, const std::wstring& name, bool replace,
               const NtCall& call);
/// A second name for an open file.
void link_to(HANDLE file, HANDLE folder, const std::wstring& name, const NtCall& call);
/// Takes an open file or empty folder (access DELETE and FILE_WRITE_ATTRIBUTES) away; where the
/// system is older, its name goes with its last handle.
void remove_open(HANDLE file, const NtCall& call);

}  // namespace ratchet
