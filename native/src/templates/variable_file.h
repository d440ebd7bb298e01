// Variables that stand in a file: JSON, YAML or a table.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/document.h"
#include "core/finding.h"
#include "core/json.h"
#include "core/limits.h"
#include "fs/file_system.h"

namespace ratchet {

/// How a file is written.
enum class VariableFormat { by_name, csv, json, yaml };

/// One set of variables, or many of which each is rendered. An object in JSON or YAML is one set; a
/// list of objects, or a table (`.csv`), is as many as it has items or rows. A column is named
/// after its variable, `a.b` for a member; an empty cell gives nothing; texts are typed by the
/// schema (templates/typed_text.h).
class VariableFile {
 public:
  /// `schema` is that of the variables. Throws Error: io.*, csv.invalid, json.*, yaml.*,
  /// request.wrong_type where it is none of these.
  [[nodiscard]] static VariableFile read(FileSystem& files, const std::filesystem::path& path,
                                         const json::object& schema, const Limits& limits,
                                         VariableFormat format = VariableFormat::by_name);

  [[nodiscard]] const std::vector<json::object>& sets() const { return sets_; }
  /// Gives a finding about a set the place of what stands at the pointer into it.
  void locate(Finding& finding, std::size_t set, const std::string& pointer, bool at_key) const;
  /// Gives findings that locate() placed the lines of the file (core/excerpt.h).
  void add_excerpts(std::vector<Finding>& findings) const;

 private:
  std::string name_;
  std::string table_;  ///< the text of a table; that of the others is the document's
  std::vector<json::object> sets_;
  std::shared_ptr<const Document> document_;  ///< null for a table
  bool is_list_ = false;
  std::vector<std::int64_t> lines_;  ///< of a table's rows
};

}  // namespace ratchet
