// Asking a program for its version, and reading what it answers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "validation/dependencies/version.h"

namespace ratchet {

/// The arguments with which a program says its version, and nothing else happens: `--version`, or
/// what the table of programs has (`go version`, `java -version`).
[[nodiscard]] std::vector<std::string> version_arguments(std::string_view program);

/// Whether the table has the program. One that it has not is run for its version only where a
/// version is asked for: nobody knows what it does with `--version`.
[[nodiscard]] bool is_known_program(std::string_view program);

struct ToolVersion {
  std::string text;  ///< as the program writes it: `2.39.5`, `1.8.0_392`
  Version version;   ///< in which `1.8.0_392` of java is 8.0.392
};

/// The version in what a program printed for version_arguments(): the first line decides that says
/// "version", or has the program's name in its first word, or begins with a version, or consists of
/// words, a version and at most a remark in parentheses. There, a number with dots behind the word
/// "version" goes first, then one outside of parentheses, then one within; a whole number counts
/// only right behind the program's name (`less 590`). Suffixes that name a pre-release (`rc1`,
/// `-beta.2`, `-preview.1`) are one, all others (`p20`, `-0ubuntu1`,
/// `.windows.1`) count for nothing. Nothing where there is no such line.
[[nodiscard]] std::optional<ToolVersion> read_tool_version(std::string_view program,
                                                           std::string_view output);

}  // namespace ratchet
