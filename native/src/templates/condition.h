// When a variable is asked for and a file is rendered: `when` of template.yaml.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "templates/context.h"
#include "templates/source.h"
#include "templates/syntax_tree.h"

namespace ratchet {

/// A name as a section asks it, or values that names must have:
///
///     when: with_tests              # as {{#with_tests}}
///     when: ^with_tests             # as {{^with_tests}}
///     when: tags?                   # whether tags is given at all
///     when: {framework: [fastapi, flask], with_tests: true}   # all of them, any of a list
///
/// A variable that is not given is no fault here: a section of it is closed, and it has no value.
/// Immutable, thread-safe; copies share what the names point into.
class Condition {
 public:
  /// `source` is what was written, for messages. Throws Error{template.invalid}.
  [[nodiscard]] static Condition parse(const json::value& written, const TemplateSource& source);

  [[nodiscard]] bool holds(Context& context) const;
  /// The names it asks, as written without `^` and `?`.
  [[nodiscard]] std::vector<std::string> names() const;
  /// The values that it compares a name with; nothing where it only asks for the name itself.
  [[nodiscard]] std::vector<json::value> values_of(std::string_view name) const;
  /// As it was written.
  [[nodiscard]] const json::value& written() const { return written_; }

 private:
  struct Clause {
    std::shared_ptr<const std::string> text;  ///< what the name's views point into
    Name name;
    bool inverted = false;
    std::optional<json::array> any_of;
  };
  void add(std::string_view name, bool inverted, std::optional<json::array> any_of,
           const TemplateSource& source);

  json::value written_;
  std::vector<Clause> clauses_;
};

}  // namespace ratchet
