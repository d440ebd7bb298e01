// Reading an instance: JSON or YAML, from a file, a text or a value, flat or with `inputs`.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/document.h"
#include "executors/environment.h"
#include "executors/run_request.h"
#include "validation/schema/schema.h"

namespace ratchet {

/// An instance in its flat form. Immutable.
class Instance {
 public:
  /// Throws Error: request.constraint unless exactly one form is given, io.*, json.*, yaml.*,
  /// request.wrong_type when the text is no object. A relative instance_path is request.constraint.
  [[nodiscard]] static Instance read(const InstanceSource& source, const Environment& environment);

  /// The members of `inputs`, if there is one, and what stands beside it, as one object.
  [[nodiscard]] const json::object& values() const { return values_; }
  /// What messages call it: the path, or the name given with a text.
  [[nodiscard]] const std::string& name() const { return name_; }
  /// The absolute folder of an instance file; empty for other forms.
  [[nodiscard]] const std::string& folder() const { return folder_; }
  /// Duplicate keys, and keys that stand both in `inputs` and beside it.
  [[nodiscard]] const std::vector<Finding>& findings() const { return findings_; }

  /// `pointer` leads into values(); the finding is given its place in the text the user wrote.
  void locate(Finding& finding, const std::string& pointer, bool at_key) const;
  /// Findings of a schema applied to the part of values() at `base` (a JSON pointer, "" is all),
  /// each at its place in the text the user wrote; at most `limits.findings_per_file`.
  [[nodiscard]] std::vector<Finding> findings_of(const SchemaResult& result,
                                                 const std::string& base,
                                                 const Limits& limits) const;
  /// Gives findings that stand in the text the user wrote its lines (core/excerpt.h).
  void add_excerpts(std::vector<Finding>& findings) const;
  /// The text at a key of values(), or nothing.
  [[nodiscard]] std::optional<std::string> text(std::string_view key) const;
  [[nodiscard]] bool flag(std::string_view key, bool fallback) const;

 private:
  Instance() = default;
  void flatten(const json::object& written);
  [[nodiscard]] std::string written_pointer(const std::string& pointer) const;

  std::shared_ptr<const Document> document_;  ///< null for a value
  std::string name_;
  std::string folder_;
  json::object values_;
  bool nested_ = false;
  std::vector<std::string> beside_inputs_;
  std::vector<Finding> findings_;
};

}  // namespace ratchet
