// `ratchet exec`: many commands at once, in the place of xargs and GNU parallel.
#pragma once

#include <span>
#include <string_view>

namespace ratchet::cli {

inline constexpr std::string_view kExecName = "exec";
inline constexpr std::string_view kExecSentence =
    "Runs many commands at once: jobs from standard input, as lines, NUL-separated or JSON.";

/// `words` begin with `exec`; those from the first on that is no option are the command to run.
/// Prints everything itself; the exit code.
[[nodiscard]] int exec_main(std::span<char*> words);

}  // namespace ratchet::cli
