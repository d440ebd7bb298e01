// The defaults that a schema gives for what is absent.
#pragma once

#include "core/json.h"

namespace ratchet {

/// Adds every absent member that `properties` has a `default` for, in depth: into objects by
/// `properties`, into lists by `items`. Values that are there are never changed, nor are wrong
/// types noticed.
void apply_defaults(const json::object& schema, json::object& members);

}  // namespace ratchet
