// All changes of one run, kept together or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/cancel.h"
#include "core/clock.h"
#include "core/limits.h"
#include "core/random.h"
#include "fs/contained_path.h"
#include "fs/file_system.h"
#include "transactions/durability.h"

namespace ratchet {

/// What a finished change did; paths sorted bytewise.
struct Changes {
  std::vector<std::string> created;
  std::vector<std::string> modified;
  std::vector<std::string> deleted;
};

class Applied;

/// Nothing under `root` changes before apply() but `.ratchet/tx/<id>/`; what apply() makes visible
/// is provisional until keep(). Paths are contained (fs/contained_path.h). Not thread-safe; one
/// owner at a time. Dropped before apply(), nothing is left, nor of `.ratchet` unless something
/// else lies in it.
///
/// A file's content is not kept in memory once create() has returned. The seams must outlive it.
///
/// Provisional: the rollback journal that makes a crash between apply() and keep() undo itself is
/// not written yet; an error, a cancel and a dropped Applied are undone.
class Transaction {
 public:
  struct Options {
    std::string id;  ///< a ULID, or `^[A-Za-z0-9_-]{1,64}$`; not in use under this root
    Durability durability = Durability::batch;
  };

  /// Takes no lock. Error: io.not_found or io.not_a_folder for the root, transaction.state for the
  /// id, transaction.foreign_state, io.*.
  [[nodiscard]] static Transaction begin(FileSystem& files, Clock& clock, Random& random,
                                         const std::filesystem::path& root, Options options,
                                         const Limits& limits);
  ~Transaction();
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) noexcept;

  /// A new file; folders on the way are made by apply() where absent. `mode` 0 means 0666 less the
  /// umask, any other is set exactly. Error: transaction.exists when something stands there (at
  /// once, and again at apply()) or this transaction has named it before, io.not_a_folder,
  /// path.outside_root and path.protected for a link on the way, io.*. After a failed write (io.*)
  /// apply() refuses: transaction.state.
  void create(const RelativePath& path, std::string_view content, std::uint32_t mode = 0);

  /// Makes all of it visible, under the root's lock, for which it waits at most
  /// `limits.lock_wait_ms`. Error: transaction.exists with all existing paths in `details.paths`,
  /// transaction.conflict for a folder swapped since create(), transaction.locked, job.cancelled,
  /// io.*; everything is as before then. Where somebody else's change is in the way of that:
  /// transaction.undo_incomplete, with the cause and the paths.
  [[nodiscard]] Applied apply(const Cancellation& cancellation) &&;

 private:
  friend class Applied;
  struct State;
  explicit Transaction(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// A visible, provisional change, holding the root's lock. Dropping it undoes it.
class Applied {
 public:
  ~Applied();
  Applied(Applied&&) noexcept;
  Applied& operator=(Applied&&) noexcept;

  /// Reads back every file and compares it with what was staged. Error{transaction.verify} names
  /// the first that differs; nothing is undone by this call.
  void verify();
  /// The commit point; durable on return but for Durability::none. Ends the transaction, and leaves
  /// `.ratchet` only where something else lies in it.
  [[nodiscard]] Changes keep() &&;
  /// Removes every file that is still as apply() left it, and the folders it made that are empty
  /// then. Error{transaction.undo_incomplete} names those that somebody else changed, in
  /// `details.paths`: they stay. Error{transaction.unknown_state}: all is undone, but a flush of it
  /// failed.
  void undo() &&;

 private:
  friend class Transaction;
  explicit Applied(std::unique_ptr<Transaction::State> state);
  std::unique_ptr<Transaction::State> state_;
};

}  // namespace ratchet
