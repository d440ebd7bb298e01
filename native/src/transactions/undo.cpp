// Taking back what apply() made visible, and tidying up after every end of a transaction.
#include <algorithm>
#include <set>
#include <utility>

#include "core/text.h"
#include "fs/file_error.h"
#include "transactions/transaction_state.h"

namespace ratchet {
namespace {

/// What failed for a passing reason (a descriptor short, a network disk away) gets a second chance.
constexpr int kPasses = 2;

void remove_if_there(Folder& folder, const std::string& name) {
  try {
    folder.remove_file(name);
  } catch (const Error& error) {
    if (!is(error, "io.not_found")) throw;
  }
}

}  // namespace

std::string Transaction::State::slot_name(const Entry& entry) const {
  return entry.beside ? beside_name(entry) : Staging::slot_name(entry.content.slot);
}

std::string Transaction::State::beside_name(const Entry& entry) const {
  return ".ratchet-" + options.id + "-" + Staging::slot_name(entry.content.slot) + ".part";
}

UndoReport Transaction::State::undo() {
  const bool was_visible = std::exchange(applied, false);
  UndoReport report;
  if (!was_visible) return report;
  folders.close_all();  // what counts is what stands under the paths now
  const std::set<TargetFolders::Index> touched = touched_folders();
  for (int pass = 1; pass <= kPasses; ++pass) {
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
      try {
        take_back(*entry, report);
      } catch (const Error&) {
        if (pass == kPasses) report.kept.push_back(entry->path);
        folders.close_all();  // it may have been for want of a descriptor
      }
    }
  }
  remove_made_folders(report);
  if (options.durability != Durability::none) sync_after_undo(touched, report);
  std::sort(report.kept.begin(), report.kept.end());
  return report;
}

/// Renamed away first and compared then, so that nothing that somebody writes meanwhile is removed.
void Transaction::State::take_back(Entry& entry, UndoReport& report) {
  if (entry.place == Place::target) rename_back(entry, report);
  const std::string slot = slot_name(entry);
  if (entry.place == Place::away) {
    // A slot of ours is looked at without opening anything else.
    Folder& slots = entry.beside ? folders.open(entry.folder) : *tx;
    if (!is_ours(entry, slots, slot)) {
      give_back(entry, report);
      return;
    }
    entry.place = Place::slot;
  }
  // A slot of ours goes with the transaction's folder.
  if (!entry.beside || entry.place != Place::slot) return;
  remove_if_there(folders.open(entry.folder), slot);
  entry.place = Place::gone;
}

void Transaction::State::rename_back(Entry& entry, UndoReport& report) {
  try {
    rename_to_slot(entry);
  } catch (const Error& error) {
    // Absent: somebody removed it. The slot exists: the file never left it, and what stands at the
    // target is not ours.
    const bool nothing_to_do = is(error, "io.not_found") || is(error, "transaction.exists");
    const bool folder_swapped = is(error, "transaction.conflict");
    if (!nothing_to_do && !folder_swapped) throw;
    entry.place = nothing_to_do ? Place::slot : Place::theirs;
    if (folder_swapped) report.kept.push_back(entry.path);
  }
}

void Transaction::State::rename_to_slot(Entry& entry) {
  const std::string_view name = split_path(entry.path).name;
  Folder& folder = folders.open(entry.folder);
  try {
    folder.rename(name, entry.beside ? folder : *tx, slot_name(entry), RenameMode::no_replace);
  } catch (const Error& error) {
    if (!is(error, "io.cross_device") || entry.beside) throw;
    if (tx->status(slot_name(entry))) {
      entry.place = Place::slot;  // it never left
      return;
    }
    entry.beside = true;  // somebody has mounted something since
    folder.rename(name, folder, slot_name(entry), RenameMode::no_replace);
  }
  entry.place = Place::away;
}

bool Transaction::State::is_ours(const Entry& entry, Folder& slots, const std::string& slot) const {
  const auto status = slots.status(slot);
  const StagedContent& content = entry.content;
  return status && status->kind == FileKind::file && status->size == content.size &&
         status->mode == content.mode && sha256(slots.read(slot, content.size)) == content.hash;
}

