#include "process/command_line_win32.h"

#include <algorithm>
#include <utility>

#include "core/ascii.h"
#include "core/error.h"
#include "core/text.h"
#include "core/utf16_win32.h"
#include "process/system_folder_win32.h"

namespace ratchet {
namespace {

/// Characters that neither cmd nor a batch file gives a meaning, wherever they stand.
bool is_plain(char c) {
  constexpr std::string_view kPlain = "#$*+-./:?@\\_";
  return is_letter(c) || is_digit(c) || kPlain.find(c) != std::string_view::npos;
}

std::string argument_number(std::size_t index) {
  return index == 0 ? std::string("the name") : "argument " + std::to_string(index);
}

bool has_line_break(std::string_view text) {
  return text.find_first_of("\r\n") != std::string_view::npos;
}

std::string program_line(std::span<const std::string> arguments) {
  // The name is read by a rule of its own: up to the second quote, backslashes as they stand.
  std::string line = '"' + arguments.front() + '"';
  for (const std::string& argument : arguments.subspan(1))
    line.append(" ").append(quoted_argument(argument));
  return line;
}

/// Extensions are on, so that `%cd:~,%` is the empty text; expansion of `!` is off.
std::string batch_line(const std::filesystem::path& program,
                       std::span<const std::string> arguments) {
  std::filesystem::path script = program;
  std::string line = "cmd.exe /e:on /v:off /d /s /c \"";
  line += quoted_batch_argument(to_utf8(script.make_preferred().native()).value_or(""));
  for (const std::string& argument : arguments.subspan(1))
    line.append(" ").append(quoted_batch_argument(argument));
  return line + '"';
}

/// cmd.exe takes its line apart by rules of its own.
std::string cmd_line(std::span<const std::string> arguments) {
  std::string line = '"' + arguments.front() + '"';
  bool strips_quotes = false;
  for (std::size_t index = 1; index < arguments.size(); ++index) {
    const std::string option = lower(arguments[index]);
    strips_quotes = strips_quotes || option == "/s";
    line.append(" ").append(arguments[index]);
    if (option != "/c" && option != "/k") continue;
    std::string text;
    for (const std::string& word : arguments.subspan(index + 1))
      text.append(text.empty() ? "" : " ").append(word);
    return line + (strips_quotes ? " \"" + text + '"' : " " + text);
  }
  return line;
}

void check_text(std::span<const std::string> arguments, bool for_cmd) {
  const std::string& name = arguments.front();
  if (name.find('"') != std::string::npos) {
    throw Error("process.invalid_command", "the program " + in_quotes(name) + " has a quote");
  }
  for (std::size_t index = 0; index < arguments.size(); ++index) {
    if (!to_utf16(arguments[index])) {
      throw Error("process.invalid_command",
                  argument_number(index) + " of " + in_quotes(name) + " is not valid UTF-8");
    }
    if (!for_cmd || !has_line_break(arguments[index])) continue;
    throw Error("process.invalid_command", argument_number(index) + " of " + in_quotes(name) +
                                               " has a line break, at which cmd would stop reading")
        .hint("join commands with &&, or hand the text over in a file");
  }
}

void check_length(const std::string& name, const std::wstring& line, bool for_cmd) {
  const std::size_t longest = for_cmd ? kLongestCmdLine : kLongestLine;
  if (line.size() <= longest) return;
  throw Error("process.invalid_command", "the command line of " + in_quotes(name) + " has " +
                                             std::to_string(line.size()) + " characters; " +
                                             (for_cmd ? "cmd" : "the system") + " takes " +
                                             std::to_string(longest))
      .hint("hand arguments over in a file, or divide the work among several commands");
}

}  // namespace

std::string quoted_argument(std::string_view argument) {
  if (!argument.empty() && argument.find_first_of(" \t\n\v\"") == std::string_view::npos) {
    return std::string(argument);
  }
  std::string quoted = "\"";
  std::size_t backslashes = 0;
  for (const char c : argument) {
    // Backslashes escape only where a quote follows.
    if (c == '"') quoted.append(backslashes + 1, '\\');
    backslashes = c == '\\' ? backslashes + 1 : 0;
    quoted += c;
  }
  return quoted.append(backslashes, '\\') + '"';
}

std::string quoted_batch_argument(std::string_view argument) {
  const bool is_plain_text = !argument.empty() && argument.back() != '\\' &&
                             std::all_of(argument.begin(), argument.end(), is_plain);
  if (is_plain_text) return std::string(argument);
  std::string quoted = "\"";
  std::size_t backslashes = 0;
  for (const char c : argument) {
    // Doubled, a quote keeps cmd within quotes, and is one for the C runtime.
    if (c == '"') quoted.append(backslashes, '\\').append("\"");
    // A variable of no characters: cmd looks for names between percent signs even within quotes.
    if (c == '%') quoted += "%%cd:~,";
    backslashes = c == '\\' ? backslashes + 1 : 0;
    quoted += c;
  }
  return quoted.append(backslashes, '\\') + '"';
}

StartLine start_line(const std::filesystem::path& program, std::span<const std::string> arguments) {
  const std::string extension = lower(program.extension().string());
  const bool is_batch = extension == ".bat" || extension == ".cmd";
  const bool is_cmd = lower(program.filename().string()) == "cmd.exe";
  check_text(arguments, is_batch || is_cmd);
  std::string line;
  if (is_batch) {
    line = batch_line(program, arguments);
  } else {
    line = is_cmd ? cmd_line(arguments) : program_line(arguments);
  }
  StartLine start{is_batch ? command_interpreter() : program,
                  to_utf16(line).value_or(std::wstring())};
  check_length(arguments.front(), start.text, is_batch || is_cmd);
  return start;
}

}  // namespace ratchet
