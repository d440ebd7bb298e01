// The one exception of the engine: an operation that could not be done.
#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "core/error_codes.h"
#include "core/json.h"
#include "core/position.h"

namespace ratchet {

/// An operation could not be done. A fault found in the user's content is a Finding, never an
/// Error.
///
/// The message is one line: the fact, the file where there is one, and what to do. Values of the
/// user's in it are cut to a readable length by the thrower (see in_quotes() in core/text.h).
///
///   throw Error("template.unknown", "template \"modl\" does not exist").hint("did you mean
///   \"model\"?");
class Error : public std::exception {
 public:
  Error(Code code, std::string message) : code_(code), message_(std::move(message)) {}

  /// Names the file, and the place in it, that the error is about. The path is as the user wrote
  /// it.
  Error& at(std::string path, Position position = {});
  /// What to do about it; a short sentence without a full stop.
  Error& hint(std::string hint);
  /// Anything a program may want to read; keys in a fixed order.
  Error& details(json::object details);

  [[nodiscard]] Code code() const { return code_; }
  [[nodiscard]] Category category() const { return code_.category(); }
  [[nodiscard]] const std::string& message() const { return message_; }
  [[nodiscard]] const std::optional<std::string>& path() const { return path_; }
  [[nodiscard]] Position position() const { return position_; }
  [[nodiscard]] const std::string& hint() const { return hint_; }
  [[nodiscard]] const json::object& details() const { return details_; }

  [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }

 private:
  Code code_;
  std::string message_;
  std::optional<std::string> path_;
  Position position_;
  std::string hint_;
  json::object details_;
};

/// The Error for a failed system call: picks the io.* code from `error_number` (an errno) and says
/// what was tried, e.g. `cannot create "a/b.py": No space left on device`.
[[nodiscard]] Error system_error(int error_number, std::string_view what_was_tried,
                                 std::string path);

}  // namespace ratchet
