#include "validate.h"

#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <utility>

#include "client.h"
#include "console.h"
#include "core/exit_code.h"
#include "fields_of.h"
#include "local_path.h"

namespace ratchet::cli {
namespace {

constexpr std::string_view kSchemaKey = "schema_path";
constexpr std::string_view kFilesKey = "paths";
constexpr std::string_view kPatternKey = "pattern_id";
constexpr std::string_view kFormatKey = "output_format";

/// Takes an option's word away, so that it does not go into a request.
std::string taken(ParsedOptions& options, std::string_view key) {
  const auto row = options.values.find(key);
  if (row == options.values.end()) return {};
  std::string word = row->second.front();
  options.values.erase(row);
  return word;
}

std::string output_format(ParsedOptions& options, bool as_json) {
  std::string format = taken(options, kFormatKey);
  if (format.empty()) return as_json ? "json" : "text";
  for (const std::string_view known : {"text", "json", "sarif", "github"}) {
    if (format != known) continue;
    if (!as_json || format == "json") return format;
    throw std::invalid_argument("--json and --output-format " + format + " exclude each other");
  }
  throw std::invalid_argument("--output-format: \"" + format +
                              "\" is none of text, json, sarif and github");
}

/// The options that a schema alone makes sense of.
void refuse_without_schema(const ParsedOptions& options) {
  for (const OptionRow& row : kValidateOptions) {
    const bool is_for_instance = row.key == kFilesKey || row.key == kPatternKey;
    if (is_for_instance || !options.values.contains(row.key)) continue;
    throw std::invalid_argument(std::string(row.words.substr(0, row.words.find(','))) +
                                " needs --schema");
  }
  if (options.values.find(kFilesKey)->second.size() == 1) return;
  throw std::invalid_argument("several files need --schema; an instance stands alone");
}

constexpr auto kInstanceOptions = std::to_array<OptionRow>({
    {"FILE", kFilesKey, OptionKind::instance},
    {"--pattern", kPatternKey, OptionKind::text},
});

/// A path as people type it: relative to the current folder where it lies beneath it.
std::string shown(std::string_view path) {
  const std::filesystem::path whole(path);
  if (!whole.is_absolute()) return std::string(path);
  const std::filesystem::path relative = whole.lexically_relative(current_folder());
  return relative.empty() || *relative.begin() == ".." ? std::string(path) : relative.string();
}

void show_path(json::object& object) {
  if (object.contains("path")) object["path"] = shown(text(object, "path"));
}

/// What an error says, as a finding of the file that it is about.
json::object finding_of(const json::object& error) {
  json::object finding{{"code", error.at("code")},
                       {"severity", "error"},
                       {"message", error.at("message")},
                       {"source", "engine"}};
  for (const std::string_view key : {"path", "line", "column", "hint"}) {
    if (const json::value* value = error.if_contains(key)) finding.emplace(key, *value);
  }
  return finding;
}

/// All findings of a result, those of its files and what could not be judged among them.
json::array findings_in(const json::object& result) {
  json::array all;
  const auto take = [&all](const json::object& from) {
    for (const std::string_view key : {"errors", "warnings"}) {
      for (const json::value& each : list(from, key)) {
        const json::object& object = each.as_object();
        all.push_back(object.contains("category") ? finding_of(object) : object);
      }
    }
  };
  for (const json::value& file : list(result, "files"))
    take(file.as_object());
  take(result);
  return all;
}

int print_report(Client& client, const json::array& findings, const std::string& format,
                 int exit_code) {
  const json::object request{
      {"findings", findings}, {"format", format}, {"root", current_folder()}};
  const Reply reply = client.call("report.findings", json::serialize(request));
  const json::object answer = json::parse(reply.text).as_object();
  if (reply.failed) {
    print_error(answer);
    return exit_code_of_error(answer);
  }
  std::cout << text(answer, "text");
  return exit_code;
}

void print_documents(const json::object& result) {
  for (const json::value& each : list(result, "files")) {
    json::array findings = list(each.as_object(), "errors");
    for (json::value& finding : findings)
      show_path(finding.as_object());
    print_findings(findings);
  }
  for (const json::value& each : list(result, "errors")) {
    json::object error = each.as_object();
    show_path(error);
    print_error(error);
  }
  const std::int64_t checked = number(result, "checked");
  const std::int64_t invalid = number(result, "invalid");
  const std::size_t unchecked = list(result, "errors").size();
  std::cout << checked - invalid << " valid, " << invalid << " invalid";
  if (unchecked > 0) std::cout << ", " << unchecked << " not judged";
  std::cout << "\n";
}

}  // namespace

int validate_main(ParsedOptions options, bool as_json) {
  const std::string format = output_format(options, as_json);
  const bool has_schema = options.values.contains(kSchemaKey);
  if (!has_schema) refuse_without_schema(options);
  if (has_schema && options.values.contains(kPatternKey)) {
    throw std::invalid_argument("--schema and --pattern exclude each other");
  }
  json::object request =
      has_schema ? values_of(kValidateOptions, options) : values_of(kInstanceOptions, options);
  Client client;
  ProgressView progress;
  const auto show = [&progress](std::string_view event, RunningJob&) { progress.show(event); };
  const Reply reply = client.run(has_schema ? "validate.document" : "validate.instance",
                                 json::serialize(request), show);
  progress.end();
  const json::object result = json::parse(reply.text).as_object();
  if (reply.failed) {
    print_error(result);
    if (format == "json") std::cout << "{\"error\":" << reply.text << "}\n";
    const int code = exit_code_of_error(result);
    const bool is_report = format != "json" && format != "text";
    return is_report ? print_report(client, {finding_of(result)}, format, code) : code;
  }
  if (format == "json") {
    std::cout << reply.text << "\n";
    return exit_code_of_result(result);
  }
  if (format != "text")
    return print_report(client, findings_in(result), format, exit_code_of_result(result));
  if (has_schema) {
    print_documents(result);
  } else {
    print_result(View::instance_verdict, result);
  }
  return exit_code_of_result(result);
}

}  // namespace ratchet::cli
