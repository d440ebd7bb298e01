// The files of a batch: what the instance asks for, with templates found and variables checked.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "executors/instance.h"
#include "fs/contained_path.h"
#include "templates/template_catalog.h"
#include "templates/variable_file.h"
#include "validation/schema/findings.h"

namespace ratchet {

/// One file to create.
struct BatchEntry {
  RelativePath path;
  std::string language;
  std::shared_ptr<const LoadedTemplate> source;
  json::value variables;  ///< an object, with the template's defaults
  PlaceFinding place;     ///< of a pointer into the entry, as files_to_create has entries
};

struct BatchEntries {
  std::vector<BatchEntry> entries;            ///< in the instance's order; those without a fault
  std::vector<Finding> findings;              ///< faults of the others
  std::shared_ptr<const VariableFile> table;  ///< of `items_from`, else null
};

/// Reads `files_to_create`, or the rows of `items_from`, of an instance that its schema accepted,
/// finds each template and checks the variables against its schema. The path of a row is rendered
/// from its variables, defaults among them. `base` is the folder that relative paths of the
/// instance's own are taken from; empty where none is known. Throws Error: pattern.unsupported for
/// what is not implemented (single_commit), limit.input_size for too many files, batch.no_base for
/// a relative path without a base, and what VariableFile::read() and Template::compile() throw.
[[nodiscard]] BatchEntries read_batch_entries(const Instance& instance, TemplateCatalog& catalog,
                                              const std::filesystem::path& base,
                                              const Environment& environment);

/// Paths that stand twice, or differ in case alone: a finding each, at the later entry.
[[nodiscard]] std::vector<Finding> path_clashes(const std::vector<BatchEntry>& entries);

}  // namespace ratchet
