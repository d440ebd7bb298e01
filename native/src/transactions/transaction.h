// All changes of one run, kept together or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
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
#include "transactions/entry.h"
#include "transactions/home.h"
#include "transactions/run_folder.h"

namespace ratchet {

/// What a finished change did; paths sorted bytewise. A moved file is deleted here and created
/// there.
struct Changes {
  std::vector<std::string> created;
  std::vector<std::string> modified;
  std::vector<std::string> deleted;
};

/// What an operation expects to find, beside what its own kind demands.
struct Expected {
  std::optional<Sha256> hash{};  ///< of the file before; else transaction.conflict
  bool follow_link = false;      ///< a link in the last component is followed, if it stays inside
};

class Applied;

/// Nothing under `root` changes before apply() but `.ratchet/tx/<id>/` of its home
/// (transactions/home.h); what apply() makes visible is provisional until keep(): a crash in
/// between is undone by the next apply() or recovery. Paths are contained (fs/contained_path.h),
/// links on the way are followed where they stay inside. Not thread-safe; one owner at a time.
/// Dropped before apply(), nothing is left, nor of `.ratchet` unless something else lies in it; a
/// detached one stays as it is, for resume().
///
/// Operations see the tree as the ones before leave it, and fold to a net effect: what is created
/// and deleted never was. A file's content is not kept in memory. The seams must outlive it.
///
/// Operations throw, and change nothing then: path.*, io.*, io.not_a_folder for a file on the way,
/// transaction.exists, io.not_found, transaction.conflict for an expectation that fails. After a
/// failed write (io.*) apply() refuses: transaction.state.
class Transaction {
 public:
  struct Options {
    std::string id;  ///< a ULID, or `^[A-Za-z0-9_-]{1,64}$`; not in use under this home
    Durability durability = Durability::batch;
    bool detached = false;  ///< outlives this object and this process
    /// The value of kMark that this process was started with: then an apply() on the same home is
    /// refused at once (transaction.nested), for it would wait for its own parent.
    std::optional<std::string> parent_mark{};
  };

  /// The environment variable that tells children of a run that their parent holds a home's lock.
  static constexpr std::string_view kMark = "RATCHET_TX";

  /// Takes no lock on the root. Error: io.not_found or io.not_a_folder for the root,
  /// transaction.state for the id, transaction.foreign_state, io.*.
  [[nodiscard]] static Transaction begin(FileSystem& files, Clock& clock, Random& random,
                                         const std::filesystem::path& root, Options options,
                                         const Limits& limits);
  /// One that was begun detached. Error: transaction.unknown, transaction.busy while another
  /// process works with it, transaction.state where it was not detached or is past its apply().
  [[nodiscard]] static Transaction resume(FileSystem& files, Clock& clock, Random& random,
                                          const std::filesystem::path& root, Options options,
                                          const Limits& limits);
  ~Transaction();
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) noexcept;

  /// A new file; folders on the way are made by apply() where absent. `mode` 0 means 0666 less the
  /// umask (or what the folder's default access list says), any other is set exactly.
  void create(const RelativePath& path, std::string_view content, std::uint32_t mode = 0);
  /// An existing file's new content; `mode` 0 keeps the old one. Owner, group, extended attributes
  /// and access list stay. A link is io.not_a_file unless it is followed.
  void update(const RelativePath& path, std::string_view content, std::uint32_t mode = 0,
              const Expected& expected = {});
  /// update() where something stands there or is expected to, else create().
  void write(const RelativePath& path, std::string_view content, std::uint32_t mode = 0,
             const Expected& expected = {});
  /// A file or link; or a folder with all beneath it, where nothing in it is a device or protected.
  void remove(const RelativePath& path, const Expected& expected = {});
  /// A file, a link or a folder with all beneath it. `to` is free.
  void move(const RelativePath& from, const RelativePath& to, const Expected& expected = {});
  void make_folder(const RelativePath& path);
  /// An empty one: io.not_empty.
  void remove_folder(const RelativePath& path);
  /// As create() or update(), with the bytes and the attributes of a file in a folder that is not
  /// the project's: a pre-image, with the mode given.
  void restore(const RelativePath& path, Folder& folder, std::string_view name,
               const FileState& state, const Expected& expected = {});

