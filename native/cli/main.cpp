// The command line: words to requests, results to people, and exit codes.
#include <CLI/CLI.hpp>
#include <iostream>
#include <span>

#include "ask.h"
#include "client.h"
#include "console.h"
#include "core/exit_code.h"
#include "exec.h"
#include "library.h"
#include "options.h"
#include "request.h"
#include "started.h"
#include "validate.h"
#include "watchdog.h"

namespace ratchet::cli {
namespace {

/// What was chosen on the command line.
struct Choice {
  const CommandRow* command = nullptr;
  std::string call_operation;
  ParsedOptions options;
  bool as_json = false;
};

int fail(const std::string& message) {
  std::cerr << "error: " << message << "\n";
  return row_of(Category::invalid_argument).exit_code;
}

void add_command(CLI::App& app, const CommandRow& command, Choice& choice, HelpTexts& help) {
  const std::string name(command.name);
  const std::size_t blank = name.find(' ');
  CLI::App* parent = &app;
  if (blank != std::string::npos) {
    const std::string group = name.substr(0, blank);
    const std::vector<CLI::App*> known =
        app.get_subcommands([&](const CLI::App* other) { return other->get_name() == group; });
    parent = known.empty() ? app.add_subcommand(group, "Commands about a " + group + ".")
                           : known.front();
    parent->require_subcommand(1);
  }
  CLI::App* own = parent->add_subcommand(blank == std::string::npos ? name : name.substr(blank + 1),
                                         std::string(command.sentence));
  add_options(*own, command.operation, command.options, choice.options, help);
  own->add_flag("--json", choice.as_json, "Print the result object alone on standard output.");
  own->callback([&choice, &command] { choice.command = &command; });
}

int answer(const Reply& reply, View view, bool as_json) {
  if (reply.failed) {
    const json::object error = json::parse(reply.text).as_object();
    print_error(error);
    if (as_json) std::cout << "{\"error\":" << reply.text << "}\n";
    return exit_code_of_error(error);
  }
  const json::object result = json::parse(reply.text).as_object();
  if (as_json) {
    std::cout << reply.text << "\n";
  } else {
    print_result(view, result);
  }
  return exit_code_of_result(result);
}

std::string request_of(const Choice& choice, Client& client) {
  json::object request = build_request(*choice.command, choice.options);
  const bool may_ask =
      choice.command->view == View::rendered && !choice.options.values.contains(kNoInput);
  if (may_ask) ask_for_variables(client, request);
  return json::serialize(request);
}

int perform(const Choice& choice) {
  if (choice.command != nullptr && choice.command->name == kValidateName)
    return validate_main(choice.options, choice.as_json);
  Client client;
  ProgressView progress;
  const auto show = [&progress](std::string_view event, RunningJob&) { progress.show(event); };
  const bool is_call = choice.command == nullptr;
  std::string request = is_call ? read_standard_input() : request_of(choice, client);
  if (is_call && choice.call_operation == "transaction.begin") request = detached(request);
  const std::string_view operation = is_call ? choice.call_operation : choice.command->operation;
  const Reply reply = client.run(operation, request, show);
  progress.end();
  return answer(reply, is_call ? View::raw : choice.command->view, is_call || choice.as_json);
}

int run_main(std::span<char*> given) {
  // Its own words end where those of the command begin that it is to run.
  if (given.size() > 1 && given[1] == kExecName) return exec_main(given.subspan(1));
  CLI::App app("Changes many files of a repository as one step that happens whole or not at all.",
               "ratchet");
  app.allow_windows_style_options(false);  // what begins with `/` is a path on every system
  app.set_version_flag("--version", std::string("ratchet ") + ratchet_version());
  app.require_subcommand(1);
  Choice choice;
  HelpTexts help(wants_help(given));
  for (const CommandRow& command : commands())
    add_command(app, command, choice, help);
  app.add_subcommand(std::string(kExecName), std::string(kExecSentence));
  CLI::App* call = app.add_subcommand(
      "call", "Runs an operation: its request from standard input, its result to standard output.");
  call->add_option("OPERATION", choice.call_operation, "As describe lists them.")->required();
  try {
    app.parse(static_cast<int>(given.size()), given.data());
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? kExitDone : row_of(Category::invalid_argument).exit_code;
  }
  return perform(choice);
}

}  // namespace
}  // namespace ratchet::cli

int main(int count, char** words) {
  try {
    const ratchet::cli::Started started(count, words);
    ratchet::cli::load_library();
    if (const auto code = ratchet::cli::watch_children(started.words())) return *code;
    return ratchet::cli::run_main(started.words());
  } catch (const std::exception& fault) {
    return ratchet::cli::fail(fault.what());
  }
}
