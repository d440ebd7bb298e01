// PAT-BATCH-CREATE-001: many files from templates, in one step.
#pragma once

#include "executors/pattern_run.h"

namespace ratchet {

/// Fills `run` by the steps of executors/batch_create/pattern.yaml. Throws Error where a step
/// cannot be done; nothing of the batch is on disk then. To be called by PatternRun::finish().
void batch_create(PatternRun& run);

}  // namespace ratchet
