// What a system calls the programs that judges and look-ups start, and how it bounds them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ratchet {

/// Python 3, as PATH has it: `python3`, but `python` on Windows, where an installation makes no
/// other name and the system's own `python3` does nothing but open a shop.
[[nodiscard]] std::string_view python_program();

/// The same command with a bound of so much memory on each of its processes: by `ulimit` of the
/// system's shell. Windows has no program for that, so that the command stays as it is there.
[[nodiscard]] std::vector<std::string> with_memory_bound(std::vector<std::string> command,
                                                         std::size_t mebibytes);

}  // namespace ratchet
