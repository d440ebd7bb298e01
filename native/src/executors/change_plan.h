// What a transaction is going to do, as people and programs approve it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/limits.h"
#include "reporting/run_result.h"
#include "transactions/transaction.h"

namespace ratchet {

/// One row an entry, in the order of applying.
[[nodiscard]] std::vector<PlanEntry> plan_of(const std::vector<Entry>& entries);

/// SHA-256, in hexadecimal, of the plan as compact JSON: a list of
/// `[operation, path, from, pre_sha256, post_sha256, mode]` with null for what is absent.
[[nodiscard]] std::string plan_sha256(std::span<const PlanEntry> plan);

/// Throws Error{plan.changed} where another plan was approved than the one of this hash.
void require_plan(const std::optional<std::string>& approved, const std::string& plan);

/// All entries as one unified diff. A file above `limits.rendered_bytes` is shown by its size and
/// hash alone.
[[nodiscard]] std::string diff_of(Transaction& transaction, const Limits& limits);

}  // namespace ratchet