  [[nodiscard]] const std::string& id() const;
  [[nodiscard]] bool detached() const;
  /// apply(), suspend() or roll_back() was called: nothing else may be.
  [[nodiscard]] bool is_used_up() const { return state_ == nullptr; }
  /// Where its `.ratchet` lies.
  [[nodiscard]] const Home& home() const;
  /// What apply() and keep() are to survive, where another was chosen at first.
  void set_durability(Durability durability);
  /// What all operations so far come to, in the order of applying; folders that apply() would make
  /// on the way are not among them.
  [[nodiscard]] std::vector<Entry> entries() const;
  /// The bytes that are to stand at a path which an entry creates or updates; of a link, where it
  /// leads. Error: limit.input_size.
  [[nodiscard]] std::string content_of(const Entry& entry, std::uint64_t most_bytes);
  /// As they stand at a path now.
  [[nodiscard]] std::string content_now(const std::string& path, std::uint64_t most_bytes);
  /// Paths of entries whose old file has other names too: those keep the old content.
  [[nodiscard]] const std::vector<std::string>& hard_linked() const;

  /// Makes all of it visible, under the home's lock, for which it waits at most
  /// `limits.lock_wait_ms`, after ending what others have left behind. Error: transaction.exists or
  /// transaction.conflict with all paths in `details.paths`, transaction.locked,
  /// transaction.nested, transaction.interrupted where another one waits for a decision,
  /// job.cancelled, io.*; everything is as before then. Where somebody else's change is in the way
  /// of that: transaction.undo_incomplete, with the cause and the paths. The transaction ends
  /// either way.
  [[nodiscard]] Applied apply(const Cancellation& cancellation) &&;
  /// Lets a detached one go, for resume(). What is done after the last suspend() is lost otherwise.
  void suspend() &&;
  /// Ends it; nothing of it is left.
  void roll_back() &&;

 private:
  friend class Applied;
  struct State;
  explicit Transaction(std::unique_ptr<State> state);
  [[nodiscard]] State& open_state() const;
  std::unique_ptr<State> state_;
};

/// A visible, provisional change, holding the home's lock. Dropping it undoes it.
class Applied {
 public:
  ~Applied();
  Applied(Applied&&) noexcept;
  Applied& operator=(Applied&&) noexcept;

  /// As they were applied, folders on the way included.
  [[nodiscard]] const std::vector<Entry>& entries() const;
  [[nodiscard]] Changes changes() const;
  /// The path of the home's `.ratchet/` file as seen from the root.
  [[nodiscard]] std::string state_path(std::string_view name) const;
  /// What children have to find in their environment under Transaction::kMark.
  [[nodiscard]] std::string mark() const;

  /// Reads back every path and compares it with what was staged. Error{transaction.verify} names
  /// the first that differs; nothing is undone by this call.
  void verify();
  /// Writes `.ratchet/runs/<id>`: the pre-images, and the record where there is one. It goes again
  /// if this is undone, and what `retention` does not keep goes after keep().
  void save_run(const RunSummary& summary, const std::optional<std::string>& record,
                const Retention& retention);
  /// The commit point; durable on return but for Durability::none. Ends the transaction, and leaves
  /// `.ratchet` only where something else lies in it. Error: io.* and all is undone;
  /// transaction.unknown_state where the disk fails in the one flush that decides.
  Changes keep() &&;
  /// Takes back every entry that is still as apply() left it. Error{transaction.undo_incomplete}
  /// names those that somebody else changed, in `details.paths`: they stay, and the journal with
  /// them
  /// (`details.pending`), until somebody has chosen. Error{transaction.unknown_state}: the disk
  /// failed; recovery goes on where this ended.
  void undo() &&;

 private:
  friend class Transaction;
  explicit Applied(std::unique_ptr<Transaction::State> state);
  [[nodiscard]] Transaction::State& open_state() const;
  std::unique_ptr<Transaction::State> state_;
};

/// The changes that entries come to.
[[nodiscard]] Changes changes_of(const std::vector<Entry>& entries);

}  // namespace ratchet
