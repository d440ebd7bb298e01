// All changes of one run, kept together or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/cancel.h"
#include "core/clock.h"
#include "core/hash.h"
#include "core/limits.h"
#include "core/random.h"
#include "fs/file_system.h"

namespace ratchet {

enum class Durability {
  none,   ///< survives the death of the process only
  batch,  ///< survives power loss; one batch of flushes
  full,   ///< every folder flushed as it changes
};

/// What a finished change did, paths in order.
struct Changes {
  std::vector<std::string> created;
  std::vector<std::string> modified;
  std::vector<std::string> deleted;
};

class Applied;

/// Nothing under `root` changes before apply() but `.ratchet/tx/<id>/`; what apply() makes visible is
/// provisional until keep(). Paths are contained (fs/contained_path.h). Not thread-safe; one owner at a
/// time. Dropped before apply(): nothing is left.
///
/// Provisional: the rollback journal that makes a crash between apply() and keep() undo itself is not
/// written yet; an error, a cancel and a dropped Applied are undone.
class Transaction {
 public:
  struct Options {
    std::string id;  ///< a ULID, or `^[A-Za-z0-9_-]{1,64}$`
    Durability durability = Durability::batch;
  };

  /// Error: io.not_found or io.not_a_folder for the root, transaction.locked when another transaction
  /// holds it longer than `limits.lock_wait_ms`.
  [[nodiscard]] static Transaction begin(FileSystem& files, std::filesystem::path root,
                                         Options options, const Limits& limits);
  ~Transaction();
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) noexcept;

  /// A new file; `mode` 0 means 0666 less the umask. Error{transaction.exists} when something stands
  /// there (at once, and again at apply()).
  void create(const RelativePath& path, std::string_view content, std::uint32_t mode = 0);

  /// Makes all of it visible. On any failure everything is as before and the Error says why.
  [[nodiscard]] Applied apply(const Cancellation& cancellation) &&;

 private:
  friend class Applied;
  struct State;
  explicit Transaction(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// A visible, provisional change. Dropping it undoes it.
class Applied {
 public:
  ~Applied();
  Applied(Applied&&) noexcept;
  Applied& operator=(Applied&&) noexcept;

  /// Reads back every file and compares it with what was staged. Error{transaction.verify} names the
  /// first that differs; nothing is undone by this call.
  void verify();
  /// The commit point; durable on return but for Durability::none.
  [[nodiscard]] Changes keep() &&;
  /// Restores every file that is still as apply() left it. Error{transaction.undo_incomplete} names those
  /// that somebody else changed: they stay.
  void undo() &&;

 private:
  friend class Transaction;
  explicit Applied(std::unique_ptr<Transaction::State> state);
  std::unique_ptr<Transaction::State> state_;
};

}  // namespace ratchet
