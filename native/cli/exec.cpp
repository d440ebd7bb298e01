#include "exec.h"

#include <CLI/CLI.hpp>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <stdexcept>

#include "client.h"
#include "console.h"
#include "core/error.h"
#include "core/exit_code.h"
#include "exec_view.h"
#include "fields_of.h"
#include "job_source.h"
#include "options.h"
#include "output_writer.h"
#include "scratch_folder.h"
#include "terminal.h"

namespace ratchet::cli {
namespace {

constexpr std::string_view kOperation = "parallel.run";
/// What is kept in memory of a stream that can be put into a file, so that a hundred jobs at once
/// take megabytes and not gigabytes.
constexpr std::int64_t kBytesInMemory = std::int64_t{256} << 10;

constexpr auto kOptions = std::to_array<OptionRow>({
    {"--jobs,-j", "throttle_limit", OptionKind::integer},
    {"--timeout", "timeout_seconds", OptionKind::number},
    {"--total-timeout", "total_timeout_seconds", OptionKind::number},
    {"--grace", "grace_seconds", OptionKind::number},
    {"--retries", "retries", OptionKind::integer},
    {"--retry-delay", "retry_seconds", OptionKind::number},
    {"--fail-fast", "fail_fast", OptionKind::flag},
    {"--cwd", "cwd", OptionKind::path, false, "Where the commands run; the current folder else."},
    {"--live,--ungroup", "output", OptionKind::fixed, false,
     "Jobs write straight to this terminal or pipe, as they come.", "inherit"},
    {"--spill", "spill_folder", OptionKind::path, false,
     "Keep outputs that outgrow memory as files in this folder."},
});

const std::map<std::string, JobFormat> kFormats{{"json", JobFormat::json},
                                                {"jsonl", JobFormat::json_lines},
                                                {"lines", JobFormat::lines},
                                                {"null", JobFormat::null}};

/// What the command line said.
struct ExecWords {
  ParsedOptions settings;
  JobForm form;
  std::string input = "-";
  bool keep_order = false;
  bool quiet = false;
  bool as_json = false;
  bool dry_run = false;
};

void add_words(CLI::App& app, ExecWords& words, HelpTexts& help) {
  app.add_option("--input,-i", words.input, "Read the jobs from this file.")->type_name("FILE");
  app.add_option_function<std::string>(
         "--format", [&words](const std::string& name) { words.form.format = kFormats.at(name); },
         "json, jsonl, lines or null; found out by looking when absent.")
      ->check(CLI::IsMember(kFormats))
      ->type_name("FORMAT");
  app.add_flag_function(
      "--null,-0", [&words](std::int64_t) { words.form.format = JobFormat::null; },
      "Items end with a NUL: --format null.");
  app.add_flag("--shell", words.form.shell, "Have the system's shell run each line.");
  add_options(app, kOperation, kOptions, words.settings, help);
  app.add_flag("--keep-order,-k", words.keep_order, "Print outputs in the order of the jobs.");
  app.add_flag("--quiet,-q", words.quiet, "Neither progress nor a line for each failure.");
  app.add_flag("--dry-run,-n", words.dry_run, "Print the commands and run none.");
  app.add_flag("--json", words.as_json,
               "Print the result object alone on standard output, and events, one a line, on "
               "standard error where it is no terminal.");
  app.prefix_command();
  app.footer(
      "COMMAND ARGUMENTS... run once for each item, which takes the place of {} or comes last. "
      "Without a COMMAND each line is one.");
}

/// What is left over is the command. Throws std::invalid_argument for an option nobody knows.
std::vector<std::string> command_of(std::vector<std::string> rest) {
  if (rest.empty()) return rest;
  if (rest.front() == "--") {
    rest.erase(rest.begin());
  } else if (rest.front().starts_with('-') && rest.front().size() > 1) {
    throw std::invalid_argument("there is no option " + rest.front() +
                                "; a command that begins like this stands behind --");
  }
  return rest;
}

std::string read_input(const std::string& name) {
  if (name == "-") return read_standard_input();
  if (std::filesystem::is_directory(name))
    throw std::invalid_argument("\"" + name + "\" is a folder, not a list of jobs");
  std::ifstream file(std::filesystem::path(name), std::ios::binary);
  if (!file) throw std::invalid_argument("cannot read \"" + name + "\"");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void refuse_contradictions(const ExecWords& words, bool is_live) {
  if (is_live && words.as_json)
    throw std::invalid_argument("--json and output that goes straight out exclude each other");
  if (is_live && words.keep_order) {
    throw std::invalid_argument(
        "--keep-order and output that goes straight out exclude each other");
  }
}

int print_dry(const json::object& request, bool as_json) {
  if (as_json) {
    std::cout << json::serialize(request) << "\n";
    return kExitDone;
  }
  for (const json::value& action : list(request, "actions"))
    std::cout << shown_command(action.as_object()) << "\n";
  return kExitDone;
}

int fail(const json::object& error, bool as_json) {
  print_error(error);
  if (as_json) std::cout << json::serialize(json::object{{"error", error}}) << "\n";
  return exit_code_of_error(error);
}

/// Options of the engine: where outputs can be put into files, less of them stays in memory.
std::string engine_options(bool has_files) {
  if (!has_files) return {};
  return json::serialize(json::object{{"limits", {{"output_bytes", kBytesInMemory}}}});
}

/// Prints nothing but the events, where a program reads them, or else progress and failures.
Reply run_for_program(const std::string& request, const std::vector<std::string>& names,
                      const ExecWords& words) {
  Client client;
  ExecView view(names, {false, words.quiet, true, false});
  const bool is_read_by_people = error_is_terminal();
  Reply reply = client.run(kOperation, request, [&](std::string_view event, RunningJob& job) {
    if (is_read_by_people) return view.show(event, job);
    if (!words.quiet) std::cerr << event << '\n';
  });
  view.end();
  return reply;
}

int answer_to_program(const std::string& request, const std::vector<std::string>& names,
                      const ExecWords& words) {
  const Reply reply = run_for_program(request, names, words);
  const json::object answer = json::parse(reply.text).as_object();
  if (reply.failed) return fail(answer, true);
  std::cout << reply.text << std::endl;
  if (!std::cout) return row_of(Category::io).exit_code;
  return exit_code_of_result(answer);
}

int answer_to_people(json::object request, const std::vector<std::string>& names,
                     const ExecWords& words, bool is_live) {
  std::optional<ScratchFolder> scratch;
  if (!is_live && !request.contains("spill_folder")) {
    scratch.emplace("ratchet-exec");
    if (scratch->exists()) request["spill_folder"] = scratch->path();
  }
  request["output_in_events"] = true;
  const std::string text = json::serialize(request);
  const bool has_files = request.contains("spill_folder");
  request = {};
  Client client(engine_options(has_files));
  ExecView view(names, {words.keep_order, words.quiet, !is_live, scratch.has_value()});
  const Reply reply =
      client.run(kOperation, text,
                 [&view](std::string_view event, RunningJob& job) { view.show(event, job); });
  view.end();
  const json::object answer = json::parse(reply.text).as_object();
  if (reply.failed) return fail(answer, false);
  const int code = exit_code_of_result(answer);
  const bool was_told_to_stop = view.output_error() == ECANCELED;
  if (view.output_error() != 0 && !was_told_to_stop) {
    std::cerr << "error: cannot write to standard output: "
              << std::generic_category().message(view.output_error())
              << "; what still ran was ended\n";
    return row_of(Category::io).exit_code;
  }
  return view.has_lost_output() && code == kExitDone ? row_of(Category::io).exit_code : code;
}

int perform(const ExecWords& words) {
  const std::string source = words.input == "-" ? "standard input" : words.input;
  Jobs jobs;
  try {
    jobs = read_jobs(read_input(words.input), source, words.form);
  } catch (const Error& error) {
    return fail(object_of(error), words.as_json);
  }
  json::object request = std::move(jobs.settings);
  for (auto& setting : values_of(kOptions, words.settings))
    request[setting.key()] = std::move(setting.value());
  const bool is_live = text(request, "output") == "inherit";
  refuse_contradictions(words, is_live);
  request["actions"] = std::move(jobs.actions);
  if (words.dry_run) return print_dry(request, words.as_json);
  if (jobs.names.empty() && !words.as_json) return kExitDone;
  // Who reads our output and went away is found out by writing.
  ignore_broken_pipes();
  if (words.as_json) return answer_to_program(json::serialize(request), jobs.names, words);
  return answer_to_people(std::move(request), jobs.names, words, is_live);
}

}  // namespace

int exec_main(std::span<char*> given) {
  CLI::App app(std::string(kExecSentence), "ratchet exec");
  app.allow_windows_style_options(false);  // what begins with `/` is a path on every system
  ExecWords words;
  HelpTexts help(wants_help(given));
  add_words(app, words, help);
  try {
    app.parse(static_cast<int>(given.size()), given.data());
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? kExitDone : row_of(Category::invalid_argument).exit_code;
  }
  words.form.command = command_of(app.remaining());
  return perform(words);
}

}  // namespace ratchet::cli
