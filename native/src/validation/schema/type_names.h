// The type names of schemas as sets.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/json.h"
#include "validation/schema/type_set.h"

namespace ratchet::schema {

/// The seven names, for "did you mean".
[[nodiscard]] std::span<const std::string> all_type_names();

[[nodiscard]] std::optional<TypeSet> type_named(std::string_view name);

/// What a schema's `type` allows; every type where it has none, or one that is none.
[[nodiscard]] TypeSet types_of_schema(const json::object& schema);

}  // namespace ratchet::schema
