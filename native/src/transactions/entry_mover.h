// One entry forwards, one entry back: the only code that changes what stands under a user's path.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/error.h"
#include "transactions/entry.h"
#include "transactions/target_folders.h"

namespace ratchet {

/// What an entry needs to be as before.
enum class WayBack {
  nothing,   ///< it is as before, or somebody has put something else there on purpose
  back,      ///< it was applied
  conflict,  ///< somebody changed it: not to be touched without being asked
};

/// Moves between slot and target, each by one rename, and compares what came out afterwards: never
/// before, so that nothing that somebody writes meanwhile is lost. Both outlive it. One owner.
class EntryMover {
 public:
  /// `tx` is the transaction's folder; `exchanges` as in Journal.
  EntryMover(TargetFolders& folders, Folder& tx, std::string id, bool exchanges)
      : folders_(&folders), tx_(&tx), id_(std::move(id)), exchanges_(exchanges) {}

  /// Makes an entry visible. Error{transaction.conflict} or {transaction.exists} where the target
  /// is not the entry's pre-image: then it is as it was.
  void forward(const Entry& entry);
  /// Decides from slot and target, never from the target alone.
  [[nodiscard]] WayBack way_back(const Entry& entry);
  /// Takes back what way_back() says `back` to. False for a made folder that somebody filled: it
  /// stays. Error{transaction.conflict}: it turned out to be somebody's, and stays.
  [[nodiscard]] bool back(const Entry& entry);
  /// As the user decided against what stands there: takes back, or brings forward, and moves what
  /// is in the way into slots, from where tidying up keeps it.
  void force_back(const Entry& entry);
  void force_forward(const Entry& entry);
  /// Whether force_forward() has what it needs.
  [[nodiscard]] bool can_go_forward(const Entry& entry);

  /// Whether the slot of an entry that is staged was ever filled.
  [[nodiscard]] bool was_filled(const Entry& entry);

  /// Gives the old files of updates a second name, where slots cannot be exchanged.
  void save_old_names(const std::vector<Entry>& entries);

  [[nodiscard]] FileState at_target(const Entry& entry) { return look(entry.path); }
  [[nodiscard]] FileState at_source(const Entry& entry) { return look(entry.from); }
  [[nodiscard]] FileState in_slot(const Entry& entry);
  /// The names that an entry may have left in the folder of its slot: the slot, the old file where
  /// slots cannot be exchanged, what was in the way of a decision, and half a slot.
  static constexpr std::string_view kOld = ".old";
  static constexpr std::string_view kTheirs = ".theirs";
  static constexpr std::string_view kPart = ".part";
  [[nodiscard]] std::string slot_name(const Entry& entry) const;
  /// Where the pre-image of an applied entry that keeps one is, in the folder of its slot.
  [[nodiscard]] std::string pre_image_name(const Entry& entry) const;
  [[nodiscard]] std::string name_with(const Entry& entry, std::string_view ending) const {
    return slot_name(entry).append(ending);
  }
  /// The folder of its slot; nothing where that folder is gone.
  [[nodiscard]] std::shared_ptr<Folder> slot_folder(const Entry& entry);

 private:
  [[nodiscard]] FileState look(const std::string& path);
  [[nodiscard]] FileState in_old(const Entry& entry);
  /// Whether the slot holds this, and nothing in it where it is a folder.
  [[nodiscard]] bool holds(const Entry& entry, const FileState& state);
  /// An update of which the old file has a second name.
  [[nodiscard]] bool has_old_name(const Entry& entry) const {
    return entry.kind == EntryKind::update && !exchanges_;
  }
  [[nodiscard]] WayBack way_back_of_move(const Entry& entry);
  [[nodiscard]] WayBack way_back_by_old_name(const Entry& entry);

  void slot_to(const Entry& entry, const std::string& path, RenameMode mode);
  void to_slot(const Entry& entry, const std::string& path);
  void exchange(const Entry& entry);
  void rename(const std::string& from, const std::string& to);
  void forward_update(const Entry& entry);
  void forward_by_old_name(const Entry& entry);
  void restore_old_name(const Entry& entry);
  void aside(const Entry& entry);
  [[nodiscard]] Folder& slots(const Entry& entry);

  TargetFolders* folders_;
  Folder* tx_;
  std::string id_;
  bool exchanges_;
  std::shared_ptr<Folder> beside_;  ///< the folder that slots() gave last
};

/// The error for a path that is not as a transaction needs it.
[[nodiscard]] Error conflict_at(const std::string& path, const std::string& what);
/// The error for files that stand where new ones are to be.
[[nodiscard]] Error exists_at(const std::vector<std::string>& paths);
/// The error for files that other programs hold open.
[[nodiscard]] Error in_use_at(const std::vector<std::string>& paths);
/// The error for a link that would have to be made where the file system cannot.
[[nodiscard]] Error no_link_at(const std::string& path, const std::string& target);
/// The error for files that cannot be replaced, because they are read-only or are to be.
[[nodiscard]] Error read_only_at(const std::vector<std::string>& paths);

}  // namespace ratchet
