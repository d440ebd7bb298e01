// The folders that a transaction writes into, held open a few at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "fs/file_system.h"

namespace ratchet {

/// Folders beneath a root by path; an empty path is the root. Reopening one compares its device and
/// inode with what was seen first, so that a folder or link swapped in is an
/// Error{transaction.conflict} and never written into. One owner at a time.
class TargetFolders {
 public:
  /// Open at a time; small enough for `ulimit -n 64`.
  static constexpr std::size_t kMostOpen = 16;

  explicit TargetFolders(std::unique_ptr<Folder> root);

  /// Error: io.not_found, io.not_a_folder, path.outside_root, path.protected,
  /// transaction.conflict, io.*. When no descriptor is left, others are closed first.
  [[nodiscard]] std::shared_ptr<Folder> open(std::string_view path);
  /// As open(); nothing where it is absent, or where something else stands there or on the way.
  [[nodiscard]] std::shared_ptr<Folder> open_if_there(std::string_view path);
  /// The nearest that is there: the folder itself, or one above it.
  [[nodiscard]] std::shared_ptr<Folder> open_nearest(std::string_view path);
  /// What stands at a path, links not followed: absent also where a folder on the way is.
  [[nodiscard]] std::optional<FileDigest> digest(std::string_view path);

  /// Whether somebody's open handle keeps what stands there from being changed (Folder).
  [[nodiscard]] bool is_in_use(std::string_view path);

  /// The path with no link on the way to its last component; what is absent, or lies beneath a
  /// file, stays as it is written.
  [[nodiscard]] std::string resolve(std::string_view path);

  /// Closes all but the root, so that what is opened next is found by its path again.
  void close_all();
  /// Forgets a folder and what lies in it: it was made, moved or removed.
  void forget(std::string_view path);

 private:
  struct Identity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
  };
  using OpenFolder = std::pair<std::string, std::shared_ptr<Folder>>;

  [[nodiscard]] std::unique_ptr<Folder> open_on_disk(const std::string& path);

  std::shared_ptr<Folder> root_;
  std::unordered_map<std::string, Identity> seen_;
  std::unordered_map<std::string, std::string> resolved_;
  std::list<OpenFolder> open_;  ///< the one used last in front
};

}  // namespace ratchet
