// A JSON value whose texts are templates: defaults, and the variables of a companion test.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/json.h"
#include "templates/context.h"
#include "templates/source.h"
#include "templates/template.h"

namespace ratchet {

/// The text at a JSON pointer below the value, as a template's source with its place.
using SourceAt = std::function<TemplateSource(const std::string& pointer, std::string text)>;

/// Immutable, thread-safe; copies share the compiled texts.
class ValueTemplate {
 public:
  /// Throws as Template::compile() does, at the text's place.
  [[nodiscard]] static ValueTemplate compile(const json::value& value, const std::string& pointer,
                                             const SourceAt& source_at, const Limits& limits);

  /// The value with each text rendered. Throws as Template::render() does.
  [[nodiscard]] json::value render(const Context& context, const RenderOptions& options) const;
  /// Whether it has a tag in it: else it is the same for all variables.
  [[nodiscard]] bool is_computed() const;
  /// The uses of variables in all its texts.
  void add_uses(std::vector<VariableUse>& uses) const;

 private:
  json::value constant_;
  std::optional<Template> text_;
  std::vector<ValueTemplate> items_;
  std::vector<std::pair<std::string, ValueTemplate>> members_;
};

}  // namespace ratchet
