#include <fcntl.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "core/text.h"
#include "fs/attributes_posix.h"
#include "fs/file_error.h"
#include "fs/file_system.h"
#include "fs/lock_posix.h"
#include "fs/reading_posix.h"
#include "fs/resolve_posix.h"

namespace ratchet {
namespace {

constexpr std::uint32_t kUsualUmask = 022;

void write_all(int descriptor, std::string_view bytes, std::string_view path) {
  while (!bytes.empty()) {
    const ssize_t written =
        uninterrupted([&] { return ::write(descriptor, bytes.data(), bytes.size()); });
    if (written < 0) throw file_error(errno, "write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
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
    ratchet::copy_attributes(old.get(), status, taken.get(), path);
    if (status.kind == FileKind::folder && fchmod(taken.get(), status.mode) != 0) {
      throw file_error(errno, "set the mode of", path);
    }
  }

  bool gives_attributes() override { return ratchet::gives_attributes(folder_.get(), path_); }

  void inherit_attributes(std::string_view path, Folder& parent) override {
    const int from = dynamic_cast<PosixFolder&>(parent).folder_.get();
    const Place target = find(path);
    const Descriptor taken = open_for_attributes(target, path);
    ratchet::inherit_attributes(from, taken.get(), path);
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

  bool is_in_use(std::string_view /*path*/) override { return false; }

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
    const OpenedFile file(folder, name, path, status);
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
