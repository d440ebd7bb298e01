// What is wrong in the user's content: a value, never an exception.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/error_codes.h"
#include "core/position.h"

namespace ratchet {

enum class Severity { error, warning, info };

/// One fault in a file or value of the user's. Lines and columns count from 1, columns in code
/// points.
struct Finding {
  std::string code;  ///< a code of kCodes
  Severity severity = Severity::error;
  std::string message;  ///< one line: what is wrong and what was expected
  std::optional<std::string> path;
  std::optional<std::int64_t> line;
  std::optional<std::int64_t> column;
  std::optional<std::int64_t> end_line;
  std::optional<std::int64_t> end_column;
  std::optional<std::int64_t> byte_offset;
  std::optional<std::string> pointer;  ///< JSON pointer into the instance
  std::optional<std::string> keyword;  ///< the schema keyword that said no
  std::string source;                  ///< who judged: schema, python, grammar, template, …
  std::optional<std::string> hint;     ///< what to do about it
  std::optional<std::string> excerpt;  ///< its line, for people; see core/excerpt.h
  std::optional<std::int64_t> excerpt_caret;

  /// Sets line, column and byte offset where the position is known.
  Finding& at(std::string file, Position position = {});
};

[[nodiscard]] Finding make_finding(Code code, Severity severity, std::string message,
                                   std::string source);

/// Cuts `findings` to `limit`, the last one then being `findings.truncated` with the count of the
/// rest.
void cap_findings(std::vector<Finding>& findings, std::size_t limit);

[[nodiscard]] bool has_errors(const std::vector<Finding>& findings);

}  // namespace ratchet
