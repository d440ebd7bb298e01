// What an action does, as requests say it. For sources of this room only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/fields.h"
#include "operations/operation.h"
#include "parallel/action.h"
#include "parallel/spill_folder.h"

namespace ratchet {

/// Exactly one of command, shell, operation and host.
struct ActionForm {
  std::vector<std::string> command;
  std::optional<std::string> shell;
  std::optional<std::string> operation;
  std::optional<json::value> request;
  bool host = false;
  std::optional<std::string> cwd;
  std::map<std::string, std::optional<std::string>> env;
  std::optional<std::string> input;
  std::optional<std::string> input_base64;
  std::optional<double> timeout_seconds;
};

/// What holds for all commands of a run.
struct CommandDefaults {
  std::optional<std::string> cwd;
  std::chrono::milliseconds grace{2000};
  OutputMode output = OutputMode::capture;
  bool streams = false;
  std::size_t output_limit = 0;
  std::shared_ptr<const SpillFolder> spill;  ///< nothing: none
};

/// Throws Error: parallel.invalid_action, operation.unknown, process.invalid_command,
/// request.constraint. `number` (from 1) names the action's spill files. The context must outlive
/// the action.
[[nodiscard]] Action action_of(const ActionForm& form, const std::string& name, std::size_t number,
                               const CommandDefaults& defaults, OperationContext& context);

/// The names of an action's spill files.
[[nodiscard]] std::string spill_name(std::size_t number, StreamName stream);

/// Throws Error{request.constraint} below a millisecond; what is longer than a year is a year.
[[nodiscard]] std::chrono::milliseconds milliseconds_of(double seconds, std::string_view key);

inline constexpr auto kActionFormFields = std::make_tuple(
    field("command", &ActionForm::command,
          "The program and its arguments; no shell reads them. A name without a slash is looked up "
          "on the PATH that the child gets."),
    field("shell", &ActionForm::shell, "A text for the system's shell."),
    field("operation", &ActionForm::operation, "An operation of this engine."),
    field("request", &ActionForm::request, "The operation's request."),
    field("host", &ActionForm::host,
          "True: the caller does it, from the event job.started on, and answers with "
          "parallel.report."),
    field("cwd", &ActionForm::cwd, "Absolute; where the command runs."),
    field("env", &ActionForm::env, "Variables on top of the host's; null takes one away."),
    field("stdin", &ActionForm::input, "What the command reads; nothing when absent."),
    field("stdin_base64", &ActionForm::input_base64, "The same, where it is no text."),
    field("timeout_seconds", &ActionForm::timeout_seconds,
          "The limit of an attempt; the run's own when absent."));

template <>
struct Record<ActionForm> {
  static constexpr std::string_view name = "ActionForm";
  static constexpr std::string_view sentence =
      "What to do: exactly one of command, shell, operation and host.";
  static constexpr auto fields = kActionFormFields;
};

}  // namespace ratchet
