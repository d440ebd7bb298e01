#include "transactions/journal_runner.h"

#include <algorithm>
#include <functional>
#include <unordered_set>

#include "core/text.h"
#include "fs/file_error.h"
#include "fs/removal.h"
#include "transactions/file_copy.h"
#include "transactions/run_folder.h"

namespace ratchet {
namespace {

constexpr std::uint32_t kFolderMode = 0777;
/// What failed for a passing reason gets a second chance.
constexpr int kPasses = 2;

/// Flushes what the names of later entries stand on: the parents of folders that have come, before
/// anything goes into them, be it another folder; a folder, before it goes.
class Fence {
 public:
  using Sync = std::function<void(const std::string& folder)>;

  Fence(Sync sync, bool durable, bool forwards)
      : sync_(std::move(sync)), durable_(durable), forwards_(forwards) {}

  void before(const Entry& entry) {
    if (!durable_) return;
    const bool comes = forwards_ ? entry.brings_folder() : entry.takes_folder();
    const bool goes = forwards_ ? entry.takes_folder() : entry.brings_folder();
    const std::string parent(split_path(entry.path).parent);
    if (!comes || came_.contains(parent)) {
      for (const std::string& folder : came_into_)
        sync_(folder);
      came_into_.clear();
      came_.clear();
    }
    if (comes) {
      came_.insert(entry.path);
      came_into_.insert(parent);
    }
    if (goes) sync_(entry.path);
  }

