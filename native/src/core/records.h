// The field tables of what every operation can return: errors and findings.
#pragma once

#include "core/error.h"
#include "core/fields.h"
#include "core/finding.h"
#include "core/limits.h"

namespace ratchet {

/// An Error as it stands in results and comes out of the ABI.
struct ErrorRecord {
  std::string code;
  std::string category;
  std::string message;
  std::optional<std::string> path;
  std::optional<std::int64_t> line;
  std::optional<std::int64_t> column;
  std::optional<std::string> hint;
  std::optional<json::object> details;
};

[[nodiscard]] ErrorRecord record_of(const Error& error);
/// For whatever was thrown: an Error as it is, anything else as internal.error. To be called inside
/// a catch block.
[[nodiscard]] ErrorRecord record_of_current_exception();

template <>
struct Record<ErrorRecord> {
  static constexpr std::string_view name = "Error";
  static constexpr std::string_view sentence = "Why an operation could not be done.";
  static constexpr auto fields = std::make_tuple(
      field("code", &ErrorRecord::code, "Stable, dotted; one of the codes that describe lists."),
      field("category", &ErrorRecord::category, "Decides the exit code."),
      field("message", &ErrorRecord::message, "One line: what, where, what to do."),
      field("path", &ErrorRecord::path, "The file that it is about."),
      field("line", &ErrorRecord::line, "The line in it, from 1."),
      field("column", &ErrorRecord::column, "The column, from 1, in code points."),
      field("hint", &ErrorRecord::hint, "What to do about it."),
      field("details", &ErrorRecord::details, "More for programs; keys depend on the code."));
};

template <>
struct Choice<Severity> {
  static constexpr std::string_view name = "Severity";
  static constexpr auto values = std::to_array<ChoiceValue<Severity>>({
      {Severity::error, "error", "The content is wrong."},
      {Severity::warning, "warning", "It may be wrong, or could not be checked."},
      {Severity::info, "info", "Worth knowing."},
  });
};

template <>
struct Record<Finding> {
  static constexpr std::string_view name = "Finding";
  static constexpr std::string_view sentence = "What is wrong in the user's content, and where.";
  static constexpr auto fields = std::make_tuple(
      field("code", &Finding::code, "Stable, dotted; one of the codes that describe lists."),
      field("severity", &Finding::severity, "How bad it is."),
      field("message", &Finding::message, "One line: what is wrong and what was expected."),
      field("path", &Finding::path, "The file."), field("line", &Finding::line, "From 1."),
      field("column", &Finding::column, "From 1, in Unicode code points."),
      field("end_line", &Finding::end_line, "Where it ends; from 1."),
      field("end_column", &Finding::end_column,
            "Where it ends; from 1, behind the last character."),
      field("byte_offset", &Finding::byte_offset, "The same place in bytes from 0."),
      field("pointer", &Finding::pointer, "JSON pointer to the value."),
      field("keyword", &Finding::keyword, "The schema keyword that said no."),
      field("source", &Finding::source, "Who judged."),
      field("hint", &Finding::hint, "What to do about it."),
      field("excerpt", &Finding::excerpt,
            "The line that it stands in, for people: at most 160 cells, cut with …."),
      field("excerpt_caret", &Finding::excerpt_caret,
            "Blanks before a caret that stands under the column."));
};

template <>
struct Record<Limits> {
  static constexpr std::string_view name = "Limits";
  static constexpr std::string_view sentence = "Bounds of an engine; sizes in bytes, times in ms.";
  static constexpr auto fields = std::make_tuple(
      field("input_bytes", &Limits::input_bytes, "One request, instance or document.").at_least(1),
      field("json_depth", &Limits::json_depth, "Nesting of objects and arrays.")
          .at_least(1)
          .at_most(2000),  // deeper ones overflow the 1.5 MB stacks of some hosts' threads
      field("findings_per_file", &Limits::findings_per_file, "The rest is counted.").at_least(1),
      field("findings_per_run", &Limits::findings_per_run, "The rest is counted.").at_least(1),
      field("output_bytes", &Limits::output_bytes, "One stream of a child in memory.").at_least(1),
      field("spill_bytes", &Limits::spill_bytes, "One stream of a child in a file.").at_least(1),
      field("queued_events", &Limits::queued_events, "Events that wait for their reader.")
          .at_least(16),
      field("running_jobs", &Limits::running_jobs, "Jobs at once.").at_least(1),
      field("template_depth", &Limits::template_depth, "Sections and partials inside each other.")
          .at_least(1),
      field("rendered_bytes", &Limits::rendered_bytes, "One rendered file.").at_least(1),
      field("batch_files", &Limits::batch_files, "Files of one batch.").at_least(1),
      field("grace_ms", &Limits::grace_ms, "From asking a child to end to killing it.").at_least(0),
      field("syntax_timeout_ms", &Limits::syntax_timeout_ms, "One run of a language's compiler.")
          .at_least(1),
      field("structure_paths", &Limits::structure_paths, "Required paths of one check.")
          .at_least(1),
      field("structure_entries", &Limits::structure_entries, "Names on disk looked at for them.")
          .at_least(1),
      field("dependencies", &Limits::dependencies, "Dependencies of one check.").at_least(1),
      field("tool_timeout_ms", &Limits::tool_timeout_ms, "One question to a tool.").at_least(1),
      field("lock_wait_ms", &Limits::lock_wait_ms, "Waiting for another transaction.").at_least(0));
};

}  // namespace ratchet
