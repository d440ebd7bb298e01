// The hidden mode `ratchet watch-children`: ends the children of an engine whose process was
// killed.
#pragma once

#include <optional>
#include <span>

namespace ratchet::cli {

/// The exit code when these are the words of the watchdog's start, else nothing. Waits for the end
/// of the engine's process then (process/child_table_layout.h says through what); no signal that
/// can be blocked reaches it, so Ctrl+C in its terminal does not.
[[nodiscard]] std::optional<int> watch_children(std::span<char* const> words);

}  // namespace ratchet::cli
