// What stays of a finished run: `.ratchet/runs/<id>`, its record and what undoing it needs.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "transactions/entry_mover.h"
#include "transactions/journal.h"
#include "transactions/state_folder.h"

namespace ratchet {

/// What lists show of a run without reading all of it.
struct RunSummary {
  std::string id;
  std::string kept_at;  ///< RFC 3339, UTC
  std::string pattern;  ///< empty for a transaction of no pattern
  std::string base;     ///< the root relative to the home
  std::int64_t created = 0;
  std::int64_t modified = 0;
  std::int64_t deleted = 0;
  std::int64_t bytes = 0;  ///< of the pre-images
  bool undone = false;
};

/// How long runs are kept; the newest one always.
struct Retention {
  std::int64_t days = 30;
  std::int64_t runs = 200;
  std::int64_t bytes = std::int64_t{1} << 30;
};

/// The run of one transaction, with the same id. Known names only are ever removed. One owner.
class RunFolder {
 public:
  static constexpr std::string_view kRecord = "record.json";

  /// Writes the pre-images (second names of the files, copies on another mount), the entries, the
  /// summary and the record; durable on return if the journal is. To be called between apply and
  /// keep: whoever goes back removes it again.
  static void save(StateFolder& state, const Journal& journal, EntryMover& mover,
                   const RunSummary& summary, const std::optional<std::string>& record);
  /// Removes all of a run, durably; nothing happens where there is none.
  static void remove(StateFolder& state, const std::string& id);
  static void mark_undone(StateFolder& state, const std::string& id);

  [[nodiscard]] static bool exists(StateFolder& state, const std::string& id);
  /// Newest first. What is damaged is left out.
  [[nodiscard]] static std::vector<RunSummary> list(StateFolder& state);
  /// Nothing where there is none. Error: run.damaged.
  [[nodiscard]] static std::optional<RunSummary> summary(StateFolder& state, const std::string& id);
  /// The entries in the order in which they were applied. Error: run.unknown, run.damaged.
  [[nodiscard]] static std::vector<Entry> entries(StateFolder& state, const std::string& id);
  /// The folder of the pre-images, by slot number; nothing where there are none.
  [[nodiscard]] static std::unique_ptr<Folder> pre_images(StateFolder& state,
                                                          const std::string& id);

  /// Removes what retention does not keep; `grown`: the last run has added pre-images. Ids removed.
  static std::vector<std::string> prune(StateFolder& state, const Retention& retention, UtcTime now,
                                        bool grown);
};

}  // namespace ratchet