 private:
  Sync sync_;
  bool durable_;
  bool forwards_;
  std::set<std::string> came_;       ///< not durable yet
  std::set<std::string> came_into_;  ///< their parents
};

/// What stands in the way is somebody's doing, not the disk's.
bool tells_of_somebody(const Error& error) {
  return is(error, "transaction.conflict") || is(error, "io.not_found") ||
         is(error, "io.not_a_folder") || is(error, "path.outside_root") ||
         is(error, "path.protected");
}

}  // namespace

JournalRunner::JournalRunner(StateFolder& state, TxFolder& tx, TargetFolders& folders,
                             const Journal& journal)
    : state_(&state),
      tx_(&tx),
      folders_(&folders),
      journal_(&journal),
      mover_(folders, tx.folder(), journal.id, journal.exchanges) {
}

void JournalRunner::apply(Durability durability, const Cancellation& cancellation) {
  fill_slots_beside();
  mover_.save_old_names(journal_->entries);
  if (journal_->durable && !journal_->exchanges) sync_old_names();
  Fence fence([this](const std::string& folder) { sync_folders({folder}); }, journal_->durable,
              true);
  for (const Entry& entry : journal_->entries) {
    cancellation.check();
    fence.before(entry);
    mover_.forward(entry);
    if (durability != Durability::full) continue;
    std::set<std::string> changed{std::string(split_path(entry.path).parent)};
    if (entry.kind == EntryKind::move) changed.emplace(split_path(entry.from).parent);
    sync_folders(changed);
  }
  if (durability == Durability::batch) sync_folders(touched_folders());
  cancellation.check();
}

/// An old file that is replaced has this name alone.
void JournalRunner::sync_old_names() {
  std::set<std::string> beside;
  for (const Entry& entry : journal_->entries) {
    if (entry.kind == EntryKind::update && entry.beside) beside.insert(*entry.beside);
  }
  sync_folders(beside);
  tx_->folder().sync();
}

/// Only now that the journal names them, so that no crash leaves strangers in the tree.
void JournalRunner::fill_slots_beside() {
  for (const Entry& entry : journal_->entries) {
    if (entry.beside && entry.is_staged()) fill_slot_beside(entry);
  }
}

/// What a crash has kept from being filled.
void JournalRunner::fill_missing_slots() {
  for (const Entry& entry : journal_->entries) {
    if (!entry.beside || !entry.is_staged() || mover_.was_filled(entry)) continue;
    const std::string staged = std::to_string(entry.slot);
    if (!(look_at(tx_->folder(), staged) == entry.post)) continue;
    remove_any(*folders_->open(*entry.beside), mover_.name_with(entry, EntryMover::kPart));
    fill_slot_beside(entry);
  }
}

void JournalRunner::fill_slot_beside(const Entry& entry) {
  const auto folder = folders_->open(*entry.beside);
  const std::string part = mover_.name_with(entry, EntryMover::kPart);
  const std::string staged = std::to_string(entry.slot);
  if (entry.post.is_folder()) {
    folder->make_folder(part, kFolderMode);
    folder->copy_attributes(part, tx_->folder(), staged);
  } else {
    copy_file(tx_->folder(), staged, entry.post, *folder, part, journal_->durable);
  }
  folder->rename(part, *folder, mover_.slot_name(entry), RenameMode::no_replace);
}

std::set<std::string> JournalRunner::touched_folders() const {
  std::set<std::string> touched;
  for (const Entry& entry : journal_->entries) {
    touched.emplace(split_path(entry.path).parent);
    if (entry.kind == EntryKind::move) touched.emplace(split_path(entry.from).parent);
    if (entry.beside) touched.insert(*entry.beside);
  }
  return touched;
}

/// From the inside out.
void JournalRunner::sync_folders(const std::set<std::string>& folders) {
  for (auto path = folders.rbegin(); path != folders.rend(); ++path) {
    if (const auto folder = folders_->open_if_there(*path)) flush(*folder);
  }
}

void JournalRunner::flush(Folder& folder) {
  try {
    folder.sync();
  } catch (const Error&) {
    flush_failed_ = true;
    throw;
  }
}

BackReport JournalRunner::go_back(bool by_force) {
  BackReport report;
  flush_failed_ = false;
  for (int pass = 1; pass <= kPasses; ++pass) {
    report = {};
    folders_->close_all();  // what counts is what stands under the paths now
    try {
      go_back_once(by_force, report);
    } catch (const Error& fault) {
      report.done = false;
      report.fault = fault;
    }
    // A flush is not tried again: the kernel tells of a failure once, and then of success.
    if (!report.fault || flush_failed_) break;
  }
  std::sort(report.conflicts.begin(), report.conflicts.end());
  std::sort(report.filled.begin(), report.filled.end());
  return report;
}

void JournalRunner::go_back_once(bool by_force, BackReport& report) {
  Fence fence([this](const std::string& folder) { sync_folders({folder}); }, journal_->durable,
              false);
  for (auto entry = journal_->entries.rbegin(); entry != journal_->entries.rend(); ++entry) {
    // A folder stays while something in it could not be put back.
    if (!report.done && entry->brings_folder()) continue;
    try {
      fence.before(*entry);
      take_back(*entry, by_force, report);
    } catch (const Error& error) {
      report.done = false;
      if (tells_of_somebody(error)) {
        report.conflicts.push_back(entry->path);
      } else if (!report.fault) {
        report.fault = error;
      }
    }
  }
  if (!report.done) return;
  // Those too that were found as before: that need not be durable yet.
  if (journal_->durable) sync_folders(touched_folders());
  tx_->mark(Journal::kUndone);
  if (journal_->durable) flush(tx_->folder());
  report.kept = tidy_up(TxStage::undone);
}

void JournalRunner::take_back(const Entry& entry, bool by_force, BackReport& report) {
  switch (mover_.way_back(entry)) {
    case WayBack::nothing:
      return;
    case WayBack::conflict:
      if (!by_force) throw conflict_at(entry.path, "was changed by somebody else");
      mover_.force_back(entry);
      return;
    case WayBack::back:
      if (!mover_.back(entry)) report.filled.push_back(entry.path);
      return;
  }
}

void JournalRunner::go_forward() {
  fill_missing_slots();
  for (const Entry& entry : journal_->entries) {
    if (mover_.can_go_forward(entry)) continue;
    throw conflict_at(entry.path, "cannot be brought forward: what it was to become is lost");
  }
  Fence fence([this](const std::string& folder) { sync_folders({folder}); }, journal_->durable,
              true);
  for (const Entry& entry : journal_->entries) {
    fence.before(entry);
    mover_.force_forward(entry);
  }
  if (journal_->durable) sync_folders(touched_folders());
  keep();
}

void JournalRunner::keep() {
  tx_->mark(Journal::kKept);
  try {
    if (journal_->durable) tx_->folder().sync();
  } catch (const Error& error) {
    throw Error("transaction.unknown_state",
                "all is new, but a power loss may still take it back: " + error.message())
        .hint("once the disk works again: ratchet tx recover");
  }
}

std::vector<std::string> JournalRunner::tidy_up(TxStage stage) {
  std::vector<std::string> kept;
  flush_failed_ = false;
  for (int pass = 1; pass <= kPasses; ++pass) {
    try {
      tidy_slots(kept);
      if (stage == TxStage::undone) RunFolder::remove(*state_, journal_->id);
      tx_->remove(*state_);
      break;
    } catch (const Error&) {
      if (flush_failed_) break;  // what stays is tidied up by the next recovery
    }
  }
  return kept;
}

void JournalRunner::tidy_slots(std::vector<std::string>& kept) {
  std::unordered_set<std::string> here;
  for (FolderEntry& entry : tx_->folder().list(""))
    here.insert(std::move(entry.name));
  std::set<std::string> beside;
  for (const Entry& entry : journal_->entries) {
    if (entry.beside) beside.insert(*entry.beside);
    const auto folder = mover_.slot_folder(entry);
    if (!folder) continue;
    for (const std::string& name :
         {mover_.slot_name(entry), mover_.name_with(entry, EntryMover::kOld),
          mover_.name_with(entry, EntryMover::kTheirs)}) {
      if (entry.beside || here.contains(name)) tidy_slot(entry, *folder, name, kept);
    }
    if (!entry.beside) continue;
    remove_any(*folder, mover_.name_with(entry, EntryMover::kPart));
    // What was staged before it was copied near its target.
    remove_any(tx_->folder(), std::to_string(entry.slot));
  }
  if (journal_->durable) sync_folders(beside);
}

void JournalRunner::tidy_slot(const Entry& entry, Folder& folder, const std::string& name,
                              std::vector<std::string>& kept) {
  const FileState state = look_at(folder, name);
  if (!state.exists()) return;
  const bool ours = state == entry.pre || state == entry.post;
  const bool filled = state.is_folder() && !folder.list(name).empty();
  // Nothing may come between looking and removing but what cannot be helped.
  if (ours && !filled) {
    if (state.is_folder()) {
      folder.remove_folder(name);
    } else {
      folder.remove_file(name);
    }
    return;
  }
  if (entry.beside) {
    kept.push_back(entry.beside->empty() ? name : *entry.beside + "/" + name);
    return;
  }
  kept.push_back(state_->keep(folder, name, journal_->id + "-" + name, journal_->durable));
}

}  // namespace ratchet
