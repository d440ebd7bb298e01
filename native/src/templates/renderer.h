// From a syntax tree and variables to text.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>
#include <vector>

#include "templates/context.h"
#include "templates/source.h"
#include "templates/syntax_tree.h"
#include "templates/template.h"

namespace ratchet {

/// What compile() makes and every copy of a Template shares; never changed afterwards, but for what
/// the last rendering came to, so that the next one sets as much aside at once.
struct Template::Compiled {
  TemplateSource source;
  std::vector<Node> nodes;
  mutable std::atomic<std::size_t> last_size = 0;
};

/// See Template::render().
[[nodiscard]] std::string render_nodes(const Template::Compiled& compiled, Context context,
                                       const RenderOptions& options);

}  // namespace ratchet
