// Which value a plain YAML scalar stands for, and which texts must not be written plain.
#pragma once

#include <string_view>

#include "core/json.h"

namespace ratchet {

/// A scalar by the core schema of YAML 1.2 (section 10.3.2).
struct CoreScalar {
  enum class Kind { text, null, boolean, integer, real, unsupported };
  Kind kind = Kind::text;
  json::value value;          ///< of `text`, null: the caller has the text
  std::string_view why = {};  ///< of `unsupported`, what JSON has no value for
};
[[nodiscard]] CoreScalar resolve_core(std::string_view plain);

/// Whether a text written plain, in block style, could be read as something else by a reader of
/// YAML 1.1 or 1.2: as a number, a date, a boolean, null, a merge, as syntax, or not at all.
[[nodiscard]] bool needs_quotes(std::string_view text);

/// Characters that YAML allows in a text as they are, on one line.
[[nodiscard]] bool is_printable(char32_t value);

}  // namespace ratchet
