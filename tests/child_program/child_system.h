// What the child program of tests needs of its system. Each system's file has the program's entry,
// too.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ratchet::test {

using Words = std::vector<std::string>;

/// Does the steps; its exit code.
int do_steps(const Words& words);

/// The value, or "unset".
[[nodiscard]] std::string variable(const std::string& name);
[[nodiscard]] std::string current_folder();
[[nodiscard]] std::int64_t own_id();
/// How many descriptors (on Windows handles of files and pipes) this process has.
[[nodiscard]] int open_streams();
/// Opens a file that exists and keeps it open to the end; Windows lets nobody else open it.
void hold(const std::string& name);
/// From now on a request to end (SIGTERM, Ctrl+Break) passes without effect.
void ignore_requests();
/// On a request to end: writes the line and exits.
void say_farewell(const std::string& line, int code);
/// Starts this program with these steps; a quiet one has none of our streams. Its id.
std::int64_t start_self(const Words& steps, bool is_quiet);
/// Ends this process without a word.
[[noreturn]] void exit_at_once(std::uint32_t code);

}  // namespace ratchet::test
