// The field tables of what a transaction writes down: states, entries, the journal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/fields.h"
#include "transactions/entry.h"
#include "transactions/run_folder.h"

namespace ratchet {

/// A FileState as it is written down and shown.
struct StateRecord {
  StateKind kind = StateKind::absent;
  std::optional<std::string> mode;  ///< four octal digits, of a file
  std::optional<std::int64_t> size;
  std::optional<std::string> sha256;
};

/// An Entry as it is written down and shown.
struct EntryRecord {
  EntryKind operation = EntryKind::create;
  std::string path;
  std::optional<std::string> from;
  StateRecord before;
  StateRecord after;
  std::int64_t slot = 0;
  std::optional<std::string> beside;
};

[[nodiscard]] StateRecord record_of(const FileState& state);
[[nodiscard]] EntryRecord record_of(const Entry& entry);
/// The reverse. Error: transaction.journal where a record says what no transaction writes, such as
/// a path outside the root.
[[nodiscard]] FileState state_from(const StateRecord& record);
[[nodiscard]] Entry entry_from(const EntryRecord& record);

/// `0644`; the permission bits as four octal digits.
[[nodiscard]] std::string mode_text(std::uint32_t mode);
/// The reverse; nothing unless the text is three or four octal digits.
[[nodiscard]] std::optional<std::uint32_t> mode_from(std::string_view text);

template <>
struct Choice<StateKind> {
  static constexpr std::string_view name = "StateKind";
  static constexpr auto values = std::to_array<ChoiceValue<StateKind>>({
      {StateKind::absent, "absent", "Nothing stands there."},
      {StateKind::file, "file", "A regular file."},
      {StateKind::link, "link", "A symbolic link."},
      {StateKind::folder, "folder", "A folder."},
      {StateKind::other, "other", "A device, a socket or a FIFO."},
  });
};

template <>
struct Choice<EntryKind> {
  static constexpr std::string_view name = "EntryKind";
  static constexpr auto values = std::to_array<ChoiceValue<EntryKind>>({
      {EntryKind::make_folder, "make_folder", "A folder is made."},
      {EntryKind::create, "create", "A file appears where nothing stood."},
      {EntryKind::update, "update", "A file's content or mode changes."},
      {EntryKind::move, "move", "A file gets another path."},
      {EntryKind::remove, "delete", "A file goes."},
      {EntryKind::replace_kind, "replace", "A folder takes the place of a file, or the reverse."},
      {EntryKind::remove_folder, "remove_folder", "An empty folder goes."},
  });
};

template <>
struct Record<StateRecord> {
  static constexpr std::string_view name = "FileState";
  static constexpr std::string_view sentence = "What stands under a path.";
  static constexpr auto fields =
      std::make_tuple(field("kind", &StateRecord::kind, "What it is.").required(),
                      field("mode", &StateRecord::mode, "Of a file, in octal."),
                      field("size", &StateRecord::size, "Of a file, in bytes.").at_least(0),
                      field("sha256", &StateRecord::sha256,
                            "Of a file's bytes or of where a link leads, in hexadecimal."));
};

template <>
struct Record<EntryRecord> {
  static constexpr std::string_view name = "TransactionEntry";
  static constexpr std::string_view sentence = "What a transaction makes of one path.";
  static constexpr auto fields = std::make_tuple(
      field("operation", &EntryRecord::operation, "What happens.").required(),
      field("path", &EntryRecord::path, "Relative to the root.").required(),
      field("from", &EntryRecord::from, "Of a move: where the file was."),
      field("before", &EntryRecord::before, "What stands there before; of a move, at `from`."),
      field("after", &EntryRecord::after, "What stands there after."),
      field("slot", &EntryRecord::slot, "Its name in the transaction's folder.").at_least(0),
      field("beside", &EntryRecord::beside,
            "The folder of its slot, where not the transaction's."));
};

template <>
struct Record<RunSummary> {
  static constexpr std::string_view name = "RunSummary";
  static constexpr std::string_view sentence = "A run that is kept.";
  static constexpr auto fields = std::make_tuple(
      field("id", &RunSummary::id, "Of the run.").required(),
      field("kept_at", &RunSummary::kept_at, "When it was kept; UTC, RFC 3339.").required(),
      field("pattern", &RunSummary::pattern, "Its id; empty for a transaction of none."),
      field("base", &RunSummary::base,
            "Its root, relative to the folder with .ratchet; empty for that folder."),
      field("created", &RunSummary::created, "How many files."),
      field("modified", &RunSummary::modified, "How many files."),
      field("deleted", &RunSummary::deleted, "How many files."),
      field("bytes", &RunSummary::bytes, "Of the files kept to undo it with."),
      field("undone", &RunSummary::undone, "Taken back since."));
};

}  // namespace ratchet
