// The rollback journal: what a transaction is about to change, so that anybody can take it back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "transactions/entry.h"

namespace ratchet {

/// The file `journal` in a transaction's folder. From the moment that it is durable a crash is
/// undone; renamed to kKept a crash is completed, renamed to kUndone only tidying up is left.
struct Journal {
  static constexpr std::int64_t kVersion = 1;

  static constexpr std::string_view kPending = "journal";
  static constexpr std::string_view kTemporary = "journal.tmp";
  static constexpr std::string_view kKept = "journal.kept";
  static constexpr std::string_view kUndone = "journal.undone";

  std::string id;
  std::string host;              ///< FileSystem::host() of the machine that wrote it
  std::uint64_t home_inode = 0;  ///< of the folder in which `.ratchet` lies
  std::uint64_t tx_inode = 0;    ///< of the transaction's folder
  std::string base;              ///< the transaction's root, relative to the home; empty for itself
  bool exchanges = true;  ///< updates swap slot and target; else the old file got a second name
  bool durable = true;    ///< flushed; else only the death of the process is survived
  std::vector<Entry> entries;  ///< in the order in which they are applied
};

/// A JSON document, and its SHA-256 in the last line.
[[nodiscard]] std::string encode(const Journal& journal);

/// Throws Error{transaction.journal}: torn, damaged, of a newer version, or naming what no journal
/// of ours names. Paths are contained and differ, slots are numbers and differ, states fit what is
/// done.
[[nodiscard]] Journal decode_journal(std::string_view text);

}  // namespace ratchet
