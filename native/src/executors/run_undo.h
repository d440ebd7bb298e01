// Taking back a run that was kept.
#pragma once

#include <filesystem>
#include <string>

#include "executors/commit.h"

namespace ratchet {

/// Reverses the file changes of a kept run in a transaction of its own, which is a run that can be
/// undone in turn. Every file has to be as the run left it: else Error{transaction.conflict} with
/// all others in `details.paths`. Folders that the run made stay where they hold something else.
/// Error: run.unknown, run.damaged, run.undone, and those of commit().
void undo_run(const std::filesystem::path& root, const std::string& run_id,
              const CommitOptions& options, const Environment& environment,
              const Cancellation& cancellation, CommitResult& result);

}  // namespace ratchet
