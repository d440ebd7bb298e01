// The folder of one transaction, `.ratchet/tx/<id>`, and the names in it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "fs/file_system.h"
#include "transactions/journal.h"
#include "transactions/state_folder.h"

namespace ratchet {

/// How far a transaction has come, by the names in its folder alone.
enum class TxStage {
  staged,   ///< no journal: nothing of it is visible
  pending,  ///< a journal: what is visible of it goes back
  kept,     ///< only tidying up is left, everything new
  undone,   ///< only tidying up is left, everything old
};

/// Knows the names and nothing of the user's tree. One owner at a time.
class TxFolder {
 public:
  static constexpr std::string_view kOpenLock = "open";
  static constexpr std::string_view kLog = "operations";
  static constexpr std::string_view kTemporaryLog = "operations.tmp";

  /// Makes a new one. Error: transaction.state where the id is in use.
  [[nodiscard]] static TxFolder make(StateFolder& state, const std::string& id);
  /// Error: transaction.unknown where there is none.
  [[nodiscard]] static TxFolder open(StateFolder& state, const std::string& id);
  [[nodiscard]] static bool exists(StateFolder& state, const std::string& id);
  /// The ids of all that are there, sorted; none where there is no `.ratchet`.
  [[nodiscard]] static std::vector<std::string> list(StateFolder& state);

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] Folder& folder() { return *folder_; }
  /// The lock that says that some process works with it; nothing when one does.
  [[nodiscard]] std::unique_ptr<FileLock> try_lock(std::string_view note);
  /// Whether some process works with it; takes no lock.
  [[nodiscard]] bool is_held() { return folder_->is_locked(kOpenLock); }
  [[nodiscard]] std::string lock_note();

  [[nodiscard]] TxStage stage();
  /// When something was last done in it, in milliseconds since the epoch.
  [[nodiscard]] std::int64_t touched_ms();
  /// Throws Error{transaction.journal}.
  [[nodiscard]] Journal read_journal(TxStage stage);

  /// Removes what an apply() left that never got to its journal; the number that no slot has yet,
  /// nor any above.
  std::uint32_t forget_half_done();
  /// Whether its file system can exchange two names; asked with two files of its own.
  [[nodiscard]] bool can_exchange();
  /// Whether its file system replaces a read-only file; asked as can_exchange().
  [[nodiscard]] bool replaces_read_only();
  /// Whether it takes two spellings of a name that differ in case for one; asked once, with a file
  /// of its own.
  [[nodiscard]] bool is_case_blind();

  /// Writes and, if durable, flushes the journal under its name; after a failure it is taken back.
  /// Error: io.*; transaction.unknown_state where that fails too: then everything stays.
  void write_journal(const Journal& journal);
  /// Gives the journal a mark, durable with the next flush of the folder.
  void mark(std::string_view name);

  /// Removes slots by number, and all files of ours; the folder itself last. Never what it does not
  /// know, and never recursively: such a folder stays. True when it is gone.
  bool remove(StateFolder& state);
  /// As remove(), tried twice; false where it stays for the next recovery.
  bool remove_quietly(StateFolder& state) noexcept;

 private:
  TxFolder(std::string id, std::unique_ptr<Folder> folder)
      : id_(std::move(id)), folder_(std::move(folder)) {}

  [[nodiscard]] bool can_rename(std::uint32_t mode, RenameMode rename, Code refusal);
  void take_journal_back(bool durable);

  std::string id_;
  std::unique_ptr<Folder> folder_;
  std::optional<bool> is_case_blind_;
};

/// Error{transaction.unknown}.
[[nodiscard]] Error unknown_transaction(const std::string& id);

/// Whether an id may name a transaction: `^[A-Za-z0-9_-]{1,64}$`.
[[nodiscard]] bool is_transaction_id(std::string_view id);

}  // namespace ratchet
