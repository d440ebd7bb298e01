// The folders that a transaction writes into: found or planned, made, and held open a few at a
// time.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fs/file_system.h"

namespace ratchet {

/// A table of folders by path. Parents come before what lies in them. Reopening one compares its
/// device and inode with what was seen first, so that a folder or link swapped in is an
/// Error{transaction.conflict} and never written into. One owner at a time.
class TargetFolders {
 public:
  using Index = std::uint32_t;

  /// Open at a time; small enough for `ulimit -n 64`.
  static constexpr std::size_t kMostOpen = 16;

  explicit TargetFolders(std::unique_ptr<Folder> root);

  /// The folder's place in the table; looked up on disk the first time, with its parents where it
  /// is absent. An empty path is the root. Error: io.not_a_folder, path.outside_root,
  /// path.protected, io.*.
  [[nodiscard]] Index plan(std::string_view path);
  /// Its place, if it was planned.
  [[nodiscard]] std::optional<Index> find(std::string_view path) const;

  [[nodiscard]] std::size_t size() const { return targets_.size(); }
  [[nodiscard]] const std::string& path(Index index) const { return targets_[index].path; }
  [[nodiscard]] Index parent(Index index) const { return targets_[index].parent; }
  /// On disk, as far as is known.
  [[nodiscard]] bool exists(Index index) const { return targets_[index].exists; }
  /// By make(), and not removed since.
  [[nodiscard]] bool made(Index index) const { return targets_[index].made; }

  /// Good until the next call. Error: io.not_found, transaction.conflict, io.*.
  [[nodiscard]] Folder& open(Index index);
  /// Closes all but the root, so that what is opened next is found by its path again.
  void close_all();

  /// Makes an absent one, mode 0777 less the umask; where somebody made it meanwhile, that one is
  /// taken. The parent has to exist.
  void make(Index index);
  /// Removes one that make() has made, if it is empty and still the same; false where it has to
  /// stay.
  [[nodiscard]] bool remove_made(Index index);

 private:
  struct Target {
    std::string path;
    Index parent = 0;
    bool exists = false;
    bool made = false;
    std::uint64_t device = 0;
    std::uint64_t inode = 0;  ///< 0 while it is not known
  };
  using OpenFolder = std::pair<Index, std::unique_ptr<Folder>>;

  [[nodiscard]] std::unique_ptr<Folder> open_on_disk(const std::string& path);
  Folder& keep_open(Index index, std::unique_ptr<Folder> folder);
  void close(Index index);

  std::unique_ptr<Folder> root_;
  std::vector<Target> targets_;
  std::unordered_map<std::string, Index> by_path_;
  std::list<OpenFolder> open_;  ///< the one used last in front
};

}  // namespace ratchet
