// Python's own compiler as judge of many texts at once.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/cancel.h"
#include "core/limits.h"
#include "process/launcher.h"

namespace ratchet {

/// What the compiler said about one text.
struct PythonAnswer {
  enum class Kind { valid, invalid, unchecked };

  Kind kind = Kind::unchecked;
  std::string message;  ///< one line: the fault, or why it could not be checked
  /// Where the fault is, from 1 and in code points (a byte order mark not counted); 0 where
  /// unknown.
  std::int64_t line = 0;
  std::int64_t column = 0;
  std::int64_t end_line = 0;
  std::int64_t end_column = 0;
};

/// Compiles texts with `python3` (3.6 or later), all of them in one child that reads them from its
/// standard input. Nothing is imported from, looked up in or written into the user's folders, and
/// none of the code runs. Thread-safe.
class PythonCompiler {
 public:
  PythonCompiler(Launcher& launcher, const Limits& limits) : launcher_(launcher), limits_(limits) {}

  [[nodiscard]] bool is_installed() { return launcher_.find_program(kProgram).has_value(); }

  /// One answer for each text, in order; texts are bytes as they stand in a file. A child that
  /// dies, runs past `syntax_timeout_ms` or says something that is no answer leaves the texts from
  /// there on unchecked. Throws Error{job.cancelled}.
  [[nodiscard]] std::vector<PythonAnswer> compile(std::span<const std::string_view> texts,
                                                  const Cancellation& cancellation);

 private:
  static constexpr std::string_view kProgram = "python3";

  Launcher& launcher_;
  Limits limits_;
};

}  // namespace ratchet
