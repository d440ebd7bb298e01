#include <dirent.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "core/text.h"
#include "fs/file_error.h"
#include "fs/file_system.h"
#include "fs/lock_posix.h"
#include "fs/resolve_posix.h"

namespace ratchet {
namespace {

constexpr std::uint32_t kPermissionBits = 07777;
constexpr std::uint32_t kUsualUmask = 022;

/// Repeats a call while a signal interrupts it.
template <typename Call>
auto uninterrupted(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR)
    result = call();
  return result;
}

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

FileStatus status_of(int descriptor, std::string_view path) {
  struct stat status {};
  if (fstat(descriptor, &status) != 0) throw file_error(errno, "look at", path);
  return to_status(status);
}

/// Follows what fstatat follows by `flags`.
std::optional<FileStatus> status_at(int folder, const std::string& name, int flags,
                                    std::string_view path) {
  struct stat status {};
  if (fstatat(folder, name.c_str(), &status, flags) == 0) return to_status(status);
  if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
  throw file_error(errno, "look at", path);
}

void write_all(int descriptor, std::string_view bytes, std::string_view path) {
  while (!bytes.empty()) {
    const ssize_t written =
        uninterrupted([&] { return ::write(descriptor, bytes.data(), bytes.size()); });
    if (written < 0) throw file_error(errno, "write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

[[noreturn]] void refuse_kind(std::string_view path) {
  throw Error("io.not_a_file", "cannot read " + in_quotes(path) + ": a regular file is needed here")
      .at(std::string(path));
}

/// A regular file that is read. The kind is asked before the open, because opening a FIFO or a
/// device has effects of its own, and once more after it, because somebody may have swapped it.
class OpenedFile {
 public:
  OpenedFile(int folder, const std::string& name, bool follow, std::string_view path)
      : OpenedFile(folder, name, follow, path,
                   status_at(folder, name, follow ? 0 : AT_SYMLINK_NOFOLLOW, path)) {}

  /// `before` is its status as it was seen just now.
  OpenedFile(int folder, const std::string& name, bool follow, std::string_view path,
             const std::optional<FileStatus>& before)
      : path_(path) {
    if (!before) throw file_error(ENOENT, "read", path);
    if (before->kind != FileKind::file) refuse_kind(path);
    const int flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW);
    file_ = Descriptor(uninterrupted([&] { return openat(folder, name.c_str(), flags); }));
    if (!file_.is_open()) {
      if (errno == ELOOP) refuse_kind(path);
      throw file_error(errno, "read", path);
    }
    status_ = status_of(file_.get(), path);
    if (status_.kind != FileKind::file) refuse_kind(path);
  }

  [[nodiscard]] const FileStatus& status() const { return status_; }
  [[nodiscard]] int descriptor() const { return file_.get(); }
  /// How much came; 0 at the end.
  [[nodiscard]] std::size_t read(char* to, std::size_t most) const {
    const ssize_t got = uninterrupted([&] { return ::read(file_.get(), to, most); });
    if (got < 0) throw file_error(errno, "read", path_);
    return static_cast<std::size_t>(got);
  }

 private:
  Descriptor file_;
  FileStatus status_;
  std::string_view path_;
};

constexpr std::size_t kPiece = std::size_t{64} << 10;

/// Hands a file's bytes on, piece by piece.
template <typename Take>
void read_pieces(const OpenedFile& file, Take take) {
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
  const std::uint64_t size = file.status().size;
  std::string bytes;
  for (std::size_t filled = 0;;) {
    // What the status said is only where to begin: files grow, and those of /proc have no size.
    if (filled == 0 && size <= most_bytes) bytes.resize(size + 1);
    if (bytes.size() == filled) bytes.resize(filled + kPiece);
    const std::size_t got = file.read(bytes.data() + filled, bytes.size() - filled);
    if (got == 0) {
      bytes.resize(filled);
      return bytes;
    }
    filled += got;
    if (filled > most_bytes) {
      throw Error("limit.input_size", "file " + in_quotes(path) + " is larger than the limit of " +
                                          std::to_string(most_bytes) + " bytes")
          .at(std::string(path));
    }
  }
}

std::string read_link_at(int folder, const std::string& name, std::string_view path) {
  std::string target(PATH_MAX, '\0');
  const ssize_t size = readlinkat(folder, name.c_str(), target.data(), target.size());
  if (size < 0) throw file_error(errno, "read link", path);
  target.resize(static_cast<std::size_t>(size));
  return target;
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

/// What this user may not give away, or this file system does not know, is not an error.
bool may_be_left_out(int error_number) {
  return error_number == EPERM || error_number == EACCES || error_number == EOPNOTSUPP ||
         error_number == EINVAL || error_number == ENODATA;
}

void give_owner(int file, const FileStatus& old, std::string_view path) {
  const FileStatus now = status_of(file, path);
  if (now.owner == old.owner && now.group == old.group) return;
  if (fchown(file, old.owner, old.group) == 0) return;
  // The group alone may be given by whoever belongs to it.
  if (errno == EPERM && fchown(file, static_cast<uid_t>(-1), old.group) == 0) return;
  if (!may_be_left_out(errno)) throw file_error(errno, "set the owner of", path);
}

/// Nothing where there is no such attribute.
std::optional<std::string> attribute(int file, const char* name) {
  const ssize_t size = fgetxattr(file, name, nullptr, 0);
  if (size < 0) return std::nullopt;
  std::string value(static_cast<std::size_t>(size), '\0');
  const ssize_t got = fgetxattr(file, name, value.data(), value.size());
  if (got < 0) return std::nullopt;
  value.resize(static_cast<std::size_t>(got));
  return value;
}

/// False where it was left out.
bool set_attribute(int file, const char* name, const std::string& value, std::string_view path) {
  if (fsetxattr(file, name, value.data(), value.size(), 0) == 0) return true;
  if (!may_be_left_out(errno)) throw file_error(errno, "set an attribute of", path);
  return false;
}

void copy_extended_attributes(int from, int to, std::string_view path) {
  const ssize_t size = flistxattr(from, nullptr, 0);
  if (size <= 0) return;
  std::string names(static_cast<std::size_t>(size), '\0');
  const ssize_t got = flistxattr(from, names.data(), names.size());
  if (got < 0) return;
  names.resize(static_cast<std::size_t>(got));
  for (std::size_t at = 0; at < names.size();) {
    const char* name = names.c_str() + at;
    at += std::string_view(name).size() + 1;
    if (const auto value = attribute(from, name)) {
      static_cast<void>(set_attribute(to, name, *value, path));
    }
  }
}

/// As open() and mkdir() in `parent` would have done it.
void inherit_from(int parent, int made, std::string_view path) {
  const FileStatus from = status_of(parent, path);
  const FileStatus now = status_of(made, path);
  const bool gives_group = (from.mode & S_ISGID) != 0;
  if (gives_group && now.group != from.group) {
    if (fchown(made, static_cast<uid_t>(-1), from.group) != 0 && !may_be_left_out(errno)) {
      throw file_error(errno, "set the group of", path);
    }
  }
  if (const auto label = attribute(parent, "security.selinux")) {
    static_cast<void>(set_attribute(made, "security.selinux", *label, path));
  }
  const bool is_folder = now.kind == FileKind::folder;
  std::uint32_t mode = now.mode;
  const auto list = attribute(parent, "system.posix_acl_default");
  if (list && set_attribute(made, "system.posix_acl_access", *list, path)) {
    // A default list takes the place of the umask.
    constexpr std::uint32_t kNewFolder = 0777;
    constexpr std::uint32_t kNewFile = 0666;
    mode = status_of(made, path).mode & (is_folder ? kNewFolder : kNewFile);
    if (is_folder) {
      static_cast<void>(set_attribute(made, "system.posix_acl_default", *list, path));
    }
  }
  if (is_folder && gives_group) mode |= S_ISGID;
  if (mode == status_of(made, path).mode) return;
  if (fchmod(made, mode) != 0) throw file_error(errno, "set the mode of", path);
}

class PosixFile final : public WritableFile {
 public:
  PosixFile(Descriptor file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}

  void write(std::string_view bytes) override { write_all(file_.get(), bytes, path_); }
  void start_sync() override {
    // Only a hint: whether it worked is what sync() tells.
    static_cast<void>(sync_file_range(file_.get(), 0, 0, SYNC_FILE_RANGE_WRITE));
  }
  void sync() override {
    if (uninterrupted([&] { return fsync(file_.get()); }) != 0) {
      throw file_error(errno, "flush", path_);
    }
  }
  void set_mode(std::uint32_t mode) override {
    if (fchmod(file_.get(), mode & kPermissionBits) != 0) {
      throw file_error(errno, "set the mode of", path_);
    }
  }
  FileStatus status() override { return status_of(file_.get(), path_); }

 private:
  Descriptor file_;
  std::string path_;
};

class PosixLock final : public FileLock {
 public:
  explicit PosixLock(Descriptor file) : file_(std::move(file)) {}

 private:
  Descriptor file_;
};

class PosixFolder final : public Folder {
 public:
  PosixFolder(Descriptor folder, Resolution resolution, std::string_view path)
      : folder_(std::move(folder)), resolution_(resolution), path_(path) {}

  std::optional<FileStatus> status(std::string_view path) override {
    if (path.empty()) return status_of(folder_.get(), path);
    try {
      const Place place = find(path);
      return status_at(place.folder(), place.name, AT_SYMLINK_NOFOLLOW, path);
    } catch (const Error& error) {
      if (is(error, "io.not_found") || is(error, "io.not_a_folder")) return std::nullopt;
      throw;
    }
  }

  std::string read(std::string_view path, std::uint64_t most_bytes) override {
    const Place place = find(path);
    return read_at(place.folder(), place.name, false, most_bytes, path);
  }

  std::optional<FileDigest> digest(std::string_view path) override {
    if (path.empty()) return FileDigest{status_of(folder_.get(), path)};
    try {
      const Place place = find(path);
      return digest_at(place.folder(), place.name, path);
    } catch (const Error& error) {
      if (is(error, "io.not_found") || is(error, "io.not_a_folder")) return std::nullopt;
      throw;
    }
  }

  std::string read_link(std::string_view path) override {
    const Place place = find(path);
    return read_link_at(place.folder(), place.name, path);
  }

  void copy_to(std::string_view path, WritableFile& file) override {
    const Place place = find(path);
    const OpenedFile source(place.folder(), place.name, false, path);
    read_pieces(source, [&file](std::string_view piece) { file.write(piece); });
  }

  std::string resolve(std::string_view path) override {
    check_folder_path(path);
    return resolve_beneath(folder_.get(), path, resolution_);
  }

  std::vector<FolderEntry> list(std::string_view path) override {
    check_folder_path(path);
    return list_folder(open_beneath(folder_.get(), path, O_RDONLY, Links::none, resolution_), path);
  }

  std::unique_ptr<Folder> open(std::string_view path, Links links) override {
    check_folder_path(path);
    return std::make_unique<PosixFolder>(
        open_beneath(folder_.get(), path, O_RDONLY, links, resolution_), resolution_, path);
  }

  void make_folder(std::string_view path, std::uint32_t mode) override {
    const Place place = find(path);
    if (mkdirat(place.folder(), place.name.c_str(), mode) != 0) {
      throw file_error(errno, "make folder", path);
    }
  }

  std::unique_ptr<WritableFile> create(std::string_view path, std::uint32_t mode) override {
    const Place place = find(path);
    constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    Descriptor file(uninterrupted([&] {
      return openat(place.folder(), place.name.c_str(), kFlags, static_cast<mode_t>(mode));
    }));
    if (!file.is_open()) throw file_error(errno, "create", path);
    return std::make_unique<PosixFile>(std::move(file), std::string(path));
  }

  void make_link(std::string_view path, std::string_view target) override {
    refuse_nul(target);
    const Place place = find(path);
    if (symlinkat(std::string(target).c_str(), place.folder(), place.name.c_str()) != 0) {
      throw file_error(errno, "make link", path);
    }
  }

  void add_name(std::string_view path, Folder& to_folder, std::string_view to) override {
    const Place source = find(path);
    const Place target = dynamic_cast<PosixFolder&>(to_folder).find(to);
    if (linkat(source.folder(), source.name.c_str(), target.folder(), target.name.c_str(), 0) !=
        0) {
      // EPERM: a file system without hard links. EMLINK: this file has all it may have.
      const bool cannot = errno == EPERM || errno == EMLINK;
      throw file_error(cannot ? EOPNOTSUPP : errno, "add name", to);
    }
  }

  void copy_attributes(std::string_view path, Folder& from_folder, std::string_view from) override {
    const Place source = dynamic_cast<PosixFolder&>(from_folder).find(from);
    const Place target = find(path);
    const Descriptor old = open_for_attributes(source, from);
    const Descriptor taken = open_for_attributes(target, path);
    const FileStatus status = status_of(old.get(), from);
    give_owner(taken.get(), status, path);
    copy_extended_attributes(old.get(), taken.get(), path);
    if (status.kind == FileKind::folder && fchmod(taken.get(), status.mode) != 0) {
      throw file_error(errno, "set the mode of", path);
    }
  }

  bool gives_attributes() override {
    return (status_of(folder_.get(), path_).mode & S_ISGID) != 0 ||
           attribute(folder_.get(), "system.posix_acl_default").has_value() ||
           attribute(folder_.get(), "security.selinux").has_value();
  }

  void inherit_attributes(std::string_view path, Folder& parent) override {
    const int from = dynamic_cast<PosixFolder&>(parent).folder_.get();
    const Place target = find(path);
    const Descriptor taken = open_for_attributes(target, path);
    inherit_from(from, taken.get(), path);
  }

  void sync_file(std::string_view path) override {
    const Place place = find(path);
    const OpenedFile file(place.folder(), place.name, false, path);
    if (uninterrupted([&] { return fsync(file.descriptor()); }) != 0) {
      throw file_error(errno, "flush", path);
    }
  }

  void rename(std::string_view from, Folder& to_folder, std::string_view to,
              RenameMode mode) override {
    const Place source = find(from);
    const Place target = dynamic_cast<PosixFolder&>(to_folder).find(to);
    unsigned flags = 0;
    if (mode == RenameMode::no_replace) flags = RENAME_NOREPLACE;
    if (mode == RenameMode::exchange) flags = RENAME_EXCHANGE;
    if (renameat2(source.folder(), source.name.c_str(), target.folder(), target.name.c_str(),
                  flags) == 0) {
      return;
    }
    const bool unknown_flag = flags != 0 && (errno == EINVAL || errno == ENOSYS);
    if (!unknown_flag) throw file_error(errno, "rename to", to);
    if (mode == RenameMode::exchange) throw file_error(EOPNOTSUPP, "exchange", to);
    rename_by_link(source, target, to);
  }

  void remove_file(std::string_view path) override { remove(path, 0, "remove"); }
  void remove_folder(std::string_view path) override {
    remove(path, AT_REMOVEDIR, "remove folder");
  }

  std::unique_ptr<FileLock> try_lock(std::string_view path, std::string_view note) override {
    const Place place = find(path);
    constexpr int kFlags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    Descriptor file(uninterrupted(
        [&] { return openat(place.folder(), place.name.c_str(), kFlags, S_IRUSR | S_IWUSR); }));
    if (!file.is_open()) throw file_error(errno, "open lock", path);
    if (!lock_named(file.get(), place.folder(), place.name, path)) return nullptr;
    write_note(file.get(), note, path);
    return std::make_unique<PosixLock>(std::move(file));
  }

  bool is_locked(std::string_view path) override {
    const Place place = find(path);
    constexpr int kFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    const Descriptor file(
        uninterrupted([&] { return openat(place.folder(), place.name.c_str(), kFlags); }));
    if (file.is_open()) return is_lock_held(file.get(), path);
    if (errno == ENOENT) return false;
    throw file_error(errno, "open lock", path);
  }

  void sync() override {
    // EINVAL: this file system has nothing to flush in a folder.
    if (uninterrupted([&] { return fsync(folder_.get()); }) != 0 && errno != EINVAL) {
      throw file_error(errno, "flush folder", path_);
    }
  }

 private:
  /// A name in a folder held open.
  struct Place {
    Descriptor owned;  // unset where the name stands in the folder itself
    int borrowed = -1;
    std::string name;
    [[nodiscard]] int folder() const { return owned.is_open() ? owned.get() : borrowed; }
  };

  [[nodiscard]] Place find(std::string_view path) const {
    check_folder_path(path);
    const ParentAndName split = split_path(path);
    if (split.name.empty()) throw file_error(EISDIR, "use as a file's name", path);
    Place place{{}, folder_.get(), std::string(split.name)};
    if (!split.parent.empty()) {
      place.owned = open_beneath(folder_.get(), split.parent, O_PATH, Links::inside, resolution_);
    }
    return place;
  }

  /// A regular file or folder: opening anything else may have effects of its own.
  static Descriptor open_for_attributes(const Place& place, std::string_view path) {
    const auto status = status_at(place.folder(), place.name, AT_SYMLINK_NOFOLLOW, path);
    if (!status) throw file_error(ENOENT, "open", path);
    if (status->kind != FileKind::file && status->kind != FileKind::folder) refuse_kind(path);
    constexpr int kFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    Descriptor file(
        uninterrupted([&] { return openat(place.folder(), place.name.c_str(), kFlags); }));
    if (!file.is_open()) throw file_error(errno, "open", path);
    return file;
  }

  static std::optional<FileDigest> digest_at(int folder, const std::string& name,
                                             std::string_view path) {
    const auto status = status_at(folder, name, AT_SYMLINK_NOFOLLOW, path);
    if (!status) return std::nullopt;
    if (status->kind == FileKind::link) {
      return FileDigest{*status, sha256(read_link_at(folder, name, path))};
    }
    if (status->kind != FileKind::file) return FileDigest{*status};
    const OpenedFile file(folder, name, false, path, status);
    Sha256Stream stream;
    FileDigest digest{file.status()};
    digest.status.size = 0;  // what was read, not what was there when it was opened
    read_pieces(file, [&](std::string_view piece) {
      stream.update(piece);
      digest.status.size += piece.size();
    });
    digest.hash = stream.finish();
    return digest;
  }

  /// For file systems without RENAME_NOREPLACE: a link refuses an existing name just as well.
  /// Between the two calls the file has both names.
  static void rename_by_link(const Place& source, const Place& target, std::string_view to) {
    if (linkat(source.folder(), source.name.c_str(), target.folder(), target.name.c_str(), 0) !=
        0) {
      throw file_error(errno == EPERM ? EOPNOTSUPP : errno, "rename to", to);
    }
    if (unlinkat(source.folder(), source.name.c_str(), 0) != 0) {
      const int error_number = errno;
      unlinkat(target.folder(), target.name.c_str(), 0);
      throw file_error(error_number, "rename to", to);
    }
  }

  void remove(std::string_view path, int flags, std::string_view what) {
    const Place place = find(path);
    if (unlinkat(place.folder(), place.name.c_str(), flags) != 0) {
      throw file_error(errno == EEXIST ? ENOTEMPTY : errno, what, path);
    }
  }

  static void write_note(int file, std::string_view note, std::string_view path) {
    try {
      if (ftruncate(file, 0) != 0) return;
      write_all(file, "pid " + std::to_string(getpid()) + " " + std::string(note) + "\n", path);
    } catch (const Error&) {
      return;  // on a full disk the lock is as good without its note
    }
  }

  Descriptor folder_;
  Resolution resolution_;
  std::string path_;  // for messages
};

class PosixFileSystem final : public FileSystem {
 public:
  explicit PosixFileSystem(Resolution resolution) : resolution_(resolution) {}

  std::unique_ptr<Folder> open_folder(const std::filesystem::path& path) override {
    return std::make_unique<PosixFolder>(open_by_user(path, "open folder"), resolution_,
                                         path.native());
  }

  std::optional<FileStatus> status(const std::filesystem::path& path) override {
    refuse_nul(path.native());
    return status_at(AT_FDCWD, path.native(), 0, path.native());
  }

  std::string read(const std::filesystem::path& path, std::uint64_t most_bytes) override {
    refuse_nul(path.native());
    return read_at(AT_FDCWD, path.native(), true, most_bytes, path.native());
  }

  std::vector<FolderEntry> list(const std::filesystem::path& path) override {
    return list_folder(open_by_user(path, "list folder"), path.native());
  }

  std::uint32_t umask() override {
    // The call umask() can only be asked by setting it, which other threads would see.
    constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 20;
    constexpr std::string_view kKey = "\nUmask:";
    try {
      const std::string status = read("/proc/self/status", kMostBytes);
      const std::size_t at = status.find(kKey);
      if (at == std::string::npos) return kUsualUmask;
      return static_cast<std::uint32_t>(
          std::strtoul(status.c_str() + at + kKey.size(), nullptr, 8));
    } catch (const Error&) {
      return kUsualUmask;  // no /proc here
    }
  }

  std::uint32_t user() override { return geteuid(); }

  std::filesystem::path canonical(const std::filesystem::path& path) override {
    refuse_nul(path.native());
    struct Free {
      void operator()(char* text) const { std::free(text); }
    };
    const std::unique_ptr<char, Free> resolved(realpath(path.c_str(), nullptr));
    if (!resolved) throw file_error(errno, "resolve", path.native());
    return {resolved.get()};
  }

  std::string host() override {
    constexpr std::uint64_t kMostBytes = 4096;
    std::string name;
    try {
      name = read("/etc/machine-id", kMostBytes);
    } catch (const Error&) {
      name.assign(HOST_NAME_MAX + 1, '\0');
      if (gethostname(name.data(), name.size()) != 0) return {};
      name.resize(name.find('\0'));
    }
    // The id of a machine is meant to be kept from others; its hash with a word of ours is not it.
    return to_hex(sha256("ratchet host " + name));
  }

 private:
  static Descriptor open_by_user(const std::filesystem::path& path, std::string_view what) {
    refuse_nul(path.native());
    Descriptor folder(
        uninterrupted([&] { return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
    if (!folder.is_open()) throw file_error(errno, what, path.native());
    return folder;
  }

  Resolution resolution_;
};

}  // namespace

std::unique_ptr<FileSystem> make_posix_files(Resolution resolution) {
  return std::make_unique<PosixFileSystem>(resolution);
}

FileSystem& system_files() {
  static PosixFileSystem files(Resolution::kernel);
  return files;
}

}  // namespace ratchet
