// The file system as a seam: the only way in which the engine reads and writes disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/hash.h"

namespace ratchet {

enum class FileKind { file, folder, link, other };

struct FileStatus {
  FileKind kind = FileKind::other;
  std::uint64_t size = 0;
  std::uint32_t mode = 0;   ///< permission bits
  std::uint32_t owner = 0;  ///< comparable with FileSystem::user()
  std::uint32_t group = 0;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t links = 1;
  std::int64_t modified_ns = 0;  ///< since the epoch
};

/// What stands at a path, and the SHA-256 of a file's bytes or of a link's target; of anything else
/// all zeros.
struct FileDigest {
  FileStatus status;
  Sha256 hash{};
};

struct FolderEntry {
  std::string name;
  FileKind kind = FileKind::other;
};

/// An open file that is being written. Closing without sync() promises nothing about durability.
class WritableFile {
 public:
  virtual ~WritableFile() = default;
  /// Writes all of it (short writes and EINTR are the implementation's concern).
  virtual void write(std::string_view bytes) = 0;
  /// Starts write-back without waiting; a hint.
  virtual void start_sync() = 0;
  /// Data and metadata durable on return. After a failure the data may be gone: never retried.
  virtual void sync() = 0;
  /// Exactly these permission bits, whatever the umask.
  virtual void set_mode(std::uint32_t mode) = 0;
  [[nodiscard]] virtual FileStatus status() = 0;
};

/// A lock of the kernel's on a file, between processes and between holders in one process; dropped
/// with this object or with the process.
class FileLock {
 public:
  virtual ~FileLock() = default;
};

enum class RenameMode {
  replace,     ///< the target, if any, is replaced
  no_replace,  ///< Error{transaction.exists} when the target exists
  exchange,    ///< both must exist; they swap places in one step
};

/// Which links on the way to a folder are followed.
enum class Links {
  inside,  ///< those that stay beneath and lead into no protected folder (names_protected_folder)
  none,    ///< a link is Error{io.not_a_folder}, also as the last component
};

/// A folder held open, so that a swapped parent cannot redirect a write. Every path is relative,
/// separated by `/`, and resolved beneath this folder: links in its parent part are followed as
/// Links::inside, never for the last component, and never out (Error{path.outside_root}; where the
/// kernel has no openat2, every link in the way is refused so). An empty path is the folder itself,
/// where that makes sense.
///
/// Errors name the path: io.not_found, io.not_a_folder, io.permission_denied, io.no_space,
/// io.read_only, io.in_use (another program has it open, as Windows knows that), io.too_many_open
/// (no descriptor left), io.cross_device (rename), io.not_empty (remove_folder), io.unsupported
/// (the file system cannot do it), io.error. One owner at a time.
class Folder {
 public:
  virtual ~Folder() = default;

  /// What stands there, links not followed; nothing where nothing stands.
  [[nodiscard]] virtual std::optional<FileStatus> status(std::string_view path) = 0;
  /// A regular file's bytes. Error: io.not_found, io.not_a_file (folder, FIFO, device, link),
  /// limit.input_size.
  [[nodiscard]] virtual std::string read(std::string_view path, std::uint64_t most_bytes) = 0;
  /// What stands there with its hash, read in pieces, links not followed; nothing where nothing
  /// stands.
  [[nodiscard]] virtual std::optional<FileDigest> digest(std::string_view path) = 0;
  /// Where a link leads, as it is written.
  [[nodiscard]] virtual std::string read_link(std::string_view path) = 0;
  /// Appends a regular file's bytes to another, in pieces; errors as read().
  virtual void copy_to(std::string_view path, WritableFile& file) = 0;
  /// Sorted by name, bytewise.
  [[nodiscard]] virtual std::vector<FolderEntry> list(std::string_view path) = 0;
  /// The same folder's path with every link on the way resolved; empty is this folder.
  [[nodiscard]] virtual std::string resolve(std::string_view path) = 0;

