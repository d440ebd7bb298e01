// Whether a project has the files and folders that it is required to have.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/cancel.h"
#include "core/finding.h"
#include "core/limits.h"
#include "fs/file_system.h"
#include "validation/structure/required_path.h"

namespace ratchet {

struct StructureVerdict {
  enum class State {
    present,
    missing,     ///< nothing is there, or a pattern has no match
    wrong_kind,  ///< a file where, or on the way, a folder is needed, the other way round, or a
                 ///< link that leads out
    unchecked,   ///< a folder on the way cannot be read; `reason` says why
  };
  State state = State::missing;
  std::string reason;  ///< one line for whatever is not present, without the path
};

/// Looks at all paths in one pass: every folder that some path leads through is listed once,
/// however many paths do. Links are followed where they stay inside
/// the root (a pattern's `**` follows none); one that leads nowhere is as nothing, one that leads
/// out is the wrong kind. A name must stand on disk as it is written, case included, also where the
/// file system would take another.
///
/// One verdict for each path, in order. Error: job.cancelled; limit.tree_size once more than
/// `limits.structure_entries` names were looked at; io.* for the root.
[[nodiscard]] std::vector<StructureVerdict> check_structure(Folder& root,
                                                            std::span<const RequiredPath> paths,
                                                            const Limits& limits,
                                                            const Cancellation& cancellation);

/// `structure.missing` and `structure.wrong_kind` are errors; `structure.unreadable` is a warning:
/// it could not be checked.
[[nodiscard]] Finding finding_of(const RequiredPath& path, const StructureVerdict& verdict);

}  // namespace ratchet
