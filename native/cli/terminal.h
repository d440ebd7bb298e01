// The terminal that somebody reads and types at.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ratchet::cli {

/// Whether standard input is a terminal.
[[nodiscard]] bool input_is_terminal();
/// Whether standard error is one.
[[nodiscard]] bool error_is_terminal();
/// How wide standard error's is; 80 where it does not say.
[[nodiscard]] std::size_t terminal_columns();

enum class Echo { shown, hidden };

/// A line of standard input without its end; nothing at the end of the input. The prompt goes to
/// standard error. What is typed hidden is not shown from before the prompt on, and a signal that
/// ends this program leaves the terminal as it was.
[[nodiscard]] std::optional<std::string> read_line(std::string_view prompt, Echo echo);

}  // namespace ratchet::cli
