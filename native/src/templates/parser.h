// From a template's text to its syntax tree.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "templates/source.h"
#include "templates/syntax_tree.h"

namespace ratchet {

/// Parses by the mustache specification with inheritance, plus filters, `name?` and the loop names.
/// `most_depth` bounds how deep sections and blocks stand inside each other.
/// Throws Error: template.invalid, template.unknown_filter, template.arguments, template.limit,
/// each with its place. The tree points into `source`, which must stay where it is.
[[nodiscard]] std::vector<Node> parse_template(const TemplateSource& source,
                                               std::int64_t most_depth);

/// `name`, `a.b`, `.`, `@first`, `name?`, as a section names it; nothing where it is no name. The
/// views point into `written`, the offset is 0.
[[nodiscard]] std::optional<Name> parse_name(std::string_view written);

}  // namespace ratchet
