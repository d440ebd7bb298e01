// A verdict in the forms that the JSON Schema standard names (2020-12, core, §12.4).
#pragma once

#include "core/json.h"
#include "validation/schema/schema.h"

namespace ratchet {

/// `{"valid": true}`.
[[nodiscard]] json::object flag_output(const SchemaResult& result);

/// The same, and where it is false `errors`: a flat list of `{valid, keywordLocation,
/// absoluteKeywordLocation, instanceLocation, error}`, what the nearest branch of anyOf or oneOf
/// says right behind its finding. The absolute location is there where the schema has a URI. What
/// could not be decided stands among the errors; findings past the limit do not.
[[nodiscard]] json::object basic_output(const SchemaResult& result);

}  // namespace ratchet
