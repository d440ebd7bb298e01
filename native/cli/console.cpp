#include "console.h"

#include <iostream>

#include "core/base64.h"
#include "fields_of.h"

namespace ratchet::cli {
namespace {

/// `path:line:column: ` as far as it is known.
std::string place_of(const json::object& object) {
  std::string place(text(object, "path"));
  if (place.empty()) return place;
  if (number(object, "line") > 0) {
    place += ":" + std::to_string(number(object, "line")) + ":" +
             std::to_string(number(object, "column"));
  }
  return place + ": ";
}

void print_finding(const json::object& finding) {
  std::cerr << "  " << place_of(finding) << text(finding, "severity") << ": "
            << text(finding, "message") << "\n";
  if (const std::string_view excerpt = text(finding, "excerpt"); !excerpt.empty()) {
    std::cerr << "    " << excerpt << "\n";
    if (finding.contains("excerpt_caret")) {
      const auto blanks = static_cast<std::size_t>(number(finding, "excerpt_caret"));
      std::cerr << "    " << std::string(blanks, ' ') << "^\n";
    }
  }
  if (!text(finding, "hint").empty()) std::cerr << "    hint: " << text(finding, "hint") << "\n";
}

void print_paths(const json::object& changes) {
  for (const std::string_view what : {"created", "modified", "deleted"}) {
    for (const json::value& path : list(changes, what))
      std::cout << what << " " << std::string_view(path.get_string()) << "\n";
  }
}

void print_run(const json::object& run) {
  for (const json::value& step : list(run, "steps")) {
    print_findings(list(step.as_object(), "findings"));
  }
  for (const json::value& error : list(run, "errors"))
    print_error(error.as_object());
  std::cout << text(run, "diff");
  print_paths(run.at("changes").as_object());
  std::cout << text(run, "pattern_id") << " " << text(run, "status") << " in "
            << number(run, "duration_ms") << " ms";
  if (!text(run, "plan_sha256").empty()) std::cout << ", plan " << text(run, "plan_sha256");
  std::cout << "\n";
  if (const json::value* record = run.if_contains("record")) {
    std::cout << "record " << text(record->as_object(), "path") << "\n";
  }
}

void print_warnings_of_links(const json::object& result) {
  for (const json::value& path : list(result, "hard_linked")) {
    std::cerr << "warning: " << std::string_view(path.get_string())
              << " has other names too; they keep the old content\n";
  }
}

void print_commit(const json::object& result) {
  for (const json::value& error : list(result, "errors"))
    print_error(error.as_object());
  print_warnings_of_links(result);
  std::cout << text(result, "diff");
  print_paths(result.at("changes").as_object());
  const std::string_view id = text(result, "id");
  std::cout << "transaction " << id << (id.empty() ? "" : " ") << text(result, "status");
  if (!text(result, "plan_sha256").empty()) std::cout << ", plan " << text(result, "plan_sha256");
  std::cout << "\n";
}

void print_transaction(const json::object& info) {
  print_warnings_of_links(info);
  std::cout << text(info, "diff") << "transaction " << text(info, "id") << " "
            << text(info, "state") << ", " << list(info, "operations").size()
            << " operations, plan " << text(info, "plan_sha256") << "\n";
}

void print_recovered(const json::object& result) {
  for (const json::value& each : list(result, "recovered")) {
    const json::object& recovered = each.as_object();
    if (const json::value* error = recovered.if_contains("error")) print_error(error->as_object());
    for (const json::value& path : list(recovered, "filled"))
      std::cout << "stays " << std::string_view(path.get_string()) << "\n";
    for (const json::value& path : list(recovered, "kept"))
      std::cout << "kept " << std::string_view(path.get_string()) << "\n";
    std::cout << text(recovered, "id") << " " << text(recovered, "outcome") << "\n";
  }
}

void print_runs(const json::object& result) {
  for (const json::value& each : list(result, "runs")) {
    const json::object& run = each.as_object();
    const bool undone = run.at("undone").as_bool();
    std::cout << text(run, "id") << "  " << text(run, "kept_at") << "  +" << number(run, "created")
              << " ~" << number(run, "modified") << " -" << number(run, "deleted") << "  "
              << text(run, "pattern") << (undone ? "  (undone)" : "") << "\n";
  }
}

void print_verdict(const json::object& verdict) {
  print_findings(list(verdict, "errors"));
  print_findings(list(verdict, "warnings"));
  const bool valid = verdict.at("valid").as_bool();
  std::cout << (valid ? "valid" : "invalid");
  if (!text(verdict, "pattern_id").empty()) std::cout << " " << text(verdict, "pattern_id");
  std::cout << "\n";
}

void print_rows(const json::array& rows, std::string_view first, std::string_view second,
                std::string_view third) {
  for (const json::value& row : rows) {
    const json::object& object = row.as_object();
    std::cout << text(object, first) << "  " << text(object, second) << "  " << text(object, third)
              << "\n";
  }
}

/// The templates that can be used; those that cannot be are told beside them, not among them.
void print_templates(const json::array& templates) {
  json::array usable;
  for (const json::value& row : templates) {
    const json::object& object = row.as_object();
    if (object.contains("fault")) {
      std::cerr << "warning: template " << text(object, "name")
                << " cannot be used: " << text(object, "fault") << "\n";
    } else {
      usable.push_back(row);
    }
  }
  print_rows(usable, "language", "name", "description");
}

/// What came of writing files: the diff of a plan, or the paths.
void print_output(const json::object& result) {
  std::cout << text(result, "diff");
  if (const json::value* changes = result.if_contains("changes")) print_paths(changes->as_object());
  if (result.at("dry_run").as_bool()) {
    std::cout << "planned, plan " << text(result, "plan_sha256") << "\n";
  }
}

/// The text of a file, or its bytes.
void print_content(const json::object& file) {
  if (file.contains("content")) {
    std::cout << text(file, "content");
  } else if (const auto bytes = base64_decode(text(file, "content_base64"))) {
    std::cout << *bytes;
  }
}

void print_rendered(const json::object& result) {
  if (!text(result, "plan_sha256").empty()) return print_output(result);
  const json::array& files = list(result, "files");
  for (const json::value& each : files) {
    const json::object& file = each.as_object();
    if (files.size() > 1) std::cout << "==> " << text(file, "path") << " <==\n";
    print_content(file);
  }
}

/// ` (string, required, when cache)`
void print_variable(const json::object& variable) {
  std::string traits(text(variable, "type"));
  const auto add = [&traits](std::string_view trait) {
    traits.append(traits.empty() ? "" : ", ").append(trait);
  };
  if (variable.at("required").as_bool()) add("required");
  if (variable.at("secret").as_bool()) add("secret");
  for (const std::string_view key : {"default", "when", "choices"}) {
    const json::value* value = variable.if_contains(key);
    if (value != nullptr) add(std::string(key) + " " + json::serialize(*value));
  }
  std::cout << "  " << text(variable, "name") << " (" << traits << ")  "
            << text(variable, "description") << "\n";
}

void print_template(const json::object& loaded) {
  std::cout << text(loaded, "name");
  if (!text(loaded, "language").empty()) std::cout << " for " << text(loaded, "language");
  std::cout << " (" << text(loaded, "source") << ")  " << text(loaded, "description")
            << "\nvariables\n";
  for (const json::value& variable : list(loaded, "variables"))
    print_variable(variable.as_object());
  std::cout << "files\n";
  for (const json::value& each : list(loaded, "files")) {
    const json::object& file = each.as_object();
    std::cout << "  " << text(file, "path");
    if (!text(file, "each").empty()) {
      std::cout << "  for each " << text(file, "as") << " of " << text(file, "each");
    }
    if (const json::value* when = file.if_contains("when")) {
      std::cout << "  when " << json::serialize(*when);
    }
    std::cout << "\n";
  }
}

void print_health(const json::object& health) {
  std::cout << "ratchet " << text(health, "version") << ", " << number(health, "threads")
            << " threads\n";
  for (const json::value& tool : list(health, "tools")) {
    const json::object& object = tool.as_object();
    const std::string_view path = text(object, "path");
    std::cout << (path.empty() ? "missing " : "found   ") << text(object, "name") << "  "
              << (path.empty() ? text(object, "purpose") : path) << "\n";
  }
}

}  // namespace

void print_findings(const json::array& findings) {
  for (const json::value& finding : findings)
    print_finding(finding.as_object());
}

void ProgressView::show(std::string_view event_text) {
  const json::object event = json::parse(event_text).as_object();
  const std::string_view kind = text(event, "event");
  if (kind == "progress") {
    return line_.show(std::string(text(event, "label")) + " " +
                      std::to_string(number(event, "done")) + "/" +
                      std::to_string(number(event, "total")));
  }
  if (kind == "step.finished") {
    end();
    std::cerr << text(event, "id") << " " << text(event, "name") << ": " << text(event, "message")
              << " (" << number(event, "duration_ms") << " ms)\n";
  }
  if (kind == "log") {
    end();
    std::cerr << text(event, "level") << ": " << text(event, "message") << "\n";
  }
}

void ProgressView::end() {
  line_.clear();
}

void print_result(View view, const json::object& result) {
  switch (view) {
    case View::run:
      print_run(result);
      break;
    case View::instance_verdict:
      print_verdict(result);
      break;
    case View::patterns:
      print_rows(list(result, "patterns"), "name", "id", "description");
      break;
    case View::templates:
      print_templates(list(result, "templates"));
      break;
    case View::rendered:
      print_rendered(result);
      break;
    case View::loaded_template:
      print_template(result);
      break;
    case View::output:
      print_output(result);
      break;
    case View::health:
      print_health(result);
      break;
    case View::commit:
      print_commit(result);
      break;
    case View::transaction:
      print_transaction(result);
      break;
    case View::transactions:
      print_rows(list(result, "transactions"), "id", "state", "touched_at");
      break;
    case View::recovered:
      print_recovered(result);
      break;
    case View::runs:
      print_runs(result);
      break;
    case View::description:
    case View::raw:
      std::cout << json::serialize(result) << "\n";
      break;
  }
}

json::object object_of(const Error& error) {
  json::object object{{"code", error.code().name()},
                      {"category", row_of(error.category()).name},
                      {"message", error.message()}};
  if (error.path()) object.emplace("path", *error.path());
  if (error.position().known()) {
    object.emplace("line", error.position().line);
    object.emplace("column", error.position().column);
  }
  if (!error.hint().empty()) object.emplace("hint", error.hint());
  return object;
}

void print_error(const json::object& error) {
  std::cerr << "error: " << place_of(error) << text(error, "message") << "\n";
  if (!text(error, "hint").empty()) std::cerr << "hint: " << text(error, "hint") << "\n";
}

}  // namespace ratchet::cli
