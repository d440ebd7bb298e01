// The template and the variables that a request names.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/finding.h"
#include "operations/operation.h"
#include "operations/template_types.h"
#include "templates/loaded_template.h"
#include "templates/variable_file.h"

namespace ratchet {

/// Throws Error: request.constraint unless one form is given, project.relative_root, and what
/// TemplateCatalog::find() and LoadedTemplate throw.
[[nodiscard]] std::shared_ptr<const LoadedTemplate> find_template(const TemplateRequest& request,
                                                                  OperationContext& context);

/// Absolute, or nothing. Error: project.relative_root.
[[nodiscard]] std::optional<std::filesystem::path> optional_root(
    const std::optional<std::string>& text, const FileSystem& files);

/// The sets of variables of a request, one where it names no table or list.
class RequestedVariables {
 public:
  /// Error: as VariableFile::read() and set_values(), request.constraint for a relative path.
  [[nodiscard]] static RequestedVariables read(const TemplateVariablesRequest& request,
                                               const LoadedTemplate& source,
                                               OperationContext& context);

  [[nodiscard]] std::vector<json::object>& sets() { return sets_; }
  /// What the template's schema says of a set, each at the place in the file that it came from. The
  /// values of secret variables are not repeated in messages.
  [[nodiscard]] std::vector<Finding> findings_of(const SchemaResult& verdict, std::size_t set,
                                                 const LoadedTemplate& source,
                                                 const Limits& limits) const;

 private:
  std::vector<json::object> sets_;
  std::optional<VariableFile> file_;
};

/// What messages call the object of variables.
inline constexpr const char* kVariablesSubject = "the set of variables";

/// The faults as an error, in the words of a template: what is missing by its name, what is unknown
/// with the nearest one, else the first finding.
[[nodiscard]] Error variables_error(const LoadedTemplate& source, const json::object& given,
                                    const std::vector<Finding>& findings);

}  // namespace ratchet
