// The variables of a template: a JSON Schema, and what only a template says of them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/limits.h"
#include "templates/template.h"
#include "templates/template_manifest.h"
#include "validation/schema/schema.h"

namespace ratchet {

/// Beyond JSON Schema, a property may have
///
///   default  its texts are templates over the other variables, computed in the order in which they
///            need each other; what a text default renders to is read as the property's type
///   when     a condition (templates/condition.h): where it does not hold, nobody is asked for the
///            variable, `required` does not demand it and its default is not applied
///
/// at the top and in nested `properties` and `items` alike; inside, names are looked for outwards.
/// A variable with a default is never missing. Immutable, thread-safe; copies share everything.
class TemplateVariables {
 public:
  /// Throws Error: template.invalid (a `when` that is none or names what is not declared),
  /// template.cycle (defaults or conditions that need each other), schema.invalid, and what
  /// Template::compile() throws; each with its place.
  [[nodiscard]] static TemplateVariables compile(const TemplateManifest& manifest,
                                                 const Limits& limits);

  /// As it was written.
  [[nodiscard]] const json::object& schema() const;
  /// Whether a variable that it does not name is refused.
  [[nodiscard]] bool is_closed() const;

  /// Judges the values and, where nothing is wrong with them, adds the defaults. `subject` is what
  /// messages call the values. Throws Error: template.* where a default cannot be computed.
  [[nodiscard]] SchemaResult fit(json::object& values, std::string_view subject) const;

  /// What is wrong by name: keys that are required and absent, keys that nobody knows.
  [[nodiscard]] std::vector<std::string> missing(const json::object& values) const;
  [[nodiscard]] std::vector<std::string> unknown(const json::object& values) const;

  /// A variable that nobody has given, as it is to be asked for.
  struct Question {
    std::string name;
    std::optional<json::value> fallback;  ///< its default, computed from the values
    bool required = false;                ///< for there is no default
  };
  /// The variables at the top that are not among the values and whose `when` holds for them, in an
  /// order in which none needs a later one. What needs an unanswered one has no fallback yet.
  [[nodiscard]] std::vector<Question> questions(const json::object& values) const;

  /// The variables at the top, in the order in which they are asked for.
  struct Declared {
    std::string name;
    const json::object* schema;  ///< within schema()
    bool required;               ///< where its `when` holds; false where it has a default
  };
  [[nodiscard]] std::vector<Declared> declared() const;

  /// A property that has a `when` or a computed default, for whoever checks the template.
  struct Computed {
    std::string pointer;  ///< of the property, below the schema
    std::vector<VariableUse> uses;
    std::vector<std::string> asked;  ///< by its `when`
  };
  [[nodiscard]] std::vector<Computed> computed() const;
  /// The values that some `when` compares the name with.
  [[nodiscard]] std::vector<json::value> compared_with(std::string_view name) const;

  struct Plan;

 private:
  explicit TemplateVariables(std::shared_ptr<const Plan> plan) : plan_(std::move(plan)) {}
  std::shared_ptr<const Plan> plan_;
};

/// Whether what is typed for it must not be shown: `format: password` or `writeOnly`.
[[nodiscard]] bool is_secret(const json::object& schema);

}  // namespace ratchet
