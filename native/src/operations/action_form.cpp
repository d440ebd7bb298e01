#include "operations/action_form.h"

#include <cmath>

#include "core/base64.h"
#include "core/exit_code.h"
#include "core/text.h"
#include "process/shell.h"

namespace ratchet {
namespace {

constexpr double kMillisecondsPerSecond = 1000;

Error invalid(const std::string& name, const std::string& what) {
  return Error("parallel.invalid_action", "action " + in_quotes(name) + " " + what)
      .hint("give it one of command, shell, operation and host");
}

void check_form(const ActionForm& form, const std::string& name) {
  const int ways = (form.command.empty() ? 0 : 1) + (form.shell ? 1 : 0) +
                   (form.operation ? 1 : 0) + (form.host ? 1 : 0);
  if (ways == 0) throw invalid(name, "says nothing to do");
  if (ways > 1) throw invalid(name, "says more than one thing to do");
  if (form.request && !form.operation) throw invalid(name, "has a request and no operation");
  const bool is_process = !form.operation && !form.host;
  const bool has_process_fields = form.cwd || !form.env.empty() || form.input || form.input_base64;
  if (!is_process && has_process_fields)
    throw invalid(name, "is no command, so that it takes no cwd, env or stdin");
  if (form.input && form.input_base64) throw invalid(name, "has both stdin and stdin_base64");
}

std::string input_of(const ActionForm& form, const std::string& name) {
  if (form.input) return *form.input;
  if (!form.input_base64) return {};
  std::optional<std::string> bytes = base64_decode(*form.input_base64);
  if (!bytes) throw invalid(name, "has a stdin_base64 that is no base64");
  return *std::move(bytes);
}

Command command_of(const ActionForm& form, const std::string& name, std::size_t number,
                   const CommandDefaults& defaults) {
  Command command;
  command.arguments = form.shell ? shell_arguments(*form.shell) : form.command;
  if (form.cwd || defaults.cwd) command.working_directory = form.cwd ? *form.cwd : *defaults.cwd;
  command.environment.assign(form.env.begin(), form.env.end());
  command.input = input_of(form, name);
  command.grace = defaults.grace;
  command.output = defaults.output;
  command.output_limit = defaults.output_limit;
  command.streams = defaults.streams;
  if (defaults.spill) {
    command.open_spill = [spill = defaults.spill, number](StreamName stream) {
      return spill->open(spill_name(number, stream));
    };
  }
  return command;
}

/// Runs an operation as an action: what it returns is judged like the command line does.
Task task_of(const ActionForm& form, OperationContext& context) {
  const Operation& operation = find_operation(*form.operation);
  json::value request = form.request ? *form.request : json::value(json::object());
  return [&operation, &context, request = std::move(request)](const Cancellation& cancellation) {
    OperationContext own{context.environment, no_events(), cancellation, context.transactions,
                         context.host_desk};
    TaskResult result;
    result.value = operation.run(request, own);
    result.exit_code =
        result.value.is_object() ? exit_code_of_result(result.value.get_object()) : 0;
    result.passed = result.exit_code == kExitDone;
    return result;
  };
}

}  // namespace

Action action_of(const ActionForm& form, const std::string& name, std::size_t number,
                 const CommandDefaults& defaults, OperationContext& context) {
  check_form(form, name);
  Action action;
  action.name = name;
  if (form.operation) {
    action.work = task_of(form, context);
  } else if (form.host) {
    action.work = HostWork{};
  } else {
    action.work = command_of(form, name, number, defaults);
  }
  if (form.timeout_seconds)
    action.time_limit = milliseconds_of(*form.timeout_seconds, "timeout_seconds");
  return action;
}

std::string spill_name(std::size_t number, StreamName stream) {
  return std::to_string(number) + (stream == StreamName::output ? ".stdout" : ".stderr");
}

std::chrono::milliseconds milliseconds_of(double seconds, std::string_view key) {
  const auto longest = std::chrono::milliseconds(std::chrono::hours(24 * 365)).count();
  const double milliseconds = std::ceil(seconds * kMillisecondsPerSecond);
  if (!(milliseconds >= 1)) {
    throw Error("request.constraint",
                std::string(key) + " must be above 0 seconds, or left out for no limit");
  }
  return std::chrono::milliseconds(milliseconds >= static_cast<double>(longest)
                                       ? longest
                                       : static_cast<std::int64_t>(milliseconds));
}

}  // namespace ratchet
