#include "fs/nt_file_win32.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <functional>
#include <stop_token>
#include <utility>
#include <vector>

#include "core/patience.h"
#include "fs/file_error.h"

namespace ratchet {
namespace {

// [MS-ERREF] 2.3.1; those whose Windows API error says less.
constexpr auto kSharingViolation = static_cast<NTSTATUS>(0xC0000043);
constexpr auto kDeletePending = static_cast<NTSTATUS>(0xC0000056);
constexpr auto kIsADirectory = static_cast<NTSTATUS>(0xC00000BA);
constexpr auto kNotADirectory = static_cast<NTSTATUS>(0xC0000103);
constexpr auto kFileDeleted = static_cast<NTSTATUS>(0xC0000123);
constexpr auto kInvalidInfoClass = static_cast<NTSTATUS>(0xC0000003);
constexpr auto kInvalidParameter = static_cast<NTSTATUS>(0xC000000D);
constexpr auto kNotImplemented = static_cast<NTSTATUS>(0xC0000002);
constexpr auto kNotSupported = static_cast<NTSTATUS>(0xC00000BB);

// [MS-FSCC] 2.4; the last two are newer than the header's enumeration.
constexpr int kRenameInformation = 10;
constexpr int kLinkInformation = 11;
constexpr int kDispositionInformation = 13;
constexpr int kDispositionInformationEx = 64;
constexpr int kRenameInformationEx = 65;
constexpr ULONG kReplaceIfExists = 0x1;
constexpr ULONG kPosixSemantics = 0x2;
constexpr ULONG kRenameIgnoresReadOnly = 0x40;
constexpr ULONG kDispositionDeletes = 0x1;
constexpr ULONG kDispositionIgnoresReadOnly = 0x10;

/// FILE_RENAME_INFORMATION and FILE_LINK_INFORMATION without their name.
struct NameInformation {
  ULONG flags;
  HANDLE folder;
  ULONG name_bytes;
};
constexpr std::size_t kNameOffset = offsetof(NameInformation, name_bytes) + sizeof(ULONG);

bool is_in_use(NTSTATUS status) {
  return status == kSharingViolation || status == kDeletePending;
}

/// An old system or file system does not know the request.
bool is_unknown(NTSTATUS status) {
  return status == kInvalidInfoClass || status == kInvalidParameter || status == kNotImplemented ||
         status == kNotSupported;
}

NTSTATUS persistently(Clock* clock, const std::function<NTSTATUS()>& attempt) {
  if (clock == nullptr) return attempt();
  NTSTATUS status = 0;
  try_patiently(*clock, std::stop_token(), [&] {
    status = attempt();
    return !is_in_use(status);
  });
  return status;
}

std::vector<std::byte> name_information(ULONG flags, HANDLE folder, const std::wstring& name) {
  const std::size_t name_bytes = name.size() * sizeof(wchar_t);
  // At least the structure's padded size, which the kernel insists on.
  std::vector<std::byte> buffer(sizeof(NameInformation) + name_bytes);
  const NameInformation head{flags, folder, static_cast<ULONG>(name_bytes)};
  std::memcpy(buffer.data(), &head, sizeof head);
  std::memcpy(buffer.data() + kNameOffset, name.data(), name_bytes);
  return buffer;
}

NTSTATUS set_information(HANDLE file, int kind, void* data, std::size_t size) {
  IO_STATUS_BLOCK done{};
  return NtSetInformationFile(file, &done, data, static_cast<ULONG>(size),
                              static_cast<FILE_INFORMATION_CLASS>(kind));
}

NTSTATUS set_name(HANDLE file, int kind, ULONG flags, HANDLE folder, const std::wstring& name) {
  std::vector<std::byte> request = name_information(flags, folder, name);
  return set_information(file, kind, request.data(), request.size());
}

void set_flags(HANDLE file, DWORD flags) {
  FILE_BASIC_INFO information{};  // times of 0 stay what they are
  information.FileAttributes = flags;
  SetFileInformationByHandle(file, FileBasicInfo, &information, sizeof information);
}

/// This way a read-only file stays. It is made writable, and what it was afterwards: it may have
/// other names.
NTSTATUS remove_by_older_way(HANDLE file) {
  FILE_BASIC_INFO before{};
  const bool is_read_only =
      GetFileInformationByHandleEx(file, FileBasicInfo, &before, sizeof before) != FALSE &&
      (before.FileAttributes & FILE_ATTRIBUTE_READONLY) != 0;
  if (is_read_only) set_flags(file, FILE_ATTRIBUTE_NORMAL);
  BOOLEAN removes = TRUE;
  const NTSTATUS status = set_information(file, kDispositionInformation, &removes, sizeof removes);
  if (is_read_only) set_flags(file, before.FileAttributes);
  return status;
}

void require(NTSTATUS status, const NtCall& call) {
  if (!NT_SUCCESS(status)) throw file_error(error_number_of(status), call.what, call.path);
}

}  // namespace

int error_number_of_system(DWORD error) {
  struct Row {
    DWORD error;
    int error_number;
  };
  static constexpr std::array kRows = std::to_array<Row>({
      {ERROR_FILE_NOT_FOUND, ENOENT},
      {ERROR_PATH_NOT_FOUND, ENOENT},
      {ERROR_BAD_NETPATH, ENOENT},
      {ERROR_BAD_NET_NAME, ENOENT},
      {ERROR_INVALID_DRIVE, ENOENT},
      {ERROR_ACCESS_DENIED, EACCES},
      {ERROR_PRIVILEGE_NOT_HELD, EACCES},
      {ERROR_SHARING_VIOLATION, EBUSY},
      {ERROR_LOCK_VIOLATION, EBUSY},
      {ERROR_USER_MAPPED_FILE, EBUSY},
      {ERROR_ALREADY_EXISTS, EEXIST},
      {ERROR_FILE_EXISTS, EEXIST},
      {ERROR_DIRECTORY, ENOTDIR},
      {ERROR_DIR_NOT_EMPTY, ENOTEMPTY},
      {ERROR_NOT_SAME_DEVICE, EXDEV},
      {ERROR_DISK_FULL, ENOSPC},
      {ERROR_HANDLE_DISK_FULL, ENOSPC},
      {ERROR_NOT_ENOUGH_QUOTA, ENOSPC},
      {ERROR_WRITE_PROTECT, EROFS},
      {ERROR_TOO_MANY_OPEN_FILES, EMFILE},
      {ERROR_NO_SYSTEM_RESOURCES, EMFILE},
      {ERROR_INVALID_NAME, ENAMETOOLONG},
      {ERROR_BAD_PATHNAME, ENAMETOOLONG},
      {ERROR_FILENAME_EXCED_RANGE, ENAMETOOLONG},
      {ERROR_NOT_SUPPORTED, EOPNOTSUPP},
      {ERROR_INVALID_FUNCTION, EOPNOTSUPP},
      {ERROR_CALL_NOT_IMPLEMENTED, EOPNOTSUPP},
      {ERROR_TOO_MANY_LINKS, EOPNOTSUPP},
      {ERROR_CANT_RESOLVE_FILENAME, ELOOP},
      {ERROR_NOT_ENOUGH_MEMORY, ENOMEM},
  });
  for (const Row& row : kRows) {
    if (row.error == error) return row.error_number;
  }
  return EIO;
}

int error_number_of(NTSTATUS status) {
  switch (status) {
    case kSharingViolation:
      return EBUSY;
    case kDeletePending:
    case kFileDeleted:
      return ENOENT;
    case kIsADirectory:
      return EISDIR;
    case kNotADirectory:
      return ENOTDIR;
    default:
      return error_number_of_system(RtlNtStatusToDosError(status));
  }
}

Error last_error(std::string_view what_was_tried, std::string_view path) {
  const DWORD error = GetLastError();
  return file_error(error_number_of_system(error), what_was_tried, path);
}

Attempt try_open_at(HANDLE folder, const std::wstring& name, const OpenRequest& request,
                    const NtCall& call) {
  const auto name_bytes = static_cast<USHORT>(name.size() * sizeof(wchar_t));
  UNICODE_STRING text{name_bytes, name_bytes, const_cast<PWSTR>(name.c_str())};  // read only
  OBJECT_ATTRIBUTES where{};
  InitializeObjectAttributes(&where, &text, OBJ_CASE_INSENSITIVE, folder, nullptr);
  HANDLE opened = nullptr;
  const ULONG options = request.options | FILE_SYNCHRONOUS_IO_NONALERT |
                        (request.follows_link ? 0 : FILE_OPEN_REPARSE_POINT);
  const NTSTATUS status = persistently(call.clock, [&] {
    IO_STATUS_BLOCK done{};
    return NtCreateFile(&opened, request.access | SYNCHRONIZE, &where, &done, nullptr,
                        request.attributes, kShareAll, request.disposition, options, nullptr, 0);
  });
  if (!NT_SUCCESS(status)) return {Handle(), error_number_of(status)};
  return {Handle(opened), 0};
}

Handle open_at(HANDLE folder, const std::wstring& name, const OpenRequest& request,
               const NtCall& call) {
  Attempt attempt = try_open_at(folder, name, request, call);
  if (!attempt.handle.is_open()) throw file_error(attempt.error_number, call.what, call.path);
  return std::move(attempt.handle);
}

void rename_to(HANDLE file, HANDLE folder, const std::wstring& name, bool replace,
               const NtCall& call) {
  const ULONG replaces = replace ? kReplaceIfExists : 0;
  const ULONG flags = replaces | kPosixSemantics | kRenameIgnoresReadOnly;
  NTSTATUS status = persistently(
      call.clock, [&] { return set_name(file, kRenameInformationEx, flags, folder, name); });
  if (is_unknown(status)) {
    // What MoveFileExW does, but by a name in a folder that is held open.
    status = persistently(
        call.clock, [&] { return set_name(file, kRenameInformation, replaces, folder, name); });
  }
  require(status, call);
}

void link_to(HANDLE file, HANDLE folder, const std::wstring& name, const NtCall& call) {
  require(
      persistently(call.clock, [&] { return set_name(file, kLinkInformation, 0, folder, name); }),
      call);
}

void remove_open(HANDLE file, const NtCall& call) {
  ULONG flags = kDispositionDeletes | kPosixSemantics | kDispositionIgnoresReadOnly;
  NTSTATUS status = set_information(file, kDispositionInformationEx, &flags, sizeof flags);
  if (is_unknown(status)) status = remove_by_older_way(file);
  require(status, call);
}

}  // namespace ratchet
