// What a detached transaction writes down, so that another process can go on with it.
#include "core/text.h"
#include "transactions/records.h"
#include "transactions/transaction_state.h"

namespace ratchet {
namespace {

struct NodeRecord {
  std::string path;
  StateRecord before;
  StateRecord after;
  std::optional<std::int64_t> slot;
  std::string origin;
};

struct LogRecord {
  std::int64_t version = 1;
  std::string base;
  std::int64_t next_slot = 0;
  std::vector<std::string> hard_linked;
  std::vector<NodeRecord> paths;
};

constexpr std::uint32_t kFileMode = 0600;
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 30;

}  // namespace

template <>
struct Record<NodeRecord> {
  static constexpr std::string_view name = "StagedPath";
  [[maybe_unused]] static constexpr std::string_view sentence = "What was staged for one path.";
  static constexpr auto fields =
      std::make_tuple(field("path", &NodeRecord::path, "Relative to the root.").required(),
                      field("before", &NodeRecord::before, "On disk.").required(),
                      field("after", &NodeRecord::after, "Once all is done.").required(),
                      field("slot", &NodeRecord::slot, "Of staged content.").at_least(0),
                      field("origin", &NodeRecord::origin, "Where it is moved from."));
};

template <>
struct Record<LogRecord> {
  static constexpr std::string_view name = "OpenTransaction";
  [[maybe_unused]] static constexpr std::string_view sentence =
      "A detached transaction before it is applied.";
  static constexpr auto fields = std::make_tuple(
      field("version", &LogRecord::version, "Of this format.").required(),
      field("base", &LogRecord::base, "The root beneath the home.").required(),
      field("next_slot", &LogRecord::next_slot, "No slot has this number.").required().at_least(0),
      field("hard_linked", &LogRecord::hard_linked, "Paths with other names."),
      field("paths", &LogRecord::paths, "All that were named.").required());
};

/// Whole or not at all; not flushed, because nothing of the transaction is before it is applied.
void Transaction::State::write_log() {
  LogRecord log{.version = 1,
                .base = place.home.base,
                .next_slot = staging.next_slot(),
                .hard_linked = hard_linked,
                .paths = {}};
  log.paths.reserve(effect.nodes().size());
  for (const auto& [path, node] : effect.nodes()) {
    NodeRecord& record = log.paths.emplace_back();
    record.path = path;
    record.before = record_of(node.before);
    record.after = record_of(node.after);
    if (node.slot) record.slot = *node.slot;
    record.origin = node.origin;
  }
  Folder& folder = tx.folder();
  if (folder.status(TxFolder::kTemporaryLog)) folder.remove_file(TxFolder::kTemporaryLog);
  folder.create(TxFolder::kTemporaryLog, kFileMode)->write(json::serialize(to_json(log)));
  folder.rename(TxFolder::kTemporaryLog, folder, TxFolder::kLog, RenameMode::replace);
}

void Transaction::State::read_log() {
  const std::string quoted = in_quotes(std::string_view(options.id));
  if (tx.stage() != TxStage::staged) {
    throw Error("transaction.state", "transaction " + quoted + " was applied already")
        .hint("if its process was interrupted: ratchet tx recover");
  }
  if (!tx.folder().status(TxFolder::kLog)) {
    throw Error("transaction.state",
                "transaction " + quoted + " was not begun detached: it ended with its process");
  }
  try {
    const auto log =
        from_json<LogRecord>(json::parse(tx.folder().read(TxFolder::kLog, kMostBytes)));
    if (log.version != 1) throw Error("transaction.journal", "its version is not known");
    if (log.base != place.home.base) {
      throw Error("transaction.state", "transaction " + quoted + " was begun for the folder " +
                                           in_quotes(std::string_view(log.base)) +
                                           " of this project");
    }
    for (const NodeRecord& record : log.paths) {
      NetEffect::Node node{.before = state_from(record.before), .after = state_from(record.after)};
      if (record.slot) node.slot = static_cast<std::uint32_t>(*record.slot);
      node.origin = record.origin;
      const std::string path = RelativePath::parse(record.path).text();
      refuse_case_clash(path);
      effect.restore(path, std::move(node));
    }
    hard_linked = log.hard_linked;
    staging.reserve(static_cast<std::uint32_t>(log.next_slot));
    // Somebody may have gone on with it, and died.
    staging.reserve(tx.forget_half_done());
  } catch (const Error& error) {
    if (error.category() == Category::io || error.code().name() == "transaction.state") throw;
    throw Error("transaction.state", "transaction " + quoted + " is damaged (" + error.message() +
                                         "); roll it back and begin anew");
  } catch (const boost::system::system_error& fault) {
    throw Error("transaction.state", "transaction " + quoted + " is damaged (" +
                                         fault.code().message() + "); roll it back and begin anew");
  }
  resumed = true;
}

}  // namespace ratchet
