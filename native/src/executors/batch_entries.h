// The files of a batch: what the instance asks for, with templates found and variables checked.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "executors/instance.h"
#include "fs/contained_path.h"
#include "templates/template_catalog.h"

namespace ratchet {

/// One file to create.
struct BatchEntry {
  RelativePath path;
  std::string language;
  std::shared_ptr<const LoadedTemplate> source;
  json::value variables;  ///< an object, with the template's defaults
  std::string pointer;    ///< of the entry in the instance's values
};

struct BatchEntries {
  std::vector<BatchEntry> entries;  ///< in the instance's order; those without a fault
  std::vector<Finding> findings;    ///< faults of the others
};

/// Reads `files_to_create` of an instance that its schema accepted, finds each template and checks
/// the variables against its schema. Throws Error: pattern.unsupported for parts of the pattern
/// that are not implemented (items_from, single_commit), limit.input_size for too many files.
[[nodiscard]] BatchEntries read_batch_entries(const Instance& instance, TemplateCatalog& catalog,
                                              const Environment& environment);

/// Paths that stand twice, or differ in case alone: a finding each, at the later entry.
[[nodiscard]] std::vector<Finding> path_clashes(const std::vector<BatchEntry>& entries,
                                                const Instance& instance);

}  // namespace ratchet
