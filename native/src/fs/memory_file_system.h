// Disks in memory, for tests: they forget what was not flushed, and fail when told to.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fs/file_system.h"

namespace ratchet {

class MemoryDisk;

/// What the seam was asked to do. A closed file or folder and a dropped lock are no operations.
enum class FileOperation {
  status,
  read,
  digest,
  read_link,
  list,
  resolve,
  open_folder,
  make_folder,
  create,
  write,
  start_sync,
  make_link,
  add_name,
  set_mode,
  attributes,
  sync_file,
  rename,
  in_use,
  remove_file,
  remove_folder,
  lock,
  sync_folder,
};

[[nodiscard]] std::string_view to_string(FileOperation operation);

/// One call through the seam, recorded before it is carried out.
struct RecordedOperation {
  FileOperation operation;
  std::string path;    ///< absolute
  std::string target;  ///< absolute, of a rename
};

/// A file system with the promises of Folder and no more: a file's data outlives a crash only after
/// sync() of the file, a name only after sync() of its folder; a rename over two folders is one
/// operation, durable once either is flushed. A flush that failed is not made good by the next one,
/// unless something was written in between. It has one mount, `/`, and those made by add_mount();
/// one user; no permissions.
///
/// Calls through the seam are counted from 0, recorded, given to the hook, and may be made to fail.
/// Those of the section "the test's own hand" are none of this, and durable at once. Thread-safe,
/// but for the hook, which runs in the thread of the call and may use the test's own hand.
class MemoryFileSystem final : public FileSystem {
 public:
  using Hook = std::function<void(std::size_t index, const RecordedOperation& operation)>;
  /// Whether the `index`-th of `count` changes of names that were never flushed outlives the crash.
  using Survives = std::function<bool(std::size_t index, std::size_t count)>;

  MemoryFileSystem();
  ~MemoryFileSystem() override;

  /// One that begins with `/`, on every system.
  bool is_absolute(const std::filesystem::path& path) const override {
    return path.generic_string().starts_with('/');
  }
  std::unique_ptr<Folder> open_folder(const std::filesystem::path& path) override;
  std::optional<FileStatus> status(const std::filesystem::path& path) override;
  std::string read(const std::filesystem::path& path, std::uint64_t most_bytes) override;
  std::vector<FolderEntry> list(const std::filesystem::path& path) override;
  std::uint32_t umask() override { return 022; }
  std::uint32_t user() override { return kUser; }
  std::filesystem::path canonical(const std::filesystem::path& path) override;
  std::string host() override { return host_; }

  // --- Faults. Each stays until clear_faults().

  /// The operation of this index fails with this errno, and has no effect.
  void fail_at(std::size_t index, int error_number);
  /// As fail_at(), and every later one of its kind too, as on a disk that is full or broken.
  void fail_from(std::size_t index, int error_number);
  /// The `nth` (from 0) operation of a kind from here on fails.
  void fail_nth(FileOperation operation, std::size_t nth, int error_number);
  void clear_faults();
  /// Called before each operation; an exception of its own passes to the caller of the operation.
  void set_hook(Hook hook);
  [[nodiscard]] std::vector<RecordedOperation> operations() const;
  void forget_operations();

  // --- Crashes; this one goes on untouched.

  /// The disks as a new process finds them after power was lost now. Data that was never flushed
  /// is gone, its file is there and empty, unless it is said to survive.
  [[nodiscard]] std::unique_ptr<MemoryFileSystem> after_crash(const Survives& survives,
                                                              bool data_survives = false) const;
  /// As a new process finds them after this one was killed: all is there, and what was not flushed
  /// still is not.
  [[nodiscard]] std::unique_ptr<MemoryFileSystem> after_kill() const;
  /// What a crash would decide about.
  [[nodiscard]] std::size_t unflushed_names() const;
  /// Equal for two states that nothing can tell apart, a crash included.
  [[nodiscard]] std::string fingerprint() const;
  /// Folders, files and locks that are held open.
  [[nodiscard]] std::size_t open_handles() const;

  // --- The test's own hand; paths are absolute.

  /// Parents are made as needed; an existing file is replaced by a new one.
  void put_file(std::string_view path, std::string_view content);
  void put_folder(std::string_view path);
  void put_link(std::string_view path, std::string_view target);
  void put_other(std::string_view path);
  /// An empty folder that is a file system of its own: renames into and out of it give EXDEV.
  void add_mount(std::string_view path);
  /// With all beneath it.
  void erase(std::string_view path);
  void move(std::string_view from, std::string_view to);
  void set_owner(std::string_view path, std::uint32_t owner);
  void set_mode(std::string_view path, std::uint32_t mode);
  void set_group(std::string_view path, std::uint32_t group);
  /// `default` of a folder is what `access` of that made in it becomes.
  void set_attribute(std::string_view path, const std::string& name, std::string value);
  [[nodiscard]] std::string attribute(std::string_view path, const std::string& name) const;
  /// Writes into the file that stands there, as through a descriptor opened before.
  void write_into(std::string_view path, std::string_view content);
  /// As write_into(), wherever the file of this inode is by now; nothing where it has no name left.
  void write_through(std::uint64_t inode, std::string_view content);
  [[nodiscard]] std::uint64_t inode(std::string_view path) const;
  /// From now on somebody's open handle keeps what stands there from being renamed, replaced or
  /// removed: io.in_use.
  void hold(std::string_view path);
  /// All that was held is free again.
  void release();
  /// From now on no rename replaces a file that its owner may not write: io.permission_denied.
  void keep_read_only();
  /// What this file system cannot do any more: io.unsupported.
  void forbid(FileOperation operation, RenameMode mode = RenameMode::replace);
  /// From now on names that differ in the case of ASCII letters are one.
  void make_case_blind();
  void set_host(std::string host) { host_ = std::move(host); }
  /// Everything beneath: relative path → content; folders end with `/`, links read `-> target`.
  [[nodiscard]] std::map<std::string, std::string> tree(std::string_view path) const;
  /// As tree(), with mode (octal) and inode in front: `644 12 content`.
  [[nodiscard]] std::map<std::string, std::string> described(std::string_view path) const;

  static constexpr std::uint32_t kUser = 1000;

  struct Disks;  ///< for its own sources

 private:
  void put(std::string_view path, FileKind kind, std::string_view data);
  [[nodiscard]] std::unique_ptr<MemoryFileSystem> with_disk(MemoryDisk disk) const;

  std::shared_ptr<Disks> disks_;
  std::string host_ = "memory";
};

}  // namespace ratchet
