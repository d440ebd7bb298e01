// What people see: results on standard output, progress and errors on standard error.
#pragma once

#include <string>
#include <string_view>

#include "commands.h"
#include "core/error.h"
#include "core/json.h"
#include "status_line.h"

namespace ratchet::cli {

/// Shows a running job on standard error: a line a step, and on a terminal one that moves while it
/// works.
class ProgressView {
 public:
  void show(std::string_view event);
  /// Clears the moving line.
  void end();

 private:
  StatusLine line_;
};

/// A line for each, with the hint below it.
void print_findings(const json::array& findings);

void print_result(View view, const json::object& result);

/// An error of this program's own, as the engine's stand in results.
[[nodiscard]] json::object object_of(const Error& error);

/// `error: MESSAGE`, the place where there is one, and `hint: …`.
void print_error(const json::object& error);

}  // namespace ratchet::cli
