#include "transactions/recovery.h"

#include "core/fields.h"
#include "core/text.h"
#include "fs/file_error.h"
#include "transactions/journal_runner.h"

namespace ratchet {
namespace {

/// A journal of another machine or a copied folder says nothing about this tree. Device numbers are
/// not compared: many file systems get a new one at each mount, and power loss ends in a mount.
void check_is_ours(const RecoveryPlace& place, TxFolder& tx, const Journal& journal) {
  std::string what;
  if (journal.host != place.files.host()) what = "was written on another machine";
  if (journal.home_inode != place.state.home_inode() ||
      journal.tx_inode != tx.folder().status("")->inode) {
    what = "was written for another folder, of which this is a copy";
  }
  if (what.empty()) return;
  throw Error("transaction.journal",
              "the journal of transaction " + in_quotes(std::string_view(tx.id())) + " " + what)
      .hint("ratchet tx recover --forget " + tx.id() +
            " leaves the tree as it is; --back takes the change back");
}

std::filesystem::path root_of(const Home& home, const Journal& journal) {
  return journal.base.empty() ? home.path : home.path / journal.base;
}

Recovered recover_pending(const RecoveryPlace& place, TxFolder& tx, RecoveryWay way) {
  Recovered result{.id = tx.id(), .outcome = "undone"};
  const Journal journal = tx.read_journal(TxStage::pending);
  if (way == RecoveryWay::automatic) check_is_ours(place, tx, journal);
  // Whatever decides is durable before it is acted on.
  tx.folder().sync();
  TargetFolders folders(place.files.open_folder(root_of(place.home, journal)));
  JournalRunner runner(place.state, tx, folders, journal);
  if (way == RecoveryWay::forward) {
    runner.go_forward();
    result.kept = runner.tidy_up(TxStage::kept);
    result.outcome = "kept";
    return result;
  }
  BackReport report = runner.go_back(way == RecoveryWay::back);
  result.conflicts = std::move(report.conflicts);
  result.filled = std::move(report.filled);
  result.kept = std::move(report.kept);
  if (report.done) return result;
  result.outcome = "blocked";
  if (report.fault) {
    result.error = report.fault;
  } else {
    result.error = Error("transaction.interrupted",
                         "transaction " + in_quotes(std::string_view(tx.id())) +
                             " was interrupted, and somebody changed " +
                             in_quotes(std::string_view(result.conflicts.front())) + " since")
                       .at(result.conflicts.front())
                       .hint("choose: ratchet tx recover --back, --forward or --forget " + tx.id())
                       .details({{"transaction", tx.id()}, {"paths", to_json(result.conflicts)}});
  }
  return result;
}

Recovered complete(const RecoveryPlace& place, TxFolder& tx, TxStage stage) {
  const Journal journal = tx.read_journal(stage);
  tx.folder().sync();
  TargetFolders folders(place.files.open_folder(root_of(place.home, journal)));
  JournalRunner runner(place.state, tx, folders, journal);
  Recovered result{.id = tx.id(), .outcome = "completed"};
  result.kept = runner.tidy_up(stage);
  return result;
}

std::optional<Recovered> end_staged(const RecoveryPlace& place, TxFolder& tx, RecoveryWay way) {
  // That there is no journal has to be as durable as what is done because of it.
  tx.folder().sync();
  const auto age =
      place.clock.utc().time_since_epoch() - std::chrono::milliseconds(tx.touched_ms());
  // Not even its lock is asked for: somebody may just be about to go on with it.
  if (way == RecoveryWay::automatic && age < kAbandonedAfter) return std::nullopt;
  const auto lock = tx.try_lock("recovers");
  if (!lock) return std::nullopt;
  if (way == RecoveryWay::forward) {
    throw Error("transaction.state", "transaction " + in_quotes(std::string_view(tx.id())) +
                                         " is open and was never applied")
        .hint("commit it, or take it back");
  }
  tx.remove(place.state);
  return Recovered{.id = tx.id(), .outcome = "removed"};
}

}  // namespace

std::optional<Recovered> recover_one(const RecoveryPlace& place, const std::string& id,
                                     RecoveryWay way) {
  try {
    TxFolder tx = TxFolder::open(place.state, id);
    const TxStage stage = tx.stage();
    if (way == RecoveryWay::forget && stage != TxStage::staged) {
      Recovered result{.id = id, .outcome = "forgotten"};
      result.kept = {place.state.set_aside(id)};
      return result;
    }
    if (stage == TxStage::pending) return recover_pending(place, tx, way);
    if (stage == TxStage::staged) return end_staged(place, tx, way);
    return complete(place, tx, stage);
  } catch (const Error& error) {
    const bool was_ended_by_its_owner =
        way == RecoveryWay::automatic && !TxFolder::exists(place.state, id);
    if (was_ended_by_its_owner) return std::nullopt;
    return Recovered{.id = id, .outcome = "blocked", .error = error};
  }
}

std::vector<Recovered> recover_all(const RecoveryPlace& place, RecoveryWay way,
                                   const std::string& own) {
  std::vector<Recovered> results;
  for (const std::string& id : TxFolder::list(place.state)) {
    if (id == own) continue;
    if (auto result = recover_one(place, id, way)) results.push_back(std::move(*result));
  }
  return results;
}

std::optional<Error> error_of(const std::vector<Recovered>& recovered) {
  for (const Recovered& each : recovered) {
    if (each.error) return each.error;
  }
  return std::nullopt;
}

}  // namespace ratchet
