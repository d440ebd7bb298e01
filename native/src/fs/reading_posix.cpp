#include "fs/reading_posix.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <memory>

#include "core/error.h"
#include "core/text.h"
#include "fs/file_error.h"

namespace ratchet {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;

FileKind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return FileKind::file;
  if (S_ISDIR(mode)) return FileKind::folder;
  return S_ISLNK(mode) ? FileKind::link : FileKind::other;
}

FileStatus to_status(const struct stat& from) {
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  FileStatus status;
  status.kind = kind_of(from.st_mode);
  status.size = static_cast<std::uint64_t>(from.st_size);
  status.mode = from.st_mode & kPermissionBits;
  status.owner = from.st_uid;
  status.group = from.st_gid;
  status.device = from.st_dev;
  status.inode = from.st_ino;
  status.links = from.st_nlink;
  status.modified_ns = from.st_mtim.tv_sec * kNanoseconds + from.st_mtim.tv_nsec;
  return status;
}

FileKind kind_of_entry(int folder, const dirent& entry) {
  switch (entry.d_type) {
    case DT_REG:
      return FileKind::file;
    case DT_DIR:
      return FileKind::folder;
    case DT_LNK:
      return FileKind::link;
    case DT_UNKNOWN: {  // some file systems do not say
      const auto status = status_at(folder, entry.d_name, AT_SYMLINK_NOFOLLOW, entry.d_name);
      return status ? status->kind : FileKind::other;
    }
    default:
      return FileKind::other;
  }
}

}  // namespace

FileStatus status_of(int descriptor, std::string_view path) {
  struct stat status {};
  if (fstat(descriptor, &status) != 0) throw file_error(errno, "look at", path);
  return to_status(status);
}

std::optional<FileStatus> status_at(int folder, const std::string& name, int flags,
                                    std::string_view path) {
  struct stat status {};
  if (fstatat(folder, name.c_str(), &status, flags) == 0) return to_status(status);
  if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
  throw file_error(errno, "look at", path);
}

OpenedFile::OpenedFile(int folder, const std::string& name, bool follow, std::string_view path)
    : path_(path) {
  open(folder, name, follow, status_at(folder, name, follow ? 0 : AT_SYMLINK_NOFOLLOW, path));
}

OpenedFile::OpenedFile(int folder, const std::string& name, std::string_view path,
                       const std::optional<FileStatus>& before)
    : path_(path) {
  open(folder, name, false, before);
}

void OpenedFile::open(int folder, const std::string& name, bool follow,
                      const std::optional<FileStatus>& before) {
  if (!before) throw file_error(ENOENT, "read", path_);
  if (before->kind != FileKind::file) refuse_kind(path_);
  const int flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW);
  file_ = Descriptor(uninterrupted([&] { return openat(folder, name.c_str(), flags); }));
  if (!file_.is_open()) {
    if (errno == ELOOP) refuse_kind(path_);
    throw file_error(errno, "read", path_);
  }
  status_ = status_of(file_.get(), path_);
  if (status_.kind != FileKind::file) refuse_kind(path_);
}

std::size_t OpenedFile::read(char* to, std::size_t most) const {
  const ssize_t got = uninterrupted([&] { return ::read(file_.get(), to, most); });
  if (got < 0) throw file_error(errno, "read", path_);
  return static_cast<std::size_t>(got);
}

void read_pieces(const OpenedFile& file, const std::function<void(std::string_view)>& take) {
  const std::uint64_t likely = file.status().size + 1;
  std::string piece(static_cast<std::size_t>(std::min<std::uint64_t>(likely, kPiece)), '\0');
  for (std::uint64_t total = 0;;) {
    const std::size_t got = file.read(piece.data(), piece.size());
    if (got == 0) return;
    take(std::string_view(piece.data(), got));
    total += got;
    if (got < piece.size() && total >= file.status().size) return;  // saves the read that gives 0
  }
}

std::string read_at(int folder, const std::string& name, bool follow, std::uint64_t most_bytes,
                    std::string_view path) {
  const OpenedFile file(folder, name, follow, path);
  return read_whole(file.status().size, most_bytes, path,
                    [&file](char* to, std::size_t most) { return file.read(to, most); });
}

std::string read_link_at(int folder, const std::string& name, std::string_view path) {
  std::string target(PATH_MAX, '\0');
  const ssize_t size = readlinkat(folder, name.c_str(), target.data(), target.size());
  if (size < 0) throw file_error(errno, "read link", path);
  target.resize(static_cast<std::size_t>(size));
  return target;
}

std::vector<FolderEntry> list_folder(Descriptor folder, std::string_view path) {
  struct CloseFolder {
    void operator()(DIR* open) const { closedir(open); }
  };
  const std::unique_ptr<DIR, CloseFolder> open(fdopendir(folder.get()));
  if (!open) throw file_error(errno, "list folder", path);
  const int number = folder.release();  // the stream owns it from here on
  std::vector<FolderEntry> entries;
  for (;;) {
    errno = 0;
    const dirent* entry = readdir(open.get());
    if (entry == nullptr) {
      if (errno != 0) throw file_error(errno, "list folder", path);
      break;
    }
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..")
      entries.push_back({entry->d_name, kind_of_entry(number, *entry)});
  }
  std::sort(entries.begin(), entries.end(),
            [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
  return entries;
}

}  // namespace ratchet
