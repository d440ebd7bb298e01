// Texts from a command line, a table or a terminal as the values that a schema wants.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/json.h"
#include "core/limits.h"

namespace ratchet {

/// The text as the first type of the schema that it can be read as: integer, number, boolean
/// (`true`, `false`), null (`null`); a list by its commas, or as JSON or YAML where it begins with
/// `[`; an object as JSON or YAML. Everything else stays the text it is, for the schema to judge:
/// where no type is named too, unless one of `enum` is written so. Local references (`#/…`) are
/// followed in `root`.
[[nodiscard]] json::value typed_text(std::string_view text, const json::object& schema,
                                     const json::object& root, const Limits& limits);

/// The schema of a member of what `schema` describes, references followed; empty where nothing is
/// said of it.
[[nodiscard]] const json::object& schema_of_member(const json::object& schema,
                                                   std::string_view name, const json::object& root);
/// The same of a list's items.
[[nodiscard]] const json::object& schema_of_items(const json::object& schema,
                                                  const json::object& root);
/// The schema itself, or what its local reference leads to.
[[nodiscard]] const json::object& dereferenced(const json::object& schema,
                                               const json::object& root);
/// Whether `type` names this one, alone or among others.
[[nodiscard]] bool has_type(const json::object& schema, std::string_view type);

/// Puts a text where a dotted key says, typed by the schema of the object.
void set_text(std::string_view key, std::string_view text, const json::object& schema,
              json::object& values, const Limits& limits);
/// Puts KEY=VALUE into the values, typed by the schema of an object. `a.b=1` is the member b of the
/// object a. A list that is set several times collects. Throws Error{request.constraint} for a
/// text without `=`.
void set_values(std::span<const std::string> assignments, const json::object& schema,
                json::object& values, const Limits& limits);
/// The same with values in JSON. Throws Error: request.constraint, json.invalid.
void set_json_values(std::span<const std::string> assignments, json::object& values,
                     const Limits& limits);

}  // namespace ratchet
