#include "fs/reading_win32.h"

#include <windows.h>
// After windows.h, whose types they use.
#include <winioctl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <optional>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "core/utf16_win32.h"
#include "fs/attributes_win32.h"
#include "fs/file_error.h"
#include "fs/name_win32.h"
#include "fs/nt_file_win32.h"

namespace ratchet {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;
constexpr std::uint32_t kFileMode = 0644;
constexpr std::uint32_t kReadOnlyMode = 0444;
constexpr std::uint32_t kFolderMode = 0755;

std::uint64_t joined(DWORD high, DWORD low) {
  constexpr unsigned kBits = 32;
  return (std::uint64_t{high} << kBits) | low;
}

std::int64_t nanoseconds(std::int64_t ticks) {
  constexpr std::int64_t kTicksFrom1601To1970 = 116'444'736'000'000'000;
  constexpr std::int64_t kNanosecondsATick = 100;
  return (ticks - kTicksFrom1601To1970) * kNanosecondsATick;
}

template <typename Information>
Information information(HANDLE file, FILE_INFO_BY_HANDLE_CLASS kind, std::string_view path) {
  Information got{};
  if (GetFileInformationByHandleEx(file, kind, &got, sizeof got) == FALSE) {
    throw last_error("look at", path);
  }
  return got;
}

/// Older file systems, and some of the network, have the shorter number alone.
void set_identity(HANDLE file, std::string_view path, FileStatus& status) {
  FILE_ID_INFO identity{};
  if (GetFileInformationByHandleEx(file, FileIdInfo, &identity, sizeof identity) != FALSE) {
    std::array<std::uint64_t, 2> halves{};
    static_assert(sizeof halves == sizeof identity.FileId);
    std::memcpy(halves.data(), &identity.FileId, sizeof halves);
    status.device = identity.VolumeSerialNumber;
    status.inode = halves[0] ^ halves[1];  // NTFS leaves the second one 0
    return;
  }
  BY_HANDLE_FILE_INFORMATION shorter{};
  if (GetFileInformationByHandle(file, &shorter) == FALSE) throw last_error("look at", path);
  status.device = shorter.dwVolumeSerialNumber;
  status.inode = joined(shorter.nFileIndexHigh, shorter.nFileIndexLow);
}

/// Tags of what leads elsewhere have this bit ([MS-FSCC] 2.1.2.1); a placeholder of a cloud or a
/// deduplicated file is an ordinary one. A system that does not tell the tag gives 0.
bool leads_elsewhere(DWORD tag) {
  constexpr DWORD kNameSurrogate = 0x20000000;
  return tag == 0 || (tag & kNameSurrogate) != 0;
}

FileKind kind_of(DWORD flags, DWORD tag) {
  if ((flags & FILE_ATTRIBUTE_REPARSE_POINT) != 0 && leads_elsewhere(tag)) return FileKind::link;
  if ((flags & FILE_ATTRIBUTE_DEVICE) != 0) return FileKind::other;
  return (flags & FILE_ATTRIBUTE_DIRECTORY) != 0 ? FileKind::folder : FileKind::file;
}

DWORD tag_of(HANDLE file, DWORD flags) {
  if ((flags & FILE_ATTRIBUTE_REPARSE_POINT) == 0) return 0;
  FILE_ATTRIBUTE_TAG_INFO information{};
  if (GetFileInformationByHandleEx(file, FileAttributeTagInfo, &information, sizeof information) ==
      FALSE) {
    return 0;
  }
  return information.ReparseTag;
}

std::uint32_t mode_of(FileKind kind, DWORD flags) {
  if (kind == FileKind::folder) return kFolderMode;
  return (flags & FILE_ATTRIBUTE_READONLY) != 0 ? kReadOnlyMode : kFileMode;
}

std::size_t read_some(HANDLE file, char* to, std::size_t most, std::string_view path) {
  constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;
  DWORD got = 0;
  const auto wanted = static_cast<DWORD>(std::min(most, kMostAtOnce));
  if (ReadFile(file, to, wanted, &got, nullptr) == FALSE) {
    const DWORD error = GetLastError();
    if (error == ERROR_HANDLE_EOF || error == ERROR_BROKEN_PIPE) return 0;
    throw file_error(error_number_of_system(error), "read", path);
  }
  return got;
}

/// The head of a REPARSE_DATA_BUFFER ([MS-FSCC] 2.1.2.4 and 2.1.2.5).
struct ReparseHead {
  ULONG tag;
  USHORT data_bytes;
  USHORT reserved;
  USHORT target_offset;
  USHORT target_bytes;
  USHORT shown_offset;
  USHORT shown_bytes;
};

/// Text in a buffer of the kernel's; nothing where the buffer is too small for it.
std::optional<std::wstring> text_at(const std::vector<std::byte>& buffer, std::size_t begin,
                                    std::size_t bytes) {
  if (begin > buffer.size() || bytes > buffer.size() - begin) return std::nullopt;
  std::wstring text(bytes / sizeof(wchar_t), L'\0');
  std::memcpy(text.data(), buffer.data() + begin, text.size() * sizeof(wchar_t));
  return text;
}

std::string entry_name(std::wstring_view name, std::string_view path) {
  auto text = to_utf8(name);
  if (!text) refuse_surrogate(path);
  return std::move(*text);
}

void add_entries(const std::vector<std::byte>& buffer, std::string_view path,
                 std::vector<FolderEntry>& entries) {
  for (std::size_t at = 0;;) {
    FILE_ID_BOTH_DIR_INFO entry{};
    std::memcpy(&entry, buffer.data() + at, offsetof(FILE_ID_BOTH_DIR_INFO, FileName));
    const auto name =
        text_at(buffer, at + offsetof(FILE_ID_BOTH_DIR_INFO, FileName), entry.FileNameLength);
    if (!name) throw file_error(EIO, "list folder", path);
    if (*name != L"." && *name != L"..") {
      // The size of extended attributes stands for the tag where there is one.
      entries.push_back({entry_name(*name, path), kind_of(entry.FileAttributes, entry.EaSize)});
    }
    if (entry.NextEntryOffset == 0) return;
    at += entry.NextEntryOffset;
  }
}

}  // namespace

