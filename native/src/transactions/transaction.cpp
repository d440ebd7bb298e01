#include "transactions/transaction.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "fs/file_error.h"
#include "transactions/transaction_state.h"

namespace ratchet {
namespace {

/// Checked before it becomes the name of a folder.
void check_id(std::string_view id) {
  if (is_transaction_id(id)) return;
  throw Error("transaction.state", "transaction id " + in_quotes(id) +
                                       " is not 1 to 64 letters, digits, \"_\" and \"-\"");
}

TransactionPlace place_of(FileSystem& files, Clock& clock, Random& random,
                          const std::filesystem::path& root, const Limits& limits) {
  static_cast<void>(files.open_folder(root));  // says what is wrong with it
  std::filesystem::path canonical = files.canonical(root);
  Home home = find_home(files, canonical);
  return {files, clock, random, limits, std::move(canonical), std::move(home)};
}

/// Makes folders under way to a transaction and takes them back if it does not come to be.
TxFolder make_or_nothing(StateFolder& state, const std::string& id) {
  try {
    if (RunFolder::exists(state, id)) {
      throw Error("transaction.state", "a run has the id " + in_quotes(std::string_view(id)) +
                                           "; choose a new one for the transaction");
    }
    return TxFolder::make(state, id);
  } catch (const Error&) {
    state.prune_quietly(nullptr);
    throw;
  }
}

std::unique_ptr<FileLock> lock_or_busy(TxFolder& tx, const std::string& note) {
  auto lock = tx.try_lock(note);
  if (lock) return lock;
  const std::string holder = tx.lock_note();
  throw Error("transaction.busy", "another process works with transaction " +
                                      in_quotes(std::string_view(tx.id())) +
                                      (holder.empty() ? "" : " (" + in_quotes(holder) + ")"));
}

}  // namespace

Transaction::State::State(TransactionPlace where, Options chosen, std::unique_ptr<Folder> root,
                          StateFolder found_state, TxFolder found_tx,
                          std::unique_ptr<FileLock> lock)
    : place(std::move(where)),
      options(std::move(chosen)),
      folders(std::move(root)),
      state_folder(std::move(found_state)),
      tx(std::move(found_tx)),
      open_lock(std::move(lock)),
      staging(tx.folder(), options.durability),
      effect([this](std::string_view path) { return state_of(folders.digest(path)); }) {
}

Transaction::State::~State() {
  try {
    static_cast<void>(go_back());
  } catch (...) {
    // Nobody is left to be told; recovery goes on.
  }
  const bool stays = options.detached && !ended && !runner;
  if (!stays) clean();
}

Transaction::Transaction(std::unique_ptr<State> state) : state_(std::move(state)) {
}
Transaction::~Transaction() = default;
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction& Transaction::operator=(Transaction&&) noexcept = default;

Transaction Transaction::begin(FileSystem& files, Clock& clock, Random& random,
                               const std::filesystem::path& root, Options options,
                               const Limits& limits) {
  check_id(options.id);
  TransactionPlace place = place_of(files, clock, random, root, limits);
  StateFolder state = StateFolder::open(files, place.home.path, random);
  TxFolder tx = make_or_nothing(state, options.id);
  std::unique_ptr<FileLock> lock;
  std::unique_ptr<Folder> folder;
  try {
    lock = lock_or_busy(tx, "since " + rfc3339(clock.utc()));
    folder = files.open_folder(place.root);
  } catch (const Error&) {
    lock.reset();
    tx.remove_quietly(state);
    state.prune_quietly(nullptr);
    throw;
  }
  const bool detached = options.detached;
  auto opened = std::make_unique<State>(std::move(place), std::move(options), std::move(folder),
                                        std::move(state), std::move(tx), std::move(lock));
  if (!detached) return Transaction(std::move(opened));
  try {
    opened->write_log();
  } catch (const Error&) {
    opened->options.detached = false;  // nobody could resume it
    throw;
  }
  return Transaction(std::move(opened));
}

Transaction Transaction::resume(FileSystem& files, Clock& clock, Random& random,
                                const std::filesystem::path& root, Options options,
                                const Limits& limits) {
  check_id(options.id);
  TransactionPlace place = place_of(files, clock, random, root, limits);
  auto state = StateFolder::find(files, place.home.path, random);
  if (!state) throw unknown_transaction(options.id);
  auto folder = files.open_folder(place.root);
  TxFolder tx = TxFolder::open(*state, options.id);
  auto lock = lock_or_busy(tx, "since " + rfc3339(clock.utc()));
  options.detached = true;
  auto opened = std::make_unique<State>(std::move(place), std::move(options), std::move(folder),
                                        std::move(*state), std::move(tx), std::move(lock));
  opened->read_log();
  return Transaction(std::move(opened));
}

Transaction::State& Transaction::open_state() const {
  if (!state_) throw Error("transaction.state", "the transaction was applied already");
  return *state_;
}

void Transaction::create(const RelativePath& path, std::string_view content, std::uint32_t mode) {
  open_state().create(path, content, mode);
}
void Transaction::update(const RelativePath& path, std::string_view content, std::uint32_t mode,
                         const Expected& expected) {
  open_state().update(path, content, mode, expected);
}
void Transaction::write(const RelativePath& path, std::string_view content, std::uint32_t mode,
                        const Expected& expected) {
  open_state().write(path, content, mode, expected);
}
void Transaction::remove(const RelativePath& path, const Expected& expected) {
  open_state().remove(path, expected);
}
void Transaction::move(const RelativePath& from, const RelativePath& to, const Expected& expected) {
  open_state().move(from, to, expected);
}
void Transaction::make_folder(const RelativePath& path) {
  open_state().make_folder(path);
}
void Transaction::remove_folder(const RelativePath& path) {
  open_state().remove_folder(path);
}
void Transaction::restore(const RelativePath& path, Folder& folder, std::string_view name,
                          const FileState& state, const Expected& expected) {
  open_state().restore(path, folder, name, state, expected);
}

const std::string& Transaction::id() const {
  return open_state().options.id;
}

bool Transaction::detached() const {
  return open_state().options.detached;
}

const Home& Transaction::home() const {
  return open_state().place.home;
}

void Transaction::set_durability(Durability durability) {
  open_state().options.durability = durability;
}

std::vector<Entry> Transaction::entries() const {
  return open_state().effect.entries(open_state().staging.next_slot());
}

const std::vector<std::string>& Transaction::hard_linked() const {
  return open_state().hard_linked;
}

std::string Transaction::content_of(const Entry& entry, std::uint64_t most_bytes) {
  State& state = open_state();
  const auto node = state.effect.nodes().find(entry.path);
  const bool staged = node != state.effect.nodes().end() && node->second.slot.has_value();
  if (!staged) {
    const bool moved = node != state.effect.nodes().end() && !node->second.origin.empty();
    return content_now(moved ? node->second.origin : entry.path, most_bytes);
  }
  const std::string name = Staging::slot_name(*node->second.slot);
  return entry.post.kind == StateKind::link ? state.tx.folder().read_link(name)
                                            : state.tx.folder().read(name, most_bytes);
}

std::string Transaction::content_now(const std::string& path, std::uint64_t most_bytes) {
  State& state = open_state();
  const ParentAndName split = split_path(path);
  const auto folder = state.folders.open(split.parent);
  const auto status = folder->status(split.name);
  const bool is_link = status && status->kind == FileKind::link;
  return is_link ? folder->read_link(split.name) : folder->read(split.name, most_bytes);
}

Applied Transaction::apply(const Cancellation& cancellation) && {
  static_cast<void>(open_state());
  auto state = std::exchange(state_, nullptr);
  state->options.detached = false;  // from here on it ends, one way or the other
  try {
    state->apply(cancellation);
  } catch (const Error& cause) {
    const std::optional<Error> left = error_of(state->go_back(), state->options.id);
    if (!left) throw;
    Error both(left->code(), left->message() + "; undone because of: " + cause.message());
    both.hint(left->hint()).details(left->details());
    throw both;
  }
  return Applied(std::move(state));
}

void Transaction::suspend() && {
  State& state = open_state();
  if (!state.options.detached) {
    throw Error("transaction.state", "the transaction was not begun detached");
  }
  // A change of an operation that failed half-way is not written down.
  state.staging.remove_failed();
  state.write_log();
  state_.reset();
}

void Transaction::roll_back() && {
  open_state().options.detached = false;
  state_.reset();
}

Changes changes_of(const std::vector<Entry>& entries) {
  Changes changes;
  for (const Entry& entry : entries) {
    const bool was_file = entry.pre.has_content();
    const bool is_file = entry.post.has_content();
    if (entry.kind == EntryKind::move) {
      changes.created.push_back(entry.path);
      changes.deleted.push_back(entry.from);
    } else if (was_file && is_file) {
      changes.modified.push_back(entry.path);
    } else if (is_file) {
      changes.created.push_back(entry.path);
    } else if (was_file) {
      changes.deleted.push_back(entry.path);
    }
  }
  for (auto* list : {&changes.created, &changes.modified, &changes.deleted})
    std::sort(list->begin(), list->end());
  return changes;
}

}  // namespace ratchet
