// Carries a journal out, in one direction or the other, and tidies up behind it.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/cancel.h"
#include "core/error.h"
#include "transactions/durability.h"
#include "transactions/entry_mover.h"
#include "transactions/journal.h"
#include "transactions/state_folder.h"
#include "transactions/tx_folder.h"

namespace ratchet {

/// How far going back came.
struct BackReport {
  bool done = true;                    ///< the journal is marked undone
  std::vector<std::string> conflicts;  ///< paths that somebody changed: they stay; sorted
  std::vector<std::string> filled;     ///< folders that were made, and hold somebody's files now
  std::vector<std::string> kept;       ///< where somebody's content from slots lies now
  std::optional<Error> fault;          ///< the first thing that the disk refused
};

/// What does the same for a transaction that lives and for one that is recovered. The journal, and
/// all it is given, outlive it. One owner at a time.
class JournalRunner {
 public:
  JournalRunner(StateFolder& state, TxFolder& tx, TargetFolders& folders, const Journal& journal);

  /// Applies all entries; the journal is on disk. Slots near targets are filled first. An Error
  /// leaves what was applied: go_back().
  void apply(Durability durability, const Cancellation& cancellation);

  /// Takes all back that was applied, in reverse; what the disk refuses is tried once more, but for
  /// a flush. Where nothing is in the way, marks the journal undone and tidies up. `by_force`: as
  /// the user decided, also against what somebody changed.
  [[nodiscard]] BackReport go_back(bool by_force);

  /// Brings all entries forward, marks the journal kept and tidies up. Error: transaction.conflict
  /// where an entry has lost what it needs: then nothing was done.
  void go_forward();

  /// The commit point: durable on return. Error: io.* before it, transaction.unknown_state after.
  void keep();

  /// Removes what a finished transaction leaves in slots; what somebody else wrote into one is
  /// moved to `.ratchet/kept/`, or stays where it is if that is another mount. Returns where it
  /// lies. Then the folder goes. `stage` is kept or undone. Never throws for what a disk refuses:
  /// that is left to the next recovery.
  std::vector<std::string> tidy_up(TxStage stage);

  [[nodiscard]] EntryMover& mover() { return mover_; }

 private:
  void sync_old_names();
  void fill_slots_beside();
  void fill_missing_slots();
  void fill_slot_beside(const Entry& entry);
  void sync_folders(const std::set<std::string>& folders);
  void flush(Folder& folder);
  [[nodiscard]] std::set<std::string> touched_folders() const;
  void take_back(const Entry& entry, bool by_force, BackReport& report);
  void go_back_once(bool by_force, BackReport& report);
  void tidy_slot(const Entry& entry, Folder& folder, const std::string& name,
                 std::vector<std::string>& kept);
  void tidy_slots(std::vector<std::string>& kept);

  StateFolder* state_;
  TxFolder* tx_;
  TargetFolders* folders_;
  const Journal* journal_;
  EntryMover mover_;
  bool flush_failed_ = false;
};

}  // namespace ratchet
