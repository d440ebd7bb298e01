// What can be done with a change that is visible: look at it, keep it, or take it back.
#include <string_view>
#include <utility>

#include "core/text.h"
#include "fs/file_error.h"
#include "transactions/transaction_state.h"

namespace ratchet {
namespace {

[[noreturn]] void fail_verify(const std::string& path, std::string_view what) {
  throw Error("transaction.verify",
              "file " + in_quotes(std::string_view(path)) + " " + std::string(what))
      .at(path);
}

void compare(const std::string& path, const FileState& expected, TargetFolders& folders) {
  FileState found;
  try {
    found = state_of(folders.digest(path));
  } catch (const Error& error) {
    if (!is(error, "transaction.conflict")) throw;
    fail_verify(path, "is not where it was written");
  }
  if (found == expected) return;
  if (!expected.exists()) fail_verify(path, "is there again");
  if (!found.exists()) fail_verify(path, "is gone");
  if (found.kind != expected.kind) fail_verify(path, "is " + in_words(found));
  fail_verify(path, "does not hold what was written");
}

void verify_entry(const Entry& entry, TargetFolders& folders) {
  if (entry.kind == EntryKind::move) compare(entry.from, {}, folders);
  compare(entry.path, entry.post, folders);
}

}  // namespace

Applied::Applied(std::unique_ptr<Transaction::State> state) : state_(std::move(state)) {
}
Applied::~Applied() = default;
Applied::Applied(Applied&&) noexcept = default;
Applied& Applied::operator=(Applied&&) noexcept = default;

Transaction::State& Applied::open_state() const {
  if (!state_) throw Error("transaction.state", "the change was kept or undone already");
  return *state_;
}

const std::vector<Entry>& Applied::entries() const {
  return open_state().journal.entries;
}

Changes Applied::changes() const {
  return changes_of(open_state().journal.entries);
}

std::string Applied::state_path(std::string_view name) const {
  return open_state().place.home.from_root(".ratchet/" + std::string(name));
}

std::string Applied::mark() const {
  return open_state().mark();
}

void Applied::verify() {
  Transaction::State& state = open_state();
  state.folders.close_all();
  for (const Entry& entry : state.journal.entries)
    verify_entry(entry, state.folders);
}

void Applied::save_run(const RunSummary& summary, const std::optional<std::string>& record,
                       const Retention& retention) {
  Transaction::State& state = open_state();
  if (!state.runner) {  // nothing changed, and yet it ran
    state.journal.id = state.options.id;
    state.journal.durable = state.options.durability != Durability::none;
    state.runner.emplace(state.state_folder, state.tx, state.folders, state.journal);
  }
  RunSummary whole = summary;
  whole.id = state.options.id;
  whole.base = state.place.home.base;
  const Changes changes = changes_of(state.journal.entries);
  whole.created = static_cast<std::int64_t>(changes.created.size());
  whole.modified = static_cast<std::int64_t>(changes.modified.size());
  whole.deleted = static_cast<std::int64_t>(changes.deleted.size());
  state.saved_run = true;  // before the write: even half of one is to be taken back
  state.retention = retention;
  RunFolder::save(state.state_folder, state.journal, state.runner->mover(), whole, record);
}

Changes Applied::keep() && {
  static_cast<void>(open_state());
  const auto state = std::exchange(state_, nullptr);
  Changes changes = changes_of(state->journal.entries);
  if (state->pending) {
    try {
      state->runner->keep();
    } catch (const Error& cause) {
      if (is(cause, "transaction.unknown_state")) {
        state->pending = false;
        state->leave();
        throw;
      }
      const std::optional<Error> left = error_of(state->go_back(), state->options.id);
      if (!left) throw;
      throw *left;
    }
    state->pending = false;
    state->runner->tidy_up(TxStage::kept);
    state->leave();
  }
  if (std::exchange(state->saved_run, false)) state->prune_runs();
  return changes;
}

void Applied::undo() && {
  static_cast<void>(open_state());
  const auto state = std::exchange(state_, nullptr);
  const std::optional<Error> left = error_of(state->go_back(), state->options.id);
  if (left) throw *left;
}

}  // namespace ratchet
