// From a syntax tree and variables to text.
#pragma once

#include <string>
#include <vector>

#include "templates/context.h"
#include "templates/source.h"
#include "templates/syntax_tree.h"
#include "templates/template.h"

namespace ratchet {

/// What compile() makes and every copy of a Template shares; never changed afterwards.
struct Template::Compiled {
  TemplateSource source;
  std::vector<Node> nodes;
};

/// See Template::render().
[[nodiscard]] std::string render_nodes(const Template::Compiled& compiled, const Context& context,
                                       const RenderOptions& options);

}  // namespace ratchet
