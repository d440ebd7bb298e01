// One compiled template.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json.h"
#include "core/limits.h"
#include "core/position.h"
#include "templates/source.h"

namespace ratchet {

class Context;
class Template;

/// The templates that `{{>name}}` and `{{<name}}` find.
using Partials = std::map<std::string, Template, std::less<>>;

struct SectionNode;

/// What a rendering came across, for whoever checks templates. One rendering at a time.
struct RenderWatch {
  std::vector<std::pair<std::string, Position>> missing;  ///< unknown names, with their place
  std::set<const SectionNode*> entered;                   ///< sections whose body was rendered
};

struct RenderOptions {
  /// Off: what is unknown renders as nothing, as the mustache specification has it.
  bool strict = true;
  /// On: `{{name}}` escapes & < > " as HTML; `{{{name}}}` and `{{&name}}` never do.
  bool escape_html = false;
  const Partials* partials = nullptr;
  RenderWatch* watch = nullptr;
  Limits limits;
};

/// A name that a template uses.
struct VariableUse {
  std::string name;   ///< as written, `a.b`
  Position position;  ///< in the template's file
  /// The names of the sections around it, outermost first: inside them the name may mean a member
  /// of theirs. Inverted ones and `name?` are left out, since they bring no members.
  std::vector<std::string> sections;
  bool optional = false;  ///< it has a default or is asked for by `name?`
};

/// Mustache with strictness: compiled once, rendered any number of times, from any threads at once.
///
/// Beyond the specification (sections, inverted sections, partials, comments, change of delimiters,
/// inheritance): filters (templates/filters.h); `{{#name?}}…{{/name?}}` and `{{^name?}}` ask
/// whether `name` is given at all (false, 0, "" and null are given); inside a list, `@first`,
/// `@last` and `@index`. False, null, "" and [] close a section; 0 does not. A value is inserted as
/// it is: never read as a template, never re-indented. A literal `{{` is written after a change of
/// delimiters,
/// `{{=<% %>=}}{{<%={{ }}=%>`. Line ends stay as they are. A value type; copies share one tree.
class Template {
 public:
  /// Throws Error: template.invalid, template.unknown_filter, template.arguments, template.limit,
  /// text.invalid_utf8, limit.input_size, each with path, line and column.
  [[nodiscard]] static Template compile(TemplateSource source, const Limits& limits);

  /// Pure: the same variables give the same bytes. `variables` is an object (any value when not
  /// strict). Throws Error: template.missing_variable (also for a section's name),
  /// template.missing_partial, template.wrong_type (a list or object where a text is needed),
  /// template.arguments, template.cycle, template.limit (template_depth, rendered_bytes).
  [[nodiscard]] std::string render(const json::value& variables,
                                   const RenderOptions& options = {}) const;
  /// The same inside of what somebody has entered already.
  [[nodiscard]] std::string render(const Context& context, const RenderOptions& options) const;

  /// Every variable and section name, in the order of the text; loop names and `.` are left out.
  [[nodiscard]] std::vector<VariableUse> variables() const;
  /// The names of the partials and parents it uses, sorted, each once.
  [[nodiscard]] std::vector<std::string> partials() const;

  [[nodiscard]] const TemplateSource& source() const;

  /// The syntax tree, in templates/renderer.h.
  struct Compiled;
  [[nodiscard]] const Compiled& compiled() const { return *compiled_; }

 private:
  explicit Template(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace ratchet
