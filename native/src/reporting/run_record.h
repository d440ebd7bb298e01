// The stored record of a run: an in-toto Statement in `.ratchet/runs/<run_id>/record.json`.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/clock.h"
#include "reporting/run_result.h"

namespace ratchet {

/// The statement (in-toto Statement v1, predicate test-result v0.1 with a `ratchet` part of ours):
/// its subjects are the files that the plan leaves behind, with their SHA-256. schemas/
/// execution_record.schema.json describes it. Keys in a fixed order.
[[nodiscard]] json::object record_statement(const RunResult& result,
                                            std::span<const PlanEntry> plan, UtcTime written_at,
                                            const std::optional<std::string>& instance_id);

}  // namespace ratchet
