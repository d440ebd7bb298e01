// Explaining why no branch of anyOf or oneOf fits: by the one that came nearest.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "validation/schema/program.h"
#include "validation/schema/schema.h"
#include "validation/schema/wording.h"

namespace ratchet::schema {

/// What a branch says against the value at `pointer`.
struct BranchVerdict {
  const Branch* branch = nullptr;
  std::vector<SchemaFinding> findings;
  std::size_t left_out = 0;
};

/// How far a branch is from fitting: a wrong type of the value itself weighs most, then a wrong
/// const or enum of the value or of a member of it (most often the tag that tells the branches
/// apart), then each further finding. Comparable among the branches of one keyword only.
[[nodiscard]] std::size_t distance_of(const BranchVerdict& verdict, std::string_view pointer);

/// The index of the single nearest branch; nothing where two are equally near.
[[nodiscard]] std::optional<std::size_t> nearest_branch(std::span<const BranchVerdict> verdicts,
                                                        std::string_view pointer);

/// Says that none fits: with the nearest branch's first finding, or with all labels where none is
/// nearest.
[[nodiscard]] Problem no_branch_fits(Code code, std::span<const BranchVerdict> verdicts,
                                     std::optional<std::size_t> nearest, std::string_view subject);

/// Says that more than the one branch of oneOf fits.
[[nodiscard]] Problem several_branches_fit(std::span<const Branch* const> fitting,
                                           std::string_view subject);

}  // namespace ratchet::schema
