// Short forms for the tests of the schema room.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/json.h"
#include "core/limits.h"
#include "validation/schema/schema.h"

namespace ratchet::test {

inline std::string text_of(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts)
    text.append(part);
  return text;
}

inline Schema compiled(std::string_view schema) {
  return Schema::compile(json::parse(schema), Limits{});
}

inline SchemaResult judge(std::string_view schema, std::string_view instance) {
  return compiled(schema).validate(json::parse(instance));
}

/// The first finding's message; `valid` where there is none.
inline std::string said(std::string_view schema, std::string_view instance) {
  const SchemaResult result = judge(schema, instance);
  return result.valid() ? "valid" : result.findings.front().message;
}

/// The message of the Error{schema.invalid} that compiling gives; `compiled` where it gives none.
/// Another error passes through.
inline std::string refusal_of(std::string_view schema) {
  try {
    (void)compiled(schema);
  } catch (const Error& error) {
    if (error.code().name() != "schema.invalid") throw;
    return error.message();
  }
  return "compiled";
}

}  // namespace ratchet::test
