// The stored record of a run: an in-toto Statement in `.ratchet/runs/<run_id>/record.json`.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "core/clock.h"
#include "core/random.h"
#include "fs/file_system.h"
#include "reporting/run_result.h"
#include "transactions/state_folder.h"

namespace ratchet {

/// The statement (in-toto Statement v1, predicate test-result v0.1 with a `ratchet` part of ours):
/// its subjects are the files that the plan leaves behind, with their SHA-256. schemas/
/// execution_record.schema.json describes it. Keys in a fixed order.
[[nodiscard]] json::object record_statement(const RunResult& result,
                                            std::span<const PlanEntry> plan, UtcTime written_at,
                                            const std::optional<std::string>& instance_id);

/// Writes the record of a run before its change is kept, and takes it back unless keep() is called.
class RunRecord {
 public:
  RunRecord(FileSystem& files, Random& random, std::filesystem::path root,
            const std::string& run_id);
  ~RunRecord();
  RunRecord(const RunRecord&) = delete;
  RunRecord& operator=(const RunRecord&) = delete;

  /// `instance_id` is the instance's doc_id. Durable on return but for Durability::none. Error:
  /// io.*.
  [[nodiscard]] RecordReference write(const RunResult& result, std::span<const PlanEntry> plan,
                                      UtcTime written_at,
                                      const std::optional<std::string>& instance_id,
                                      Durability durability);
  /// The change is kept: the record stays.
  void keep() { kept_ = true; }

 private:
  FileSystem& files_;
  Random& random_;
  const std::filesystem::path root_;
  const RelativePath path_;  ///< below `.ratchet`
  bool written_ = false;
  bool kept_ = false;
};

}  // namespace ratchet
