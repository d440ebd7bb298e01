// What a Transaction and its Applied share; nobody else includes this.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/error.h"
#include "transactions/home.h"
#include "transactions/journal.h"
#include "transactions/journal_runner.h"
#include "transactions/net_effect.h"
#include "transactions/staging.h"
#include "transactions/state_folder.h"
#include "transactions/target_folders.h"
#include "transactions/transaction.h"
#include "transactions/tx_folder.h"

namespace ratchet {

/// The seams, and where the transaction happens.
struct TransactionPlace {
  FileSystem& files;
  Clock& clock;
  Random& random;
  Limits limits;
  std::filesystem::path root;  ///< canonical
  Home home;
};

struct Transaction::State {
  State(TransactionPlace where, Options chosen, std::unique_ptr<Folder> root,
        StateFolder found_state, TxFolder found_tx, std::unique_ptr<FileLock> lock);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // operations.cpp; paths as the user gave them
  void create(const RelativePath& path, std::string_view content, std::uint32_t mode);
  void update(const RelativePath& path, std::string_view content, std::uint32_t mode,
              const Expected& expected);
  void write(const RelativePath& path, std::string_view content, std::uint32_t mode,
             const Expected& expected);
  void remove(const RelativePath& path, const Expected& expected);
  void move(const RelativePath& from, const RelativePath& to, const Expected& expected);
  void make_folder(const RelativePath& path);
  void remove_folder(const RelativePath& path);
  void restore(const RelativePath& path, Folder& folder, std::string_view name,
               const FileState& state, const Expected& expected);

  // transaction_log.cpp
  void write_log();
  void read_log();

  // apply.cpp
  void apply(const Cancellation& cancellation);
  /// Takes back what is visible.
  [[nodiscard]] BackReport go_back();
  /// Nothing of this is to be touched any more, by nobody but recovery.
  void leave() noexcept { ended = true; }
  /// Removes what `.ratchet` holds of it, as far as the disk lets it.
  void clean() noexcept;
  /// Removes the runs that retention does not keep.
  void prune_runs() noexcept;

  [[nodiscard]] std::string mark() const { return options.id + ":" + place.home.path.string(); }

  TransactionPlace place;
  Options options;
  TargetFolders folders;
  StateFolder state_folder;
  TxFolder tx;
  std::unique_ptr<FileLock> open_lock;
  Staging staging;
  NetEffect effect;
  std::vector<std::string> hard_linked;
  Journal journal;
  std::optional<JournalRunner> runner;
  std::unique_ptr<FileLock> root_lock;
  Retention retention;
  bool saved_run = false;
  bool resumed = false;  ///< slots were written by another object, and are to be looked at
  bool broken = false;   ///< a content could not be staged
  bool pending = false;  ///< the journal is there
  bool ended = false;    ///< nothing of it is left to be cleaned

 private:
  // operations.cpp
  template <typename Operation>
  void with_descriptors(Operation operation);
  [[nodiscard]] std::string where(const RelativePath& path);
  [[nodiscard]] std::string resolve(const std::string& path);
  [[nodiscard]] std::string behind_link(std::string path);
  void refuse_file_on_the_way(const std::string& path);
  void refuse_case_clash(const std::string& path);
  void check(const std::string& path, const FileState& state, const Expected& expected) const;
  [[nodiscard]] FileState require(const std::string& path, const Expected& expected);
  void require_free(const std::string& path);
  [[nodiscard]] LikeFile like_new(const std::string& path);
  [[nodiscard]] LikeFile like_old(const std::string& path);
  [[nodiscard]] std::vector<std::string> all_beneath(const std::string& folder);
  [[nodiscard]] StagedContent stage_copy(const std::string& path, Folder& folder,
                                         std::string_view name, const FileState& state);
  void note_hard_link(const std::string& path);
  void move_folder(const std::string& from, const std::string& to);

  // apply.cpp
  void refuse_nested() const;
  void stage_moved_content();
  void check_slots();
  void check_before_journal(const Cancellation& cancellation);
  void recover_others();
  void add_folders_on_the_way();
  void check_tree(const Cancellation& cancellation);
  void wait_until_free(const std::vector<std::pair<std::string, FileState>>& held,
                       const Cancellation& cancellation);
  void place_slots();
  [[nodiscard]] bool can_exchange();
  void refuse_read_only();
  void make_slot_folders();
  [[nodiscard]] std::string slot_folder_near(const std::string& path);

  std::unordered_map<std::string, bool> gives_attributes_;  ///< by folder
  std::unordered_map<std::string, std::string>
      spellings_;                 ///< named paths by their case-folded form
  std::shared_ptr<Folder> like_;  ///< what like_new() and like_old() gave last
  std::string like_name_;
};

/// The error for what going back could not do; nothing where it did all.
[[nodiscard]] std::optional<Error> error_of(const BackReport& report, const std::string& id);

}  // namespace ratchet
