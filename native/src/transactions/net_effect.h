// What many operations on files come to in the end.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fs/contained_path.h"
#include "transactions/entry.h"

namespace ratchet {

/// Folds operations into at most one entry a path: create and delete come to nothing, delete and
/// create to an update, a file that is moved twice to one move. It sees the tree as it will be once
/// all operations so far are done, over a disk that it asks only for what it has not been told.
/// Paths have no link on the way (TargetFolders::resolve). A value but for the disk that it asks.
class NetEffect {
 public:
  /// What stands on disk at a path now: the pre-image of whatever the transaction does there.
  using Look = std::function<FileState(std::string_view path)>;

  explicit NetEffect(Look look) : look_(std::move(look)) {}

  /// What stands there once the operations so far are done, folders on the way included. Error:
  /// io.not_a_folder where a file stands on the way.
  [[nodiscard]] FileState state(std::string_view path);
  /// Begins an operation: what state() has found on disk since then is what the pre-image of the
  /// path is, without a second look.
  void begin_operation() { looked_.clear(); }
  /// Named by an operation before.
  [[nodiscard]] bool names(std::string_view path) const;
  /// The paths beneath a folder that operations have named and that are to be there.
  [[nodiscard]] std::vector<std::string> named_beneath(std::string_view path) const;

  /// What stands at `path` afterwards: staged content. Whether it may is the caller's question.
  void put(std::string_view path, const FileState& content, std::uint32_t slot);
  void remove(std::string_view path);
  /// A file or link gets another path.
  void move(std::string_view from, std::string_view to);
  /// `origin`: the folder on disk whose attributes it gets, if any.
  void make_folder(std::string_view path, std::string_view origin = {});
  /// The folder on disk that one which is to stand at `path` is now; empty where it is made anew.
  [[nodiscard]] std::string folder_origin(std::string_view path) const;

  /// A file that ends at `path`, and whose content is still only at `origin` on disk.
  struct Unstaged {
    std::string path;
    std::string origin;
  };
  /// Those for which a rename from the origin does not do, because something else comes to stand
  /// there or stood at `path`, or because `one_rename` says no. They need staged content: stage()
  /// tells where it is.
  [[nodiscard]] std::vector<Unstaged> unstaged(
      const std::function<bool(const std::string& from, const std::string& to)>& one_rename);
  void stage(const std::string& path, const FileState& content, std::uint32_t slot);

  /// The entries in the order in which they can be applied: folders come first, from the outside
  /// in, then files by path, and folders go last, from the inside out. Slots of entries without
  /// staged content count up from `first_free_slot`.
  [[nodiscard]] std::vector<Entry> entries(std::uint32_t first_free_slot) const;

  /// For writing the effect down and reading it back.
  struct Node {
    FileState before;                     ///< on disk when it was first named
    FileState after;                      ///< once all is done
    std::optional<std::uint32_t> slot{};  ///< of staged content
    std::string origin{};  ///< where content that is not staged, or a moved folder, is on disk
  };
  [[nodiscard]] const std::map<std::string, Node, std::less<>>& nodes() const { return nodes_; }
  void restore(std::string path, Node node) { nodes_[std::move(path)] = std::move(node); }

 private:
  [[nodiscard]] Node& node(std::string_view path);
  [[nodiscard]] bool holds_named(std::string_view path) const;
  void bring_back_folders_above(std::string_view path);
  [[nodiscard]] bool is_simple_move(const std::string& path, const Node& node) const;

  [[nodiscard]] FileState look(std::string_view path);

  Look look_;
  std::map<std::string, FileState, std::less<>> looked_;  ///< in this operation
  std::map<std::string, Node, std::less<>> nodes_;
};

/// Puts entries in the order in which they can be applied.
void sort_entries(std::vector<Entry>& entries);

}  // namespace ratchet