FileStatus status_of(HANDLE file, std::string_view path) {
  if (GetFileType(file) != FILE_TYPE_DISK) return {};
  const auto basic = information<FILE_BASIC_INFO>(file, FileBasicInfo, path);
  const auto standard = information<FILE_STANDARD_INFO>(file, FileStandardInfo, path);
  FileStatus status;
  status.kind = kind_of(basic.FileAttributes, tag_of(file, basic.FileAttributes));
  status.size = static_cast<std::uint64_t>(standard.EndOfFile.QuadPart);
  status.mode = mode_of(status.kind, basic.FileAttributes);
  status.owner = owner_of(file);
  status.links = standard.NumberOfLinks;
  status.modified_ns = nanoseconds(basic.LastWriteTime.QuadPart);
  set_identity(file, path, status);
  return status;
}

void read_pieces(HANDLE file, std::string_view path,
                 const std::function<void(std::string_view)>& take) {
  std::string piece(kPiece, '\0');
  for (;;) {
    const std::size_t got = read_some(file, piece.data(), piece.size(), path);
    if (got == 0) return;
    take(std::string_view(piece.data(), got));
  }
}

std::string read_all(HANDLE file, std::uint64_t most_bytes, std::string_view path) {
  return read_whole(status_of(file, path).size, most_bytes, path,
                    [&](char* to, std::size_t most) { return read_some(file, to, most, path); });
}

std::string read_link(HANDLE link, std::string_view path) {
  constexpr std::size_t kMostBytes = MAXIMUM_REPARSE_DATA_BUFFER_SIZE;
  std::vector<std::byte> buffer(kMostBytes);
  DWORD got = 0;
  if (DeviceIoControl(link, FSCTL_GET_REPARSE_POINT, nullptr, 0, buffer.data(), kMostBytes, &got,
                      nullptr) == FALSE) {
    throw last_error("read link", path);
  }
  buffer.resize(std::max<std::size_t>(got, sizeof(ReparseHead)));
  ReparseHead head{};
  std::memcpy(&head, buffer.data(), sizeof head);
  const bool is_symbolic = head.tag == IO_REPARSE_TAG_SYMLINK;
  if (!is_symbolic && head.tag != IO_REPARSE_TAG_MOUNT_POINT) {
    throw file_error(EOPNOTSUPP, "read link", path);
  }
  // A symbolic link has flags before its texts. What is shown is what its maker wrote.
  const std::size_t texts = sizeof(ReparseHead) + (is_symbolic ? sizeof(ULONG) : 0);
  const auto shown = text_at(buffer, texts + head.shown_offset, head.shown_bytes);
  const auto target = text_at(buffer, texts + head.target_offset, head.target_bytes);
  if (!shown || !target) throw file_error(EIO, "read link", path);
  std::string text = entry_name(shown->empty() ? *target : *shown, path);
  std::replace(text.begin(), text.end(), '\\', '/');
  return text;
}

std::vector<FolderEntry> list_folder(HANDLE folder, std::string_view path) {
  // The structures in it are aligned to 8 bytes, as what a vector holds is.
  std::vector<std::byte> buffer(kPiece);
  std::vector<FolderEntry> entries;
  FILE_INFO_BY_HANDLE_CLASS request = FileIdBothDirectoryRestartInfo;
  while (GetFileInformationByHandleEx(folder, request, buffer.data(),
                                      static_cast<DWORD>(buffer.size())) != FALSE) {
    add_entries(buffer, path, entries);
    request = FileIdBothDirectoryInfo;
  }
  const DWORD error = GetLastError();
  if (error != ERROR_NO_MORE_FILES && error != ERROR_FILE_NOT_FOUND) {
    throw file_error(error_number_of_system(error), "list folder", path);
  }
  std::sort(entries.begin(), entries.end(),
            [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
  return entries;
}

}  // namespace ratchet
