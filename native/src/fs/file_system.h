// The file system as a seam: the only way in which the engine reads and writes disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fs/contained_path.h"

namespace ratchet {

enum class FileKind { file, folder, link, other };

struct FileStatus {
  FileKind kind = FileKind::other;
  std::uint64_t size = 0;
  std::uint32_t mode = 0;  ///< permission bits
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t links = 1;
  std::int64_t modified_ns = 0;  ///< since the epoch
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
  virtual void set_mode(std::uint32_t mode) = 0;
};

enum class RenameMode {
  replace,     ///< the target, if any, is replaced
  no_replace,  ///< Error{transaction.exists} when the target exists
  exchange,    ///< both must exist; they swap places in one step
};

/// A folder held open, so that a swapped parent cannot redirect a write. Every path is resolved beneath
/// it: links inside are followed for parents, never for the last component, and never out of it
/// (Error{path.outside_root}). Errors of the system come as Error{io.*} that names the path.
/// One owner at a time.
class Folder {
 public:
  virtual ~Folder() = default;

  /// What stands there, links not followed; nothing where nothing stands.
  [[nodiscard]] virtual std::optional<FileStatus> status(std::string_view path) = 0;
  /// A regular file's bytes. Error: io.not_found, io.not_a_file (folder, FIFO, device, link),
  /// limit.input_size.
  [[nodiscard]] virtual std::string read(std::string_view path, std::uint64_t most_bytes) = 0;
  /// Sorted by name.
  [[nodiscard]] virtual std::vector<FolderEntry> list(std::string_view path) = 0;

  /// A subfolder as a Folder of its own (its paths may still not leave this one's root).
  [[nodiscard]] virtual std::unique_ptr<Folder> open(std::string_view path) = 0;
  virtual void make_folder(std::string_view path, std::uint32_t mode) = 0;
  /// A new file; Error{transaction.exists} when anything stands there.
  [[nodiscard]] virtual std::unique_ptr<WritableFile> create(std::string_view path,
                                                             std::uint32_t mode) = 0;
  virtual void rename(std::string_view from, Folder& to_folder, std::string_view to,
                      RenameMode mode) = 0;
  virtual void remove_file(std::string_view path) = 0;
  /// An empty folder.
  virtual void remove_folder(std::string_view path) = 0;
  /// Makes the names in this folder durable.
  virtual void sync() = 0;
};

/// Thread-safe.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  /// Opens an absolute folder. Error: io.not_found, io.not_a_folder, io.permission_denied.
  [[nodiscard]] virtual std::unique_ptr<Folder> open_folder(const std::filesystem::path& path) = 0;
  /// Links followed: what a user's own path names. Nothing where nothing stands.
  [[nodiscard]] virtual std::optional<FileStatus> status(const std::filesystem::path& path) = 0;
  /// A regular file named by the user, links followed; errors as Folder::read. A FIFO or device is
  /// refused without waiting on it.
  [[nodiscard]] virtual std::string read(const std::filesystem::path& path,
                                         std::uint64_t most_bytes) = 0;
  /// Sorted by name. Error: io.not_found, io.not_a_folder.
  [[nodiscard]] virtual std::vector<FolderEntry> list(const std::filesystem::path& path) = 0;
  /// The permission bits that the process's umask takes away.
  [[nodiscard]] virtual std::uint32_t umask() = 0;
};

/// The machine's disks.
[[nodiscard]] FileSystem& system_files();

}  // namespace ratchet
