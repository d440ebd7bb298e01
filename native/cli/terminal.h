// Lines that somebody types.
#pragma once

#include <optional>
#include <string>

namespace ratchet::cli {

/// Whether standard input is a terminal.
[[nodiscard]] bool input_is_terminal();

enum class Echo { shown, hidden };

/// A line of standard input without its end; nothing at the end of the input. What is typed hidden
/// is not shown, and a signal that ends this program leaves the terminal as it was.
[[nodiscard]] std::optional<std::string> read_line(Echo echo);

}  // namespace ratchet::cli
