#include "transactions/journal.h"

#include <charconv>
#include <unordered_set>

#include "core/error.h"
#include "core/hash.h"
#include "core/text.h"
#include "fs/contained_path.h"
#include "transactions/records.h"
#include "transactions/tx_folder.h"

namespace ratchet {
namespace {

struct JournalRecord {
  std::int64_t version = 0;
  std::string id;
  std::string host;
  std::string home_inode;
  std::string tx_inode;
  std::string base;
  bool exchanges = true;
  bool durable = true;
  std::vector<EntryRecord> entries;
};

constexpr std::string_view kTrailer = "sha256 ";

[[noreturn]] void refuse(const std::string& what) {
  throw Error("transaction.journal", "the journal " + what);
}

/// Numbers of 64 bits travel as text: JSON readers may cut them to 53.
std::uint64_t number_from(const std::string& text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [at, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc{} || at != end) refuse("holds an inode that is no number");
  return number;
}

json::value parse_body(std::string_view text) {
  const std::size_t trailer = text.rfind(kTrailer);
  if (trailer == std::string_view::npos || trailer == 0 || text[trailer - 1] != '\n') {
    refuse("is torn: its last line is missing");
  }
  const std::string_view body = text.substr(0, trailer);
  if (text.substr(trailer) != std::string(kTrailer) + to_hex(sha256(body)) + "\n") {
    refuse("is damaged: its hash does not match");
  }
  boost::system::error_code fault;
  json::value value = json::parse(body, fault);
  if (fault) refuse("is no JSON: " + fault.message());
  return value;
}

/// A newer version may hold keys that this one does not know: it is looked at first.
void check_version(const json::value& value) {
  const json::object* object = value.if_object();
  const json::value* version = object == nullptr ? nullptr : object->if_contains("version");
  if (version == nullptr || !version->is_int64()) refuse("has no version");
  if (version->as_int64() != Journal::kVersion) {
    refuse("has version " + std::to_string(version->as_int64()) + ", and this Ratchet knows " +
           std::to_string(Journal::kVersion));
  }
}

std::string base_from(const std::string& text) {
  if (text.empty()) return text;
  try {
    return RelativePath::parse(text).text();
  } catch (const Error& error) {
    refuse("is of a root that none has: " + error.message());
  }
}

/// What stands there before and after fits what is done.
bool is_shaped(const Entry& entry) {
  const bool makes = !entry.pre.exists();
  switch (entry.kind) {
    case EntryKind::make_folder:
      return makes && entry.post.is_folder();
    case EntryKind::create:
      return makes && entry.post.has_content();
    case EntryKind::update:
      return entry.pre.has_content() && entry.post.has_content();
    case EntryKind::move:
      return entry.pre.has_content() && entry.post == entry.pre;
    case EntryKind::remove:
      return entry.pre.has_content() && !entry.post.exists();
    case EntryKind::replace_kind:
      return (entry.pre.is_folder() && entry.post.has_content()) ||
             (entry.pre.has_content() && entry.post.is_folder());
    case EntryKind::remove_folder:
      return entry.pre.is_folder() && !entry.post.exists();
  }
  return false;
}

void check_entries(const std::vector<Entry>& entries) {
  std::unordered_set<std::string> paths;
  std::unordered_set<std::uint32_t> slots;
  for (const Entry& entry : entries) {
    const std::string shown = in_quotes(std::string_view(entry.path));
    if (!is_shaped(entry)) refuse("does to " + shown + " what no transaction does");
    const bool once = paths.insert(entry.path).second && slots.insert(entry.slot).second;
    if (!once) refuse("names " + shown + " or its slot twice");
  }
}

}  // namespace

template <>
struct Record<JournalRecord> {
  static constexpr std::string_view name = "Journal";
  [[maybe_unused]] static constexpr std::string_view sentence =
      "What a transaction is about to change.";
  static constexpr auto fields = std::make_tuple(
      field("version", &JournalRecord::version, "Of this format.").required(),
      field("id", &JournalRecord::id, "Of the transaction.").required(),
      field("host", &JournalRecord::host, "Whose journal it is.").required(),
      field("home_inode", &JournalRecord::home_inode, "Of the folder with `.ratchet`.").required(),
      field("tx_inode", &JournalRecord::tx_inode, "Of the transaction's folder.").required(),
      field("base", &JournalRecord::base, "The root beneath the home.").required(),
      field("exchanges", &JournalRecord::exchanges, "Updates swap slot and target.").required(),
      field("durable", &JournalRecord::durable, "Written to survive power loss.").required(),
      field("entries", &JournalRecord::entries, "In the order of applying.").required());
};

std::string encode(const Journal& journal) {
  JournalRecord record{.version = Journal::kVersion,
                       .id = journal.id,
                       .host = journal.host,
                       .home_inode = std::to_string(journal.home_inode),
                       .tx_inode = std::to_string(journal.tx_inode),
                       .base = journal.base,
                       .exchanges = journal.exchanges,
                       .durable = journal.durable,
                       .entries = {}};
  record.entries.reserve(journal.entries.size());
  for (const Entry& entry : journal.entries)
    record.entries.push_back(record_of(entry));
  std::string text = json::serialize(to_json(record));
  text += '\n';
  const std::string hash = to_hex(sha256(text));
  return text.append(kTrailer).append(hash).append("\n");
}

Journal decode_journal(std::string_view text) {
  const json::value value = parse_body(text);
  check_version(value);
  JournalRecord record;
  try {
    record = from_json<JournalRecord>(value);
  } catch (const Error& error) {
    refuse("is not as one is written: " + error.message());
  }
  Journal journal{.id = record.id,
                  .host = record.host,
                  .home_inode = number_from(record.home_inode),
                  .tx_inode = number_from(record.tx_inode),
                  .base = base_from(record.base),
                  .exchanges = record.exchanges,
                  .durable = record.durable,
                  .entries = {}};
  journal.entries.reserve(record.entries.size());
  for (const EntryRecord& entry : record.entries)
    journal.entries.push_back(entry_from(entry));
  if (!is_transaction_id(journal.id)) refuse("is of no transaction");
  check_entries(journal.entries);
  return journal;
}

}  // namespace ratchet
