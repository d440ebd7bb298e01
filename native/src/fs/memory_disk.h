// The disks behind MemoryFileSystem: nodes, names, and what of them would outlive a crash.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fs/file_system.h"

namespace ratchet {

/// Names and contents with their durable halves. Errors are thrown as Error by file_error(), the
/// `shown` path in them. A value: a copy is a snapshot. Thread-safe: no.
class MemoryDisk {
 public:
  /// A file, folder or link; 0 is none.
  using Node = std::uint64_t;

  struct Content {
    FileKind kind = FileKind::file;
    std::uint32_t mode = 0;
    std::uint32_t owner = 0;
    std::uint32_t group = 0;
    std::map<std::string, std::string> attributes{};
    std::uint64_t device = 0;
    std::int64_t modified = 0;
    std::string data{};  ///< of a link, its target
    std::string durable_data{};
    bool removed = false;  ///< a folder without a name: nothing can be made in it
    bool lost = false;     ///< a flush failed: what is written since is never durable again
  };

  /// How far a path may lead.
  enum class Bound {
    none,      ///< absolute links start again at `/`
    inside,    ///< Links::inside
    no_links,  ///< Links::none
  };

  MemoryDisk();

  [[nodiscard]] Node root() const { return 1; }
  [[nodiscard]] Node look_up(Node folder, std::string_view name) const;
  /// From now on ASCII letters of either case name the same.
  void make_case_blind() { case_blind_ = true; }
  /// The folder at a relative path.
  [[nodiscard]] Node resolve(Node from, std::string_view path, Bound bound,
                             std::string_view shown) const;
  /// As resolve(): the folder's path beneath `from`, no link in it.
  [[nodiscard]] std::string resolved_path(Node from, std::string_view path, Bound bound,
                                          std::string_view shown) const;
  /// What an absolute path leads to, every link followed; 0 where it leads nowhere.
  [[nodiscard]] Node look_up_path(std::string_view path) const;
  [[nodiscard]] Content& content(Node node) { return nodes_.at(node); }
  [[nodiscard]] const Content& content(Node node) const { return nodes_.at(node); }
  [[nodiscard]] FileStatus status(Node node) const;
  /// Name and node, sorted by name.
  [[nodiscard]] std::vector<std::pair<std::string, Node>> children(Node folder) const;

  /// Gives a new node a name that is free; a name too long for a disk is refused.
  Node add(Node folder, std::string_view name, Content content, std::string_view shown);
  /// A second name for a file.
  void add_name(Node node, Node folder, std::string_view name, std::string_view shown);
  void rename(Node from, std::string_view name, Node to, std::string_view new_name, RenameMode mode,
              std::string_view shown);
  void remove(Node folder, std::string_view name, FileKind kind, std::string_view shown);
  void sync_folder(Node folder);
  /// A flush of it failed: the next one does not make durable what this one did not.
  void lose_folder(Node folder);

  // Foreign changes by absolute path, each durable at once without those before it. Parents are
  // made as needed; a file that stands there is replaced by a new node.
  void put(std::string_view path, Content content);
  void erase(std::string_view path);
  void move(std::string_view from, std::string_view to);
  /// Relative path → content; folders end with `/`, links read `-> target`.
  [[nodiscard]] std::map<std::string, std::string> tree(std::string_view path) const;

  /// As tree(), each with its kind, mode and inode in front: ` f 0644 12 content`.
  [[nodiscard]] std::map<std::string, std::string> described(std::string_view path) const;

  /// The disk with what was flushed and those of the other changes of names that survive; with the
  /// data that was never flushed, or without.
  [[nodiscard]] MemoryDisk after_crash(
      const std::function<bool(std::size_t index, std::size_t count)>& survives,
      bool data_survives) const;
  /// Changes of names that were never flushed.
  [[nodiscard]] std::size_t unflushed_names() const;
  /// Equal for two disks on which nothing can tell apart what was done to them, nor what a crash
  /// would leave.
  [[nodiscard]] std::string fingerprint() const;

 private:
  using Slot = std::pair<Node, std::string>;
  /// The name as it is stored, where one of another case stands for it.
  [[nodiscard]] std::string stored_name(Node folder, std::string_view name) const;
  struct Way;
  struct Change {
    std::vector<std::pair<Slot, Node>> assigned{};
    bool durable = false;
    bool lost = false;  ///< its flush failed, and nothing was written to the folder since
  };

  [[nodiscard]] Way walk(Node from, std::string_view path, Bound bound,
                         std::string_view shown) const;
  void change(std::vector<std::pair<Slot, Node>> assigned);
  void settle_last_change();
  void forget_durable_changes();
  void erase_children(Node folder);
  void forget_unreachable();
  void add_to_tree(Node folder, const std::string& prefix,
                   std::map<std::string, std::string>& tree) const;

  std::map<Node, Content> nodes_;
  std::map<Slot, Node> names_;
  std::map<Slot, Node> durable_names_;
  std::vector<Change> changes_;  ///< since durable_names_
  bool case_blind_ = false;
  Node next_node_ = 2;
  std::int64_t ticks_ = 0;
};

}  // namespace ratchet
