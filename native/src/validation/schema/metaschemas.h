// The standard's own schemas of schemas, made from the table of keywords.
#pragma once

#include <string_view>

#include "core/json.h"

namespace ratchet::schema {

/// The metaschema with this URI (without fragment), or null: draft-07's one, and of 2020-12 the
/// whole and the one of each vocabulary (`…/meta/validation`). They judge as the published ones do,
/// and have the same `$id`s, dynamic anchors and names under `$defs` (`definitions`); titles and
/// defaults they lack. Made once, constant, for any thread.
[[nodiscard]] const json::value* metaschema(std::string_view uri);

}  // namespace ratchet::schema
