// From staged to visible: what happens under the lock of the home, and what happens to it at the
// end.
#include <algorithm>
#include <set>

#include "core/fields.h"
#include "core/patience.h"
#include "core/text.h"
#include "fs/file_error.h"
#include "transactions/recovery.h"
#include "transactions/root_lock.h"
#include "transactions/transaction_state.h"

namespace ratchet {
namespace {

constexpr std::string_view kProbe = ".ratchet-probe";

/// Whether two folders lie on one mount: the kernel says so before it looks for the file, so that
/// asking leaves no name behind. Equal device numbers do not tell: a bind mount has the same one.
bool on_one_mount(Folder& from, Folder& to) {
  try {
    from.rename(kProbe, to, kProbe, RenameMode::no_replace);
  } catch (const Error& error) {
    if (is(error, "io.cross_device")) return false;
    if (!is(error, "io.not_found")) throw;
  }
  return true;
}

}  // namespace

void Transaction::State::apply(const Cancellation& cancellation) {
  if (broken) {
    throw Error("transaction.state", "a file could not be staged; begin a new transaction");
  }
  cancellation.check();
  refuse_nested();
  stage_moved_content();
  if (resumed) check_slots();
  if (options.durability == Durability::none) {
    staging.drop();
  } else {
    staging.flush();
  }
  root_lock = lock_root(state_folder, place.clock, place.random,
                        std::chrono::milliseconds(place.limits.lock_wait_ms), cancellation);
  recover_others();
  folders.close_all();
  journal.entries = effect.entries(staging.next_slot());
  if (journal.entries.empty()) return;
  check_before_journal(cancellation);
  cancellation.check();
  if (journal.durable) state_folder.sync_transactions();
  try {
    tx.write_journal(journal);
  } catch (const Error& error) {
    if (is(error, "transaction.unknown_state")) leave();
    throw;
  }
  pending = true;
  runner.emplace(state_folder, tx, folders, journal);
  runner->apply(options.durability, cancellation);
}

void Transaction::State::refuse_nested() const {
  const std::string home = place.home.path.string();
  if (!options.parent_mark || !options.parent_mark->ends_with(":" + home)) return;
  const std::string parent =
      options.parent_mark->substr(0, options.parent_mark->size() - home.size() - 1);
  throw Error("transaction.nested", "this process runs inside transaction " +
                                        in_quotes(std::string_view(parent)) +
                                        " on the same project, which waits for it")
      .hint("let the outer run make the change");
}

/// Files that swap places or are moved onto another mount cannot be renamed into place one by one.
void Transaction::State::stage_moved_content() {
  const auto one_rename = [this](const std::string& from, const std::string& to) {
    const auto source = folders.open_if_there(split_path(from).parent);
    return !source || on_one_mount(*source, *folders.open_nearest(split_path(to).parent));
  };
  for (const NetEffect::Unstaged& moved : effect.unstaged(one_rename)) {
    const ParentAndName split = split_path(moved.origin);
    const auto folder = folders.open(split.parent);
    const FileState before = effect.nodes().find(moved.path)->second.after;
    const StagedContent staged = stage_copy(moved.path, *folder, split.name, before);
    if (!(staged.state == before)) {
      throw conflict_at(moved.origin, "is not what it was when it was to be moved");
    }
    effect.stage(moved.path, staged.state, staged.slot);
  }
}

/// Another process wrote them, and nobody has flushed them yet: a power loss since may have emptied
/// them.
void Transaction::State::check_slots() {
  for (const auto& [path, node] : effect.nodes()) {
    if (!node.slot) continue;
    const std::string name = Staging::slot_name(*node.slot);
    if (!(look_at(tx.folder(), name) == node.after)) {
      throw Error("transaction.state", "what was staged for " + in_quotes(std::string_view(path)) +
                                           " is damaged; roll the transaction back and begin anew")
          .at(path);
    }
    const bool needs_flush =
        options.durability != Durability::none && node.after.kind == StateKind::file;
    if (needs_flush) tx.folder().sync_file(name);
  }
}

void Transaction::State::recover_others() {
  const RecoveryPlace where{place.files, place.clock, place.home, state_folder};
  const std::optional<Error> blocked =
      error_of(recover_all(where, RecoveryWay::automatic, options.id));
  if (blocked) throw *blocked;
}

void Transaction::State::check_before_journal(const Cancellation& cancellation) {
  journal.id = options.id;
  journal.host = place.files.host();
  journal.home_inode = state_folder.home_inode();
  journal.tx_inode = tx.folder().status("")->inode;
  journal.base = place.home.base;
  journal.durable = options.durability != Durability::none;
  add_folders_on_the_way();
  check_tree(cancellation);
  place_slots();
  journal.exchanges = can_exchange();
  refuse_read_only();
  make_slot_folders();
}

void Transaction::State::add_folders_on_the_way() {
  std::set<std::string, std::less<>> coming;
  for (const Entry& entry : journal.entries) {
    if (entry.brings_folder()) coming.insert(entry.path);
  }
  std::set<std::string, std::less<>> looked_at;
  std::vector<Entry> added;
  std::uint32_t slot = staging.next_slot() + static_cast<std::uint32_t>(journal.entries.size());
  for (const Entry& entry : journal.entries) {
    if (!entry.post.exists()) continue;
    for (std::string_view above = split_path(entry.path).parent; !above.empty();
         above = split_path(above).parent) {
      if (coming.contains(above) || !looked_at.emplace(above).second) break;
      if (folders.open_if_there(above)) break;
      Entry& folder = added.emplace_back();
      folder.kind = EntryKind::make_folder;
      folder.path = above;
      folder.post.kind = StateKind::folder;
      folder.slot = slot++;
    }
  }
  journal.entries.insert(journal.entries.end(), added.begin(), added.end());
  sort_entries(journal.entries);
}

/// The same look that add() had, now that nobody else of us can change anything: all paths that
/// differ are named at once. What other programs hold open comes last, once they have let go of it.
void Transaction::State::check_tree(const Cancellation& cancellation) {
  std::vector<std::pair<std::string, FileState>> held;
  std::vector<std::string> existing;
  std::vector<std::string> changed;
  std::string what;
  const auto compare = [&](const std::string& path, const FileState& expected) {
    const FileState now = state_of(folders.digest(path));
    if (now == expected) return;
    if (!expected.exists()) {
      existing.push_back(path);
    } else if (changed.empty()) {
      what = "is " + in_words(now) + ", and was " + in_words(expected) + " when it was staged";
    }
    if (expected.exists()) changed.push_back(path);
  };
  const auto look = [&](const std::string& path, const FileState& expected) {
    if (expected.exists() && folders.is_in_use(path)) {
      held.emplace_back(path, expected);
    } else {
      compare(path, expected);
    }
  };
  for (const Entry& entry : journal.entries) {
    if (entry.kind == EntryKind::move) look(entry.from, entry.pre);
    look(entry.path, entry.kind == EntryKind::move ? FileState{} : entry.pre);
  }
  if (changed.empty() && existing.empty() && !held.empty()) {
    wait_until_free(held, cancellation);
    for (const auto& [path, expected] : held)
      compare(path, expected);
  }
  if (changed.empty() && existing.empty()) return;
  if (changed.empty()) throw exists_at(existing);
  if (changed.size() + existing.size() > 1) {
    what += " (and " + std::to_string(changed.size() + existing.size() - 1) + " more changed)";
  }
  Error error = conflict_at(changed.front(), what);
  changed.insert(changed.end(), existing.begin(), existing.end());
  std::sort(changed.begin(), changed.end());
  throw error.details({{"paths", to_json(changed)}});
}

/// All of it together, so that many files take no longer than one.
void Transaction::State::wait_until_free(const std::vector<std::pair<std::string, FileState>>& held,
                                         const Cancellation& cancellation) {
  std::vector<std::string> left(held.size());
  std::transform(held.begin(), held.end(), left.begin(),
                 [](const auto& each) { return each.first; });
  const bool are_free = try_patiently(place.clock, cancellation.graceful, [&] {
    std::erase_if(left, [&](const std::string& path) { return !folders.is_in_use(path); });
    return left.empty();
  });
  cancellation.check();
  if (are_free) return;
  std::sort(left.begin(), left.end());
  throw in_use_at(left);
}

void Transaction::State::place_slots() {
  std::unordered_map<std::string, std::optional<std::string>> beside;  // by the target's folder
  for (Entry& entry : journal.entries) {
    if (entry.kind == EntryKind::move) continue;
    const std::string parent(split_path(entry.path).parent);
    auto known = beside.find(parent);
    if (known == beside.end()) {
      const bool is_near = on_one_mount(tx.folder(), *folders.open_nearest(parent));
      known =
          beside.emplace(parent, is_near ? std::nullopt : std::optional(slot_folder_near(parent)))
              .first;
    }
    entry.beside = known->second;
  }
}

/// The nearest folder that is there and does not go.
std::string Transaction::State::slot_folder_near(const std::string& path) {
  const auto goes = [this](std::string_view folder) {
    return std::any_of(
        journal.entries.begin(), journal.entries.end(),
        [folder](const Entry& entry) { return entry.takes_folder() && entry.path == folder; });
  };
  std::string_view folder = path;
  while (!folder.empty() && (!folders.open_if_there(folder) || goes(folder)))
    folder = split_path(folder).parent;
  return std::string(folder);
}

/// Asked only where the answer matters.
bool Transaction::State::can_exchange() {
  const bool needed =
      std::any_of(journal.entries.begin(), journal.entries.end(), [](const Entry& entry) {
        return entry.kind == EntryKind::update || entry.kind == EntryKind::replace_kind;
      });
  return !needed || tx.can_exchange();
}

/// Without an exchange an old file is replaced, there and back, which not every system does to one
/// that is read-only. Making it writable first would do so to its pre-image, which is the same
/// file: a crash would leave neither as it was.
void Transaction::State::refuse_read_only() {
  if (journal.exchanges) return;
  constexpr std::uint32_t kOwnerWrites = 0200;
  const auto is_read_only = [](const FileState& state) {
    return state.kind == StateKind::file && (state.mode & kOwnerWrites) == 0;
  };
  std::vector<std::string> read_only;
  for (const Entry& entry : journal.entries) {
    if (entry.kind != EntryKind::update) continue;
    if (is_read_only(entry.pre) || is_read_only(entry.post)) read_only.push_back(entry.path);
  }
  if (!read_only.empty() && !tx.replaces_read_only()) throw read_only_at(read_only);
}

void Transaction::State::make_slot_folders() {
  for (const Entry& entry : journal.entries) {
    if (!entry.brings_folder()) continue;
    const auto node = effect.nodes().find(entry.path);
    const bool is_moved = node != effect.nodes().end() && !node->second.origin.empty();
    if (!is_moved) {
      staging.make_folder(entry.slot, like_new(entry.path));
      continue;
    }
    const ParentAndName origin = split_path(node->second.origin);
    const auto parent = folders.open(origin.parent);
    staging.make_folder(entry.slot, {.folder = parent.get(), .old_file = origin.name});
  }
}

BackReport Transaction::State::go_back() {
  if (!std::exchange(pending, false)) return {};
  BackReport report = runner->go_back(false);
  leave();
  return report;
}

void Transaction::State::clean() noexcept {
  // First of all: what is open holds space and descriptors that cleaning may need.
  staging.drop();
  runner.reset();
  like_.reset();
  folders = TargetFolders(nullptr);
  try {
    if (saved_run && !ended) RunFolder::remove(state_folder, options.id);
  } catch (...) {
    // A record without its run is harmless.
  }
  if (!ended && !tx.remove_quietly(state_folder)) {
    open_lock.reset();  // its descriptor may be the one that is missing
    tx.remove_quietly(state_folder);
  }
  ended = true;
  open_lock.reset();
  state_folder.prune_quietly(root_lock.get());
}

void Transaction::State::prune_runs() noexcept {
  try {
    bool grown = false;
    for (const Entry& entry : journal.entries)
      grown = grown || entry.keeps_pre_image();
    RunFolder::prune(state_folder, retention, place.clock.utc(), grown);
  } catch (...) {
    // What is kept too long is pruned by the next run.
  }
}

std::optional<Error> error_of(const BackReport& report, const std::string& id) {
  std::vector<std::string> paths = report.conflicts;
  paths.insert(paths.end(), report.filled.begin(), report.filled.end());
  paths.insert(paths.end(), report.kept.begin(), report.kept.end());
  std::sort(paths.begin(), paths.end());
  if (!report.done && report.fault) {
    return Error("transaction.unknown_state",
                 "the disk failed while the change was taken back: " + report.fault->message())
        .hint("once it works again: ratchet tx recover")
        .details({{"transaction", id}, {"paths", to_json(paths)}, {"pending", true}});
  }
  if (paths.empty()) return std::nullopt;
  const std::string more =
      paths.size() > 1 ? " and " + std::to_string(paths.size() - 1) + " more" : std::string();
  Error error("transaction.undo_incomplete", "undo kept " +
                                                 in_quotes(std::string_view(paths.front())) + more +
                                                 ", which somebody else changed meanwhile");
  error.at(paths.front())
      .details({{"transaction", id}, {"paths", to_json(paths)}, {"pending", !report.done}});
  if (!report.done) error.hint("choose: ratchet tx recover --back, --forward or --forget " + id);
  return error;
}

}  // namespace ratchet
