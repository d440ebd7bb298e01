// One YAML document as an outline: nodes with their places, scalars resolved, aliases not yet
// followed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/limits.h"
#include "core/outline.h"

namespace ratchet {

struct YamlTree {
  Outline outline;  ///< a scalar's `target` is its index in `scalars`; empty for a text without
                    ///< document
  std::vector<json::value> scalars;
};

/// Reads valid UTF-8 with libyaml, bounded by limits.json_depth. Throws as read_yaml() does.
[[nodiscard]] YamlTree read_yaml_tree(std::string_view text, std::string_view name,
                                      const Limits& limits);

/// Reads a stream of any number of documents, with any tags and keys, and keeps nothing. Throws
/// yaml.invalid, with the place, where libyaml refuses it.
void check_yaml_stream(std::string_view text, std::string_view name);

}  // namespace ratchet
