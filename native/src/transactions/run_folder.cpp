#include "transactions/run_folder.h"

#include <algorithm>

#include "core/error.h"
#include "core/text.h"
#include "core/ulid.h"
#include "fs/file_error.h"
#include "transactions/file_copy.h"
#include "transactions/records.h"
#include "transactions/tx_folder.h"

namespace ratchet {
namespace {

constexpr std::string_view kRuns = "runs";
constexpr std::string_view kUndo = "undo.json";
constexpr std::string_view kSummary = "summary.json";
constexpr std::string_view kUndone = "undone";
constexpr std::string_view kBefore = "before";
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 30;
constexpr std::uint64_t kMostSummaryBytes = 4096;

struct UndoRecord {
  std::int64_t version = 1;
  std::vector<EntryRecord> entries;
};

RelativePath path_of(const std::string& id, std::string_view name = {}) {
  std::string path = std::string(kRuns) + "/" + id;
  if (!name.empty()) path.append("/").append(name);
  return RelativePath::parse(path);
}

[[noreturn]] void damaged(const std::string& id, const std::string& why) {
  throw Error("run.damaged",
              "what is kept of run " + in_quotes(std::string_view(id)) + " cannot be read: " + why);
}

template <class T>
T read_as(Folder& folder, std::string_view name, std::uint64_t most_bytes, const std::string& id) {
  boost::system::error_code fault;
  const json::value value = json::parse(folder.read(name, most_bytes), fault);
  if (fault) damaged(id, std::string(name).append(" is no JSON"));
  try {
    return from_json<T>(value);
  } catch (const Error& error) {
    damaged(id, std::string(name).append(": ").append(error.message()));
  }
}

void copy_pre_image(const Entry& entry, Folder& from, const std::string& slot, Folder& to,
                    const std::string& name, bool durable) {
  try {
    copy_file(from, slot, entry.pre, to, name, durable);
  } catch (const Error& error) {
    const bool is_link = entry.pre.kind == StateKind::link;
    if (!is_link || !is(error, "io.unsupported")) throw;
    throw no_link_at(entry.path, from.read_link(slot));
  }
}

void save_pre_image(const Entry& entry, EntryMover& mover, Folder& to, bool durable) {
  const auto slots = mover.slot_folder(entry);
  const std::string slot = mover.pre_image_name(entry);
  const std::string name = std::to_string(entry.slot);
  try {
    slots->add_name(slot, to, name);
  } catch (const Error& error) {
    if (!is(error, "io.cross_device") && !is(error, "io.unsupported")) throw;
    copy_pre_image(entry, *slots, slot, to, name, durable);
  }
}

bool is_known(std::string_view name) {
  return name == kUndo || name == kUndone || name == kSummary || name == RunFolder::kRecord ||
         StateFolder::is_temporary(name);
}

/// ULIDs sort by time; ids that users gave stand where they stand.
bool is_newer(const RunSummary& a, const RunSummary& b) {
  return a.kept_at != b.kept_at ? a.kept_at > b.kept_at : a.id > b.id;
}

}  // namespace

template <>
struct Record<UndoRecord> {
  static constexpr std::string_view name = "RunUndo";
  [[maybe_unused]] static constexpr std::string_view sentence = "What undoing a run needs.";
  static constexpr auto fields =
      std::make_tuple(field("version", &UndoRecord::version, "Of this format.").required(),
                      field("entries", &UndoRecord::entries, "As they were applied.").required());
};

void RunFolder::save(StateFolder& state, const Journal& journal, EntryMover& mover,
                     const RunSummary& summary, const std::optional<std::string>& record) {
  UndoRecord undo;
  RunSummary counted = summary;
  std::unique_ptr<Folder> before;
  for (const Entry& entry : journal.entries) {
    undo.entries.push_back(record_of(entry));
    if (!entry.keeps_pre_image()) continue;
    if (!before) before = state.make_folder(path_of(journal.id, kBefore));
    save_pre_image(entry, mover, *before, journal.durable);
    counted.bytes += static_cast<std::int64_t>(entry.pre.size);
  }
  if (before && journal.durable) before->sync();
  std::vector<StateFolder::NamedContent> files{
      {std::string(kSummary), json::serialize(to_json(counted))},
      {std::string(kUndo), json::serialize(to_json(undo))}};
  if (record) files.push_back({std::string(kRecord), *record});
  state.write_files(path_of(journal.id), files,
                    journal.durable ? Durability::batch : Durability::none);
}

void RunFolder::remove(StateFolder& state, const std::string& id) {
  const auto runs = state.open_if_there(RelativePath::parse(kRuns));
  if (!runs) return;
  if (const auto before = state.open_if_there(path_of(id, kBefore))) {
    for (const FolderEntry& entry : before->list("")) {
      if (entry.kind != FileKind::folder) before->remove_file(entry.name);
    }
    state.remove_folder(path_of(id, kBefore));
  }
  if (const auto folder = state.open_if_there(path_of(id))) {
    for (const FolderEntry& entry : folder->list("")) {
      if (is_known(entry.name)) folder->remove_file(entry.name);
    }
    state.remove_folder(path_of(id));
  }
  // Also where it was gone already: whoever asks for this forgets the id next.
  runs->sync();
}

void RunFolder::mark_undone(StateFolder& state, const std::string& id) {
  state.write(path_of(id, kUndone), "", Durability::batch);
}

bool RunFolder::exists(StateFolder& state, const std::string& id) {
  return is_transaction_id(id) && state.open_if_there(path_of(id)) != nullptr;
}

std::optional<RunSummary> RunFolder::summary(StateFolder& state, const std::string& id) {
  const auto folder = is_transaction_id(id) ? state.open_if_there(path_of(id)) : nullptr;
  if (!folder || !folder->status(kSummary)) return std::nullopt;
  RunSummary summary = read_as<RunSummary>(*folder, kSummary, kMostSummaryBytes, id);
  summary.undone = folder->status(kUndone).has_value();
  return summary;
}

std::vector<RunSummary> RunFolder::list(StateFolder& state) {
  std::vector<RunSummary> runs;
  const auto folder = state.open_if_there(RelativePath::parse(kRuns));
  if (!folder) return runs;
  for (const FolderEntry& entry : folder->list("")) {
    try {
      if (auto found = summary(state, entry.name)) runs.push_back(std::move(*found));
    } catch (const Error& error) {
      if (!is(error, "run.damaged")) throw;
    }
  }
  std::sort(runs.begin(), runs.end(), is_newer);
  return runs;
}

std::vector<Entry> RunFolder::entries(StateFolder& state, const std::string& id) {
  const auto folder = is_transaction_id(id) ? state.open_if_there(path_of(id)) : nullptr;
  if (!folder) {
    throw Error("run.unknown", "no run has the id " + in_quotes(std::string_view(id)))
        .hint("ratchet runs shows those that are there");
  }
  if (!folder->status(kUndo)) {
    throw Error("run.unknown",
                "run " + in_quotes(std::string_view(id)) + " has kept nothing to undo it with");
  }
  std::vector<Entry> entries;
  try {
    for (const EntryRecord& record : read_as<UndoRecord>(*folder, kUndo, kMostBytes, id).entries)
      entries.push_back(entry_from(record));
  } catch (const Error& error) {
    if (!is(error, "transaction.journal")) throw;
    damaged(id, error.message());
  }
  return entries;
}

std::unique_ptr<Folder> RunFolder::pre_images(StateFolder& state, const std::string& id) {
  return state.open_if_there(path_of(id, kBefore));
}

std::vector<std::string> RunFolder::prune(StateFolder& state, const Retention& retention,
                                          UtcTime now, bool grown) {
  std::vector<std::string> removed;
  const auto folder = state.open_if_there(RelativePath::parse(kRuns));
  if (!folder) return removed;
  const std::vector<FolderEntry> names = folder->list("");
  const std::string oldest_kept = rfc3339(now - std::chrono::days(retention.days));
  // Reading all summaries is worth it only where one of the bounds may be passed.
  const bool too_many = static_cast<std::int64_t>(names.size()) > retention.runs;
  const bool too_old = !names.empty() && ulid_time(names.front().name).value_or(now) <
                                             now - std::chrono::days(retention.days);
  if (!too_many && !too_old && !grown) return removed;
  std::int64_t count = 0;
  std::int64_t bytes = 0;
  for (const RunSummary& run : list(state)) {
    ++count;
    bytes += run.bytes;
    const bool keeps =
        count <= retention.runs && bytes <= retention.bytes && run.kept_at >= oldest_kept;
    if (keeps || count == 1) continue;
    remove(state, run.id);
    removed.push_back(run.id);
  }
  return removed;
}

}  // namespace ratchet
