// Jobs as `ratchet exec` is given them: JSON, JSON lines, or items one a line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace ratchet::cli {

enum class JobFormat {
  json,        ///< a list of actions, or an object with `actions` and settings of the run
  json_lines,  ///< one action a line
  lines,       ///< one item a line; blank lines are left out, as is a CR at a line's end
  null,        ///< items that end with a NUL, byte for byte
};

/// How items become actions.
struct JobForm {
  /// Nothing: by its first character that is no white space, where no command is given. `{`, and
  /// `[` before `{` or `]`, are JSON.
  std::optional<JobFormat> format;
  /// A shell runs each line, or the command's words with a blank between them.
  bool shell = false;
  /// With the item in the place of each `{}`, or behind it where it has none. Empty: each item is a
  /// command line.
  std::vector<std::string> command;
};

struct Jobs {
  json::object settings;           ///< what a document says of the run as a whole
  json::array actions;             ///< as parallel.run takes them
  std::vector<std::string> names;  ///< of each, as the events call it
};

/// The jobs in `text`; `source` is what messages call it. An item's name is the item, with its
/// number behind it where an earlier one has the same.
///
/// Throws Error: jobs.invalid, jobs.needs_shell, json.*, text.invalid_utf8 (arguments are texts),
/// with the place.
[[nodiscard]] Jobs read_jobs(std::string text, const std::string& source, const JobForm& form);

/// The action as a line that a shell could run, where it is a command.
[[nodiscard]] std::string shown_command(const json::object& action);

}  // namespace ratchet::cli
