// Files that an operation has made in memory, written as one step.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "operations/operation.h"
#include "operations/template_types.h"
#include "templates/loaded_template.h"

namespace ratchet {

/// The permission bits of a new file.
[[nodiscard]] std::uint32_t new_file_mode(bool executable, FileSystem& files);

/// Writes the files below an absolute root in one transaction, or plans it, and puts what came of
/// it into the result. What was rendered is written in the style of the project, over a file in the
/// style of that file (templates/file_style.h). Without `overwrite` a path where something stands
/// is refused, with all such paths in `details.paths`. `run_name` is what the list of runs calls
/// it. Throws Error: project.relative_root, transaction.*, path.*, io.*, plan.changed; nothing is
/// written then.
void write_output(const std::string& root, const std::vector<RenderedFile>& files, bool overwrite,
                  const OutputRequest& request, std::string_view run_name,
                  OperationContext& context, OutputResult& result);

}  // namespace ratchet
