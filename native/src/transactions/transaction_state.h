// What a Transaction and its Applied share; nobody else includes this.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/error.h"
#include "transactions/staging.h"
#include "transactions/state_folder.h"
#include "transactions/target_folders.h"
#include "transactions/transaction.h"

namespace ratchet {

/// Where the file of an entry is, as far as this process knows. A slot is the file in the
/// transaction's folder, or beside the target where that lies on another file system.
enum class Place {
  slot,    ///< staged, or taken back
  target,  ///< renamed into place, or that was tried: the slot tells
  away,    ///< taken back into its slot, and not yet compared
  gone,    ///< somebody removed it
  theirs,  ///< somebody changed it: not to be touched any more
};

struct Entry {
  std::string path;
  TargetFolders::Index folder = 0;
  StagedContent content;
  Place place = Place::slot;
  bool beside = false;  ///< its slot lies beside its target
};

struct UndoReport {
  std::vector<std::string> kept;  ///< paths that are not as before
  std::optional<Error> failed_sync;
};

struct Transaction::State {
  State(FileSystem& files, Clock& clock_seam, Random& random_seam,
        const std::filesystem::path& root_path, Options chosen, const Limits& chosen_limits);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void create(const RelativePath& path, std::string_view content, std::uint32_t mode);
  void apply(const Cancellation& cancellation);
  void verify();
  /// Takes back what is visible; never throws for what a disk or a person does.
  [[nodiscard]] UndoReport undo();
  /// Removes what is left in `.ratchet` of this transaction; what cannot be removed stays.
  void clean() noexcept;

  Clock& clock;
  Random& random;
  Options options;
  Limits limits;
  TargetFolders folders;
  StateFolder state_folder;
  std::unique_ptr<Folder> tx;
  Staging staging;
  std::vector<Entry> entries;
  std::unordered_set<std::string> paths;
  std::unique_ptr<FileLock> lock;
  bool broken = false;   ///< a content could not be staged
  bool applied = false;  ///< visible and provisional
  bool cleaned = false;

 private:
  // transaction.cpp
  void stage(const RelativePath& path, std::string_view content, std::uint32_t mode);
  void refuse_known(const RelativePath& path);
  void refuse_existing();
  void make_folders(const Cancellation& cancellation);
  void place_all(const Cancellation& cancellation);
  void place(Entry& entry);
  void place_beside(Entry& entry, Folder& folder, std::string_view name);
  void sync_touched(const Cancellation& cancellation);

  [[nodiscard]] std::string beside_name(const Entry& entry) const;
  [[nodiscard]] std::string slot_name(const Entry& entry) const;
  /// Those in which apply() has changed a name.
  [[nodiscard]] std::set<TargetFolders::Index> touched_folders() const;

  // applied.cpp
  void verify(const Entry& entry);

  // undo.cpp
  void take_back(Entry& entry, UndoReport& report);
  void rename_back(Entry& entry, UndoReport& report);
  void rename_to_slot(Entry& entry);
  [[nodiscard]] bool is_ours(const Entry& entry, Folder& slots, const std::string& slot) const;
  void give_back(Entry& entry, UndoReport& report);
  void remove_made_folders(UndoReport& report);
  void sync_after_undo(const std::set<TargetFolders::Index>& touched, UndoReport& report);
  void clean_once();
};

/// What undo() could not take back, as an Error; nothing where it took back all.
[[nodiscard]] std::optional<Error> error_of(const UndoReport& report);

}  // namespace ratchet
