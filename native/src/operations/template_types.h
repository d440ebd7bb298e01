// Requests and results of the template.* operations. For sources of this room only.
#pragma once

#include "core/records.h"
#include "executors/run_request.h"
#include "reporting/run_result.h"

namespace ratchet {

/// Which template: exactly one of a name and a text.
struct TemplateRequest {
  std::optional<std::string> template_name;
  std::optional<std::string> template_text;
  std::optional<std::string> language;
  std::optional<std::string> project_root;
};

/// A template with variables; those of a later member go before those of an earlier one.
struct TemplateVariablesRequest : TemplateRequest {
  std::optional<std::string> variables_path;
  std::optional<json::object> variables;
  std::vector<std::string> set;
  std::vector<std::string> set_json;
};

/// How files are written, where they are.
struct OutputRequest {
  bool dry_run = false;
  std::optional<std::string> expect_plan;
  bool keep_backups = false;
  Durability durability = Durability::batch;
};

struct RenderRequest : TemplateVariablesRequest, OutputRequest {
  bool strict = true;
  std::optional<std::string> output_root;
  bool overwrite = false;
};

struct RenderedText {
  std::string path;
  std::string mode;
  std::optional<std::string> content;
  std::optional<std::string> content_base64;
};

/// What came of writing files.
struct OutputResult {
  bool dry_run = false;
  std::optional<std::string> id;
  std::optional<std::string> plan_sha256;
  std::optional<std::vector<PlanEntry>> plan;
  std::optional<std::string> diff;
  std::optional<Changes> changes;
};

struct RenderResult : OutputResult {
  std::string name;
  std::string language;
  std::vector<RenderedText> files;
};

/// The fields of TemplateRequest, for the records of requests that are one.
template <class R>
constexpr auto template_fields() {
  return std::make_tuple(
      field("template", &R::template_name, "A name, or a path of a file or folder."),
      field("template_text", &R::template_text, "The text of a template, instead of a name."),
      field("language", &R::language,
            "Needed where several languages have a template of that name."),
      field("project_root", &R::project_root, "Absolute; the project's own templates go first."));
}

template <class R>
constexpr auto variable_fields() {
  return std::make_tuple(
      field("variables_path", &R::variables_path,
            "Absolute path of a JSON or YAML file with an object, or with a list of them that are "
            "rendered one after the other; or of a .csv table with a set in each row."),
      field("variables", &R::variables, "By name."),
      field("set", &R::set,
            "KEY=VALUE, read as the type that the template declares; commas part a list's items."),
      field("set_json", &R::set_json, "KEY=VALUE with a value in JSON."));
}

template <class R>
constexpr auto output_fields() {
  return std::make_tuple(
      field("dry_run", &R::dry_run, "Plan and show the diff; write nothing."),
      field("expect_plan", &R::expect_plan, "Refuse unless the plan has this plan_sha256."),
      field("keep_backups", &R::keep_backups, "Keep what undo needs, as runs list it."),
      field("durability", &R::durability, "What survives a loss of power."));
}

template <class R>
constexpr auto output_result_fields() {
  return std::make_tuple(field("dry_run", &R::dry_run, "True when nothing was to be written."),
                         field("id", &R::id, "Of the transaction, where files were written."),
                         field("plan_sha256", &R::plan_sha256,
                               "Names the plan: give it as expect_plan to approve it."),
                         field("plan", &R::plan, "Dry runs: each path, in order."),
                         field("diff", &R::diff, "Dry runs: the change as a unified diff."),
                         field("changes", &R::changes, "What was written and kept."));
}

}  // namespace ratchet