/// What is somebody's goes back under its name, or, where that is taken again, to `.ratchet/kept/`.
void Transaction::State::give_back(Entry& entry, UndoReport& report) {
  const std::string slot = slot_name(entry);
  Folder& folder = folders.open(entry.folder);
  Folder& slots = entry.beside ? folder : *tx;
  try {
    slots.rename(slot, folder, split_path(entry.path).name, RenameMode::no_replace);
  } catch (const Error& error) {
    if (!is(error, "transaction.exists")) throw;
    const std::string name = options.id + "-" + Staging::slot_name(entry.content.slot);
    const auto kept = state_folder.make_folder(RelativePath::parse("kept"));
    slots.rename(slot, *kept, name, RenameMode::no_replace);
    report.kept.push_back(".ratchet/kept/" + name);
  }
  entry.place = Place::theirs;
  report.kept.push_back(entry.path);
}

void Transaction::State::remove_made_folders(UndoReport& report) {
  for (auto index = static_cast<TargetFolders::Index>(folders.size()); index-- > 0;) {
    for (int pass = 1; folders.made(index) && pass <= kPasses; ++pass) {
      try {
        if (folders.remove_made(index)) break;
        report.kept.push_back(folders.path(index));
        break;
      } catch (const Error&) {
        if (pass == kPasses) report.kept.push_back(folders.path(index));
      }
    }
  }
}

std::set<TargetFolders::Index> Transaction::State::touched_folders() const {
  std::set<TargetFolders::Index> touched;
  for (const Entry& entry : entries) {
    if (entry.place != Place::slot) touched.insert(entry.folder);
  }
  for (TargetFolders::Index index = 0; index < folders.size(); ++index) {
    if (folders.made(index)) touched.insert(folders.parent(index));
  }
  return touched;
}

void Transaction::State::sync_after_undo(const std::set<TargetFolders::Index>& touched,
                                         UndoReport& report) {
  for (const TargetFolders::Index index : touched) {
    if (!folders.exists(index)) continue;
    try {
      folders.open(index).sync();
    } catch (const Error& error) {
      const bool is_gone = is(error, "io.not_found") || is(error, "transaction.conflict");
      if (!is_gone) report.failed_sync = error;
    }
  }
}

void Transaction::State::clean() noexcept {
  if (cleaned) return;
  staging.drop();  // first of all: open slots hold space and descriptors that cleaning may need
  folders.close_all();
  for (int pass = 1; !cleaned && pass <= kPasses; ++pass) {
    try {
      clean_once();
      cleaned = true;
    } catch (...) {
      continue;
    }
  }
}

/// Known names only, and none that holds what may be somebody's.
void Transaction::State::clean_once() {
  bool all_ours = true;
  for (const Entry& entry : entries) {
    const bool may_be_theirs = entry.place == Place::away && !entry.beside;
    const bool in_slot = entry.place == Place::slot || entry.beside;
    if (tx && in_slot) remove_if_there(*tx, Staging::slot_name(entry.content.slot));
    all_ours = all_ours && !may_be_theirs;
  }
  if (tx) staging.remove_failed();
  tx.reset();
  if (all_ours) state_folder.remove_folder(RelativePath::parse("tx/" + options.id));
  state_folder.prune(lock.get());
}

std::optional<Error> error_of(const UndoReport& report) {
  if (!report.kept.empty()) {
    json::array paths;
    for (const std::string& path : report.kept)
      paths.emplace_back(path);
    const std::string_view first = report.kept.front();
    const std::string more = report.kept.size() > 1
                                 ? " and " + std::to_string(report.kept.size() - 1) + " more"
                                 : std::string();
    Error error("transaction.undo_incomplete",
                "undo kept " + in_quotes(first) + more + ", which somebody else changed meanwhile");
    error.at(std::string(first)).details({{"paths", std::move(paths)}});
    return error;
  }
  if (!report.failed_sync) return std::nullopt;
  return Error(
      "transaction.unknown_state",
      "all is undone, but may come back after a power loss: " + report.failed_sync->message());
}

}  // namespace ratchet