  /// A subfolder as a Folder of its own, beneath which its own paths are resolved then.
  [[nodiscard]] virtual std::unique_ptr<Folder> open(std::string_view path, Links links) = 0;
  /// `mode` less the umask. Error{transaction.exists} when anything stands there.
  virtual void make_folder(std::string_view path, std::uint32_t mode) = 0;
  /// A new file, `mode` less the umask; Error{transaction.exists} when anything stands there.
  [[nodiscard]] virtual std::unique_ptr<WritableFile> create(std::string_view path,
                                                             std::uint32_t mode) = 0;
  /// Error{transaction.exists} when anything stands there.
  virtual void make_link(std::string_view path, std::string_view target) = 0;
  /// A second name for a regular file, or for a link where the system can (io.unsupported);
  /// Error{transaction.exists} when anything stands at the new one.
  virtual void add_name(std::string_view path, Folder& to_folder, std::string_view to) = 0;
  /// Gives a file or folder the owner, group, extended attributes and access list of another; what
  /// this user may not give or the file system cannot hold is left out. A folder gets the mode too;
  /// a file's mode may change by it, and is to be set afterwards.
  virtual void copy_attributes(std::string_view path, Folder& from_folder,
                               std::string_view from) = 0;
  /// Whether this folder gives what is made in it more than the user's own group and umask do: then
  /// inherit_attributes() is needed for what is made elsewhere and moved in.
  [[nodiscard]] virtual bool gives_attributes() = 0;
  /// Gives a file or folder the group, access list and label that it would have got by being made
  /// in `parent`; what this user may not give is left out. Its mode stays what it is, unless the
  /// parent has a default access list, which decides it then.
  virtual void inherit_attributes(std::string_view path, Folder& parent) = 0;
  /// Makes a regular file durable that is not open.
  virtual void sync_file(std::string_view path) = 0;
  /// Files and folders alike. `to_folder` is of the same FileSystem. That two folders lie on
  /// different mounts is said (io.cross_device) before what is absent.
  virtual void rename(std::string_view from, Folder& to_folder, std::string_view to,
                      RenameMode mode) = 0;
  /// Whether somebody's open handle keeps what stands there from being renamed, replaced or
  /// removed; false where nothing stands. Asks once, without waiting. On a system where an open
  /// file hinders nobody it does not even look.
  [[nodiscard]] virtual bool is_in_use(std::string_view path) = 0;
  virtual void remove_file(std::string_view path) = 0;
  /// An empty folder.
  virtual void remove_folder(std::string_view path) = 0;
  /// Takes the lock on this file (made with mode 0600 where absent, a link refused); nothing when
  /// somebody else has it. The file then reads `pid N` and `note`, for messages only. The lock
  /// stands for the name: whoever holds it may unlink the file, and a waiter that locked the
  /// unlinked one gets nothing.
  [[nodiscard]] virtual std::unique_ptr<FileLock> try_lock(std::string_view path,
                                                           std::string_view note) = 0;
  /// Whether somebody holds that lock; false where the file is absent. Takes and makes nothing.
  [[nodiscard]] virtual bool is_locked(std::string_view path) = 0;
  /// Makes the names in this folder durable.
  virtual void sync() = 0;
};

/// Thread-safe.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  /// Whether a path says by itself where it begins: all paths given to this class must.
  [[nodiscard]] virtual bool is_absolute(const std::filesystem::path& path) const {
    return path.is_absolute();
  }
  /// Opens an absolute folder, links followed. Error: io.not_found, io.not_a_folder,
  /// io.permission_denied.
  [[nodiscard]] virtual std::unique_ptr<Folder> open_folder(const std::filesystem::path& path) = 0;
  /// Links followed: what a user's own path names. Nothing where nothing stands.
  [[nodiscard]] virtual std::optional<FileStatus> status(const std::filesystem::path& path) = 0;
  /// A regular file named by the user, links followed; errors as Folder::read. A FIFO or device is
  /// refused without waiting on it.
  [[nodiscard]] virtual std::string read(const std::filesystem::path& path,
                                         std::uint64_t most_bytes) = 0;
  /// Sorted by name. Error: io.not_found, io.not_a_folder.
  [[nodiscard]] virtual std::vector<FolderEntry> list(const std::filesystem::path& path) = 0;
  /// The permission bits that the process's umask takes away; 022 where the system does not say.
  [[nodiscard]] virtual std::uint32_t umask() = 0;
  /// The user as whom this process makes files.
  [[nodiscard]] virtual std::uint32_t user() = 0;
  /// The same folder's path with no link in it. Errors as open_folder().
  [[nodiscard]] virtual std::filesystem::path canonical(const std::filesystem::path& path) = 0;
  /// Tells this machine from others, in a form that says nothing else of it; empty where the system
  /// has no such name.
  [[nodiscard]] virtual std::string host() = 0;
};

/// The machine's disks.
[[nodiscard]] FileSystem& system_files();

}  // namespace ratchet
