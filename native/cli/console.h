// What people see: results on standard output, progress and errors on standard error.
#pragma once

#include <string>
#include <string_view>

#include "commands.h"
#include "core/json.h"

namespace ratchet::cli {

/// Shows a running job on standard error: a line a step, and on a terminal one that moves while it
/// works.
class ProgressView {
 public:
  ProgressView();
  void show(std::string_view event);
  /// Clears the moving line.
  void end();

 private:
  const bool is_terminal_;
  bool line_open_ = false;
};

void print_result(View view, const json::object& result);

/// `error: MESSAGE`, the place where there is one, and `hint: …`.
void print_error(const json::object& error);

}  // namespace ratchet::cli
