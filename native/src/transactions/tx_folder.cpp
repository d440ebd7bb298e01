#include "transactions/tx_folder.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/error.h"
#include "core/text.h"
#include "fs/file_error.h"
#include "fs/removal.h"
#include "transactions/entry_mover.h"

namespace ratchet {
namespace {

constexpr std::uint32_t kFileMode = 0600;
constexpr std::uint64_t kMostJournalBytes = std::uint64_t{1} << 30;
constexpr std::uint64_t kMostNoteBytes = 4096;
constexpr std::string_view kFolder = "tx";
constexpr std::string_view kFirstProbe = "probe.1";
constexpr std::string_view kFirstProbeOtherwise = "PROBE.1";
constexpr std::string_view kSecondProbe = "probe.2";

RelativePath path_of(const std::string& id) {
  return RelativePath::parse(std::string(kFolder) + "/" + id);
}

/// Also what tidying up has removed, and a power loss has brought back.
bool is_slot(std::string_view name) {
  constexpr std::array<std::string_view, 2> kBesides{EntryMover::kOld, EntryMover::kTheirs};
  for (const std::string_view ending : kBesides) {
    if (!name.ends_with(ending)) continue;
    name.remove_suffix(ending.size());
    break;
  }
  return !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

bool is_transaction_id(std::string_view id) {
  constexpr std::size_t kLongest = 64;
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  return !id.empty() && id.size() <= kLongest &&
         id.find_first_not_of(kAllowed) == std::string_view::npos;
}

Error unknown_transaction(const std::string& id) {
  return Error("transaction.unknown",
               "no transaction has the id " + in_quotes(std::string_view(id)))
      .hint("ratchet tx list shows those that are there");
}

TxFolder TxFolder::make(StateFolder& state, const std::string& id) {
  try {
    return {id, state.make_new_folder(path_of(id))};
  } catch (const Error& error) {
    if (!is(error, "transaction.exists")) throw;
    throw Error("transaction.state", "transaction id " + in_quotes(std::string_view(id)) +
                                         " is in use; choose a new one");
  }
}

TxFolder TxFolder::open(StateFolder& state, const std::string& id) {
  auto folder = is_transaction_id(id) ? state.open_if_there(path_of(id)) : nullptr;
  if (folder) return {id, std::move(folder)};
  throw unknown_transaction(id);
}

bool TxFolder::exists(StateFolder& state, const std::string& id) {
  return state.open_if_there(path_of(id)) != nullptr;
}

std::vector<std::string> TxFolder::list(StateFolder& state) {
  std::vector<std::string> ids;
  const auto folder = state.open_if_there(RelativePath::parse(kFolder));
  if (!folder) return ids;
  for (FolderEntry& entry : folder->list("")) {
    if (entry.kind == FileKind::folder && is_transaction_id(entry.name)) {
      ids.push_back(std::move(entry.name));
    }
  }
  return ids;
}

std::unique_ptr<FileLock> TxFolder::try_lock(std::string_view note) {
  return folder_->try_lock(kOpenLock, note);
}

std::string TxFolder::lock_note() {
  try {
    std::string note = folder_->read(kOpenLock, kMostNoteBytes);
    while (note.ends_with('\n'))
      note.pop_back();
    return note;
  } catch (const Error&) {
    return {};
  }
}

TxStage TxFolder::stage() {
  if (folder_->status(Journal::kKept)) return TxStage::kept;
  if (folder_->status(Journal::kUndone)) return TxStage::undone;
  return folder_->status(Journal::kPending) ? TxStage::pending : TxStage::staged;
}

std::int64_t TxFolder::touched_ms() {
  constexpr std::int64_t kNanoseconds = 1'000'000;
  std::int64_t newest = folder_->status("")->modified_ns;
  if (const auto log = folder_->status(kLog)) newest = std::max(newest, log->modified_ns);
  return newest / kNanoseconds;
}

Journal TxFolder::read_journal(TxStage stage) {
  std::string_view name = Journal::kPending;
  if (stage == TxStage::kept) name = Journal::kKept;
  if (stage == TxStage::undone) name = Journal::kUndone;
  try {
    Journal journal = decode_journal(folder_->read(name, kMostJournalBytes));
    if (journal.id == id_) return journal;
    throw Error("transaction.journal", "the journal is of another transaction");
  } catch (const Error& error) {
    if (!is(error, "transaction.journal")) throw;
    throw Error("transaction.journal",
                "transaction " + in_quotes(std::string_view(id_)) + ": " + error.message())
        .hint("look at .ratchet/tx/" + id_ + ", then: ratchet tx recover --forget " + id_);
  }
}

void TxFolder::write_journal(const Journal& journal) {
  try {
    const auto file = folder_->create(Journal::kTemporary, kFileMode);
    file->write(encode(journal));
    if (journal.durable) file->sync();
    folder_->rename(Journal::kTemporary, *folder_, Journal::kPending, RenameMode::no_replace);
    if (journal.durable) folder_->sync();
  } catch (const Error& cause) {
    try {
      take_journal_back(journal.durable);
    } catch (const Error& second) {
      throw Error("transaction.unknown_state",
                  "the journal could neither be written nor taken back (" + cause.message() + "; " +
                      second.message() + "); nothing of the change is visible")
          .hint("once the disk works again: ratchet tx recover");
    }
    throw;
  }
}

void TxFolder::take_journal_back(bool durable) {
  remove_file_if_there(*folder_, Journal::kTemporary);
  if (!folder_->status(Journal::kPending)) return;
  remove_file_if_there(*folder_, Journal::kPending);
  if (durable) folder_->sync();
}

void TxFolder::mark(std::string_view name) {
  folder_->rename(Journal::kPending, *folder_, name, RenameMode::replace);
}

bool TxFolder::remove(StateFolder& state) {
  for (const FolderEntry& entry : folder_->list("")) {
    if (!is_slot(entry.name)) continue;
    if (entry.kind != FileKind::folder) {
      remove_file_if_there(*folder_, entry.name);
      continue;
    }
    try {
      folder_->remove_folder(entry.name);
    } catch (const Error& error) {
      if (!is(error, "io.not_empty") && !is(error, "io.not_found")) throw;
    }
  }
  // The markers go after the slots, so that whoever is stopped in between finds how it ended.
  constexpr std::array<std::string_view, 8> kNames{
      Journal::kTemporary, kFirstProbe,      kSecondProbe, kTemporaryLog,
      Journal::kKept,      Journal::kUndone, kLog,         kOpenLock};
  for (const std::string_view name : kNames)
    remove_file_if_there(*folder_, name);
  return state.remove_folder(path_of(id_));
}

bool TxFolder::remove_quietly(StateFolder& state) noexcept {
  constexpr int kPasses = 2;  // what failed for a passing reason gets a second chance
  for (int pass = 1; pass <= kPasses; ++pass) {
    try {
      return remove(state);
    } catch (...) {
      continue;
    }
  }
  return false;
}

std::uint32_t TxFolder::forget_half_done() {
  constexpr std::array<std::string_view, 3> kNames{Journal::kTemporary, kFirstProbe, kSecondProbe};
  for (const std::string_view name : kNames)
    remove_file_if_there(*folder_, name);
  std::uint32_t next = 0;
  for (const FolderEntry& entry : folder_->list("")) {
    std::uint32_t slot = 0;
    const char* end = entry.name.data() + entry.name.size();
    const auto [at, fault] = std::from_chars(entry.name.data(), end, slot);
    if (fault == std::errc{} && at == end) next = std::max(next, slot + 1);
  }
  return next;
}

bool TxFolder::can_exchange() {
  return can_rename(kFileMode, RenameMode::exchange, "io.unsupported");
}

bool TxFolder::replaces_read_only() {
  constexpr std::uint32_t kReadOnlyMode = 0400;
  return can_rename(kReadOnlyMode, RenameMode::replace, "io.permission_denied");
}

/// Tries it with two files of its own, of which the second has this mode.
bool TxFolder::can_rename(std::uint32_t mode, RenameMode rename, Code refusal) {
  static_cast<void>(folder_->create(kFirstProbe, kFileMode));
  static_cast<void>(folder_->create(kSecondProbe, mode));
  bool can = true;
  try {
    folder_->rename(kFirstProbe, *folder_, kSecondProbe, rename);
  } catch (const Error& error) {
    if (!is(error, refusal)) throw;
    can = false;
  }
  if (!can || rename == RenameMode::exchange) folder_->remove_file(kFirstProbe);
  folder_->remove_file(kSecondProbe);
  return can;
}

bool TxFolder::is_case_blind() {
  if (!is_case_blind_) {
    static_cast<void>(folder_->create(kFirstProbe, kFileMode));
    is_case_blind_ = folder_->status(kFirstProbeOtherwise).has_value();
    folder_->remove_file(kFirstProbe);
  }
  return *is_case_blind_;
}

}  // namespace ratchet
