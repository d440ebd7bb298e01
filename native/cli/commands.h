// The friendly commands: how each one's words become a request.
#pragma once

#include <span>
#include <string_view>

namespace ratchet::cli {

/// How a word on the command line becomes a value of a request.
enum class OptionKind {
  text,      ///< as it is
  flag,      ///< true
  off_flag,  ///< false
  path,      ///< absolute, from the current folder
  paths,     ///< the same, any number of times
  files,     ///< any number of files and of patterns for files, or `-` for standard input: paths,
             ///< globs and root, or document_text
  instance,  ///< a file, or `-` for standard input: instance_path or instance_text
  texts,     ///< any number of times: a list of texts; `value` is what help calls one
  own_flag,  ///< for the command line itself: no part of the request
  root,      ///< as path; the current folder when it is not given
  changes,   ///< a file, or `-`: a JSON list of operations, or an object with that list
  fixed,     ///< a flag that stands for `value`
  integer,   ///< a whole number
  number,    ///< a number
};

struct OptionRow {
  std::string_view words;  ///< as CLI11 takes them: `--dry-run,-n`, or a name for a positional
  std::string_view key;    ///< of the request; its sentence there is the help
  OptionKind kind;
  bool required = false;
  std::string_view help = {};  ///< where the words mean something else than the key
  std::string_view value = {};
};

/// How a result is shown to people.
enum class View {
  run,
  instance_verdict,
  patterns,
  templates,
  rendered,
  loaded_template,
  output,
  description,
  health,
  commit,
  transaction,
  transactions,
  recovered,
  runs,
  raw,
};

struct CommandRow {
  std::string_view name;  ///< `run`, or `template list` for a command of a group
  std::string_view operation;
  std::string_view sentence;
  View view;
  std::span<const OptionRow> options;
};

/// The flag of the command line that says not to ask for what is missing.
inline constexpr std::string_view kNoInput = "no_input";

[[nodiscard]] std::span<const CommandRow> commands();

}  // namespace ratchet::cli
