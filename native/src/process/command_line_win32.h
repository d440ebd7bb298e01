// Arguments as the one line of text that Windows hands to a program, which takes it apart by
// itself.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace ratchet {

/// What CreateProcessW is given.
struct StartLine {
  std::filesystem::path application;  ///< the file that runs: for a batch file cmd.exe
  std::wstring text;
};

/// Longest lines, in UTF-16 units without the NUL: of CreateProcessW (its documentation), and of
/// cmd ("Command prompt line string limitation").
inline constexpr std::size_t kLongestLine = 32766;
inline constexpr std::size_t kLongestCmdLine = 8191;

/// `arguments` begin with the program's name as it was given, `program` is the file found.
///
/// - A program gets its arguments by the rules of the C runtime ("Parsing C command-line
///   arguments"), so that its argv holds them as they stand here.
/// - A batch file (.bat, .cmd) is run by the system's cmd, each argument in quotes in which none of
///   `& | < > ^ % !` means anything; `"` reaches a program that is called with `%*` as it stands.
/// - What follows `/c` or `/k` of cmd.exe itself is cmd's own text and stays as it is; behind `/s`
///   it is put into the quotes that this takes off.
///
/// Throws Error{process.invalid_command} for malformed UTF-8, for a line break in what cmd is to
/// read (it would end there), and beyond the limits.
[[nodiscard]] StartLine start_line(const std::filesystem::path& program,
                                   std::span<const std::string> arguments);

/// One argument by the rules of the C runtime.
[[nodiscard]] std::string quoted_argument(std::string_view argument);

/// One argument of a batch file.
[[nodiscard]] std::string quoted_batch_argument(std::string_view argument);

}  // namespace ratchet
