// The project that a request is about.
#pragma once

#include <filesystem>
#include <string>

#include "operations/operation.h"

namespace ratchet {

/// Without a link in it. Error: project.relative_root, io.not_found, io.not_a_folder, io.*.
[[nodiscard]] std::filesystem::path project_root(const std::string& text,
                                                 const OperationContext& context);

/// Whether a run of this id is kept in the project.
[[nodiscard]] bool is_kept_run(const std::filesystem::path& root, const std::string& id,
                               const OperationContext& context);

}  // namespace ratchet
