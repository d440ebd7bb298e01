// The parts of a `$ref`: document, fragment, JSON pointer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace ratchet::schema {

/// `a#b` → `a`.
[[nodiscard]] std::string_view without_fragment(std::string_view reference);

/// `a#%62` → `b`; an empty text without `#`; nothing where a %-escape is broken.
[[nodiscard]] std::optional<std::string> decoded_fragment(std::string_view reference);

/// The unescaped tokens of an RFC 6901 pointer; nothing where it is none.
[[nodiscard]] std::optional<std::vector<std::string>> pointer_tokens(std::string_view pointer);

/// The member or item that a token names, or null.
[[nodiscard]] const json::value* step_into(const json::value& value, std::string_view token);

}  // namespace ratchet::schema
