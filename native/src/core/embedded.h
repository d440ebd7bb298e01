// Files of the source tree that are part of the library: built-in templates and schemas.
#pragma once

#include <span>
#include <string_view>

#include "core/json.h"

namespace ratchet {

struct EmbeddedFile {
  std::string_view name;  ///< relative to its root in the source tree, with `/`
  std::string_view bytes;
};

/// Sorted by name; constant data.
[[nodiscard]] std::span<const EmbeddedFile> embedded_templates();
[[nodiscard]] std::span<const EmbeddedFile> embedded_schemas();
/// The pattern descriptions, `<pattern>/pattern.yaml`.
[[nodiscard]] std::span<const EmbeddedFile> embedded_patterns();
/// The scripts that compilers are asked with (validation/syntax/judges/).
[[nodiscard]] std::span<const EmbeddedFile> embedded_judges();

/// The schema in this file of schemas/. Error: internal.error where there is none.
[[nodiscard]] json::object embedded_schema(std::string_view file);

}  // namespace ratchet
