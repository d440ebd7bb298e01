// The command line: words to requests, results to people, and exit codes.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

#include "client.h"
#include "console.h"
#include "core/exit_code.h"
#include "request.h"
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

/// The sentences of an operation's request, for help. Asked for only when somebody wants help.
class HelpTexts {
 public:
  explicit HelpTexts(bool wanted) : wanted_(wanted) {}

  std::string of(std::string_view operation, std::string_view key) {
    if (!wanted_) return {};
    if (operation != loaded_) load(operation);
    const json::value* property = properties_.if_contains(key);
    if (property == nullptr) return {};
    const json::value* sentence = property->as_object().if_contains("description");
    return sentence == nullptr ? std::string() : std::string(sentence->as_string());
  }

 private:
  void load(std::string_view operation) {
    loaded_ = operation;
    properties_.clear();
    Client client;
    const Reply reply =
        client.call("describe", json::serialize(json::object{{"operation", operation}}));
    if (reply.failed) return;
    const json::object described = json::parse(reply.text).as_object();
    const json::object& schema =
        described.at("operations").as_array().at(0).as_object().at("request").as_object();
    const std::string name =
        std::string(schema.at("$ref").as_string()).substr(sizeof("#/$defs/") - 1);
    properties_ = schema.at("$defs").as_object().at(name).as_object().at("properties").as_object();
  }

  const bool wanted_;
  std::string_view loaded_;
  json::object properties_;
};

void add_option(CLI::App& app, const CommandRow& command, const OptionRow& row, Choice& choice,
                HelpTexts& help) {
  const std::string words(row.words);
  const std::string key(row.key);
  const std::string sentence =
      row.help.empty() ? help.of(command.operation, row.key) : std::string(row.help);
  CLI::Option* option = nullptr;
  const bool is_flag = row.kind == OptionKind::flag || row.kind == OptionKind::off_flag ||
                       row.kind == OptionKind::fixed;
  if (is_flag) {
    option = app.add_flag_function(
        words,
        [&choice, key, value = std::string(row.value)](std::int64_t) {
          std::vector<std::string>& given = choice.options.values[key];
          if (!given.empty() && given.front() != value) {
            throw CLI::ValidationError("--" + given.front() + " and --" + value +
                                       " exclude each other");
          }
          given = {value};
        },
        sentence);
  } else if (row.kind == OptionKind::sets) {
    option = app.add_option_function<std::vector<std::string>>(
        words,
        [&choice, key](const std::vector<std::string>& given) {
          choice.options.values[key] = given;
        },
        sentence);
    option->allow_extra_args(false)->type_name("KEY=VALUE");
  } else {
    option = app.add_option_function<std::string>(
        words, [&choice, key](const std::string& given) { choice.options.values[key] = {given}; },
        sentence);
  }
  if (row.required) option->required();
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
  for (const OptionRow& row : command.options)
    add_option(*own, command, row, choice, help);
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

int perform(const Choice& choice) {
  Client client;
  ProgressView progress;
  const auto show = [&progress](std::string_view event) { progress.show(event); };
  const bool is_call = choice.command == nullptr;
  std::string request = is_call ? read_standard_input()
                                : json::serialize(build_request(*choice.command, choice.options));
  if (is_call && choice.call_operation == "transaction.begin") request = detached(request);
  const std::string_view operation = is_call ? choice.call_operation : choice.command->operation;
  const Reply reply = client.run(operation, request, show);
  progress.end();
  return answer(reply, is_call ? View::raw : choice.command->view, is_call || choice.as_json);
}

bool wants_help(int count, char** words) {
  return std::any_of(words, words + count,
                     [](std::string_view word) { return word == "--help" || word == "-h"; });
}

int run_main(int count, char** words) {
  CLI::App app("Changes many files of a repository as one step that happens whole or not at all.",
               "ratchet");
  app.set_version_flag("--version", std::string("ratchet ") + ratchet_version());
  app.require_subcommand(1);
  Choice choice;
  HelpTexts help(wants_help(count, words));
  for (const CommandRow& command : commands())
    add_command(app, command, choice, help);
  CLI::App* call = app.add_subcommand(
      "call", "Runs an operation: its request from standard input, its result to standard output.");
  call->add_option("OPERATION", choice.call_operation, "As describe lists them.")->required();
  try {
    app.parse(count, words);
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
    if (const auto code = ratchet::cli::watch_children({words, static_cast<std::size_t>(count)}))
      return *code;
    return ratchet::cli::run_main(count, words);
  } catch (const std::exception& fault) {
    return ratchet::cli::fail(fault.what());
  }
}
