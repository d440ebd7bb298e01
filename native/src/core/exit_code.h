// The exit code that a result or an error stands for: what the command line, the hook and actions
// that are operations go by. Header-only, so that the command line reads it without the engine.
#pragma once

#include "core/error_codes.h"
#include "core/json.h"

namespace ratchet {

/// By the error's category.
[[nodiscard]] inline int exit_code_of_error(const json::object& error) {
  const json::value* category = error.if_contains("category");
  if (category == nullptr || !category->is_string()) return row_of(Category::internal).exit_code;
  const json::string& name = category->get_string();
  return exit_code_of(std::string_view(name.data(), name.size()));
}

/// A verdict is 0 or 1; else the first error decides. "Could not check" is no verdict.
[[nodiscard]] inline int exit_code_of_result(const json::object& result) {
  const json::value* valid = result.if_contains("valid");
  if (valid != nullptr && valid->is_bool())
    return valid->get_bool() ? kExitDone : kExitVerdictInvalid;
  const json::value* errors = result.if_contains("errors");
  if (errors == nullptr || !errors->is_array() || errors->get_array().empty()) return kExitDone;
  const json::value& first = errors->get_array().front();
  return first.is_object() ? exit_code_of_error(first.get_object()) : kExitVerdictInvalid;
}

}  // namespace ratchet
