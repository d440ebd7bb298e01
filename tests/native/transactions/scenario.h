// Transactions that are crashed, broken and meddled with, and what has to become of them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fs/memory_file_system.h"
#include "transactions/fixed_seams.h"
#include "transactions/plain_tree.h"
#include "transactions/recovery.h"

namespace ratchet::test {

/// A project and what is to be made of it.
struct Scenario {
  std::string name;
  PlainTree before;
  std::vector<Step> steps;
  std::vector<std::string> mounts{};  ///< folders of `before` that are file systems of their own
  bool exchanges = true;              ///< whether the file system can exchange two names
  bool saves_run = false;
  bool is_small = false;  ///< one idea: everything can be tried on it
  Durability durability = Durability::batch;

  /// The tree once all steps are done, by PlainTree.
  [[nodiscard]] PlainTree after() const;
};

/// Those of the model of the protocol, and some for what it leaves out: other mounts, no exchange,
/// links, nested folders, modes.
[[nodiscard]] const std::vector<Scenario>& scenarios();

/// Everything of a test is tried, not a sample of it.
[[nodiscard]] bool is_long_run();

/// Whether this one of many has its turn: each of them, but under a sanitizer, where all takes
/// several times as long, every second one. `number` may be anything that differs from one to the
/// next.
[[nodiscard]] bool has_turn(std::size_t number);

enum class Program { keep, undo };

/// What somebody may find after a crash.
enum class Phase { old_tree, either, new_tree };

/// Runs one transaction on a disk of its own.
class Stage : public Bench {
 public:
  explicit Stage(const Scenario& scenario);

  /// The code of its error; empty where it came to its end.
  std::string run(Program program);

  /// Where the commit point is, as far as the operations so far say.
  [[nodiscard]] Phase phase() const { return phase_; }
  /// To be called from the hook with each operation before it is carried out.
  void follow(const RecordedOperation& next);
  /// The index of the first operation after all steps were asked for.
  [[nodiscard]] std::size_t applies_from() const { return applies_from_; }
  /// By what stands in the transaction's folder now.
  [[nodiscard]] Phase phase_of_disk() const;
  /// Of the last error.
  [[nodiscard]] const std::string& message() const { return message_; }

  MemoryFileSystem files;

 private:
  const Scenario* scenario_;
  Phase phase_ = Phase::old_tree;
  std::size_t applies_from_ = 0;
  bool marks_kept_ = false;
  bool flushes_mark_ = false;
  std::string message_;
};

/// A new process on a disk: the whole recovery as `ratchet` does it.
struct Recovery : Bench {
  std::vector<Recovered> results;
  std::string code;  ///< of what was thrown

  void run(FileSystem& files, RecoveryWay way = RecoveryWay::automatic);
  [[nodiscard]] bool blocked() const;
  [[nodiscard]] std::string story() const;
};

/// Whether an operation changes what is on disk or what of it is durable.
[[nodiscard]] bool changes_disk(FileOperation operation);

/// What stands beneath `.ratchet` that is no business of a finished run.
[[nodiscard]] std::vector<std::string> leftovers(const MemoryFileSystem& files, bool keeps_run);

}  // namespace ratchet::test
