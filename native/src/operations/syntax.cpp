#include <filesystem>

#include "core/records.h"
#include "core/text.h"
#include "operations/operation_row.h"
#include "operations/rows.h"
#include "validation/syntax/language.h"
#include "validation/syntax/syntax_checker.h"

namespace ratchet {
namespace {

struct SyntaxRequest {
  std::vector<std::string> paths;
  std::optional<std::string> language;
  std::vector<std::string> host_judges;
};

struct FileSyntax {
  std::string path;
  std::optional<std::string> language;
  std::string checked_by;
  std::optional<bool> valid;
  std::vector<Finding> errors;
  std::vector<Finding> warnings;
};

struct SyntaxResult {
  std::optional<bool> valid;
  std::vector<FileSyntax> files;
};

FileSyntax file_syntax(SyntaxVerdict verdict) {
  FileSyntax file;
  file.path = std::move(verdict.path);
  if (!verdict.language.empty()) file.language = std::move(verdict.language);
  file.checked_by = std::move(verdict.checked_by);
  file.valid = verdict.valid;
  for (Finding& finding : verdict.findings) {
    auto& list = finding.severity == Severity::error ? file.errors : file.warnings;
    list.push_back(std::move(finding));
  }
  return file;
}

/// False when one file is wrong; true when all are right; nothing when some could not be checked.
std::optional<bool> verdict_of(const std::vector<FileSyntax>& files) {
  bool all_checked = true;
  for (const FileSyntax& file : files) {
    if (file.valid.has_value() && !*file.valid) return false;
    all_checked = all_checked && file.valid.has_value();
  }
  if (!all_checked) return std::nullopt;
  return true;
}

/// The table's own names of languages that a caller names in any way.
std::vector<std::string> known_languages(const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const std::string& name : names) {
    const Language* language = find_language(name);
    if (language == nullptr) {
      throw Error("request.constraint", "host_judges: no language is called " + in_quotes(name));
    }
    known.emplace_back(language->name);
  }
  return known;
}

SyntaxResult check(const SyntaxRequest& request, OperationContext& context) {
  const Environment& environment = context.environment;
  std::vector<std::string> contents;
  contents.reserve(request.paths.size());
  for (const std::string& path : request.paths) {
    if (!std::filesystem::path(path).is_absolute()) {
      throw Error("request.constraint", "path " + in_quotes(path, 200) + " must be absolute");
    }
    contents.push_back(
        environment.files.read(path, static_cast<std::uint64_t>(environment.limits.input_bytes)));
  }
  std::vector<SourceText> sources;
  sources.reserve(contents.size());
  for (std::size_t i = 0; i < contents.size(); ++i) {
    sources.push_back({request.paths[i], request.language.value_or(""), contents[i]});
  }
  SyntaxResult result;
  SyntaxChecker checker(
      {environment.files, environment.launcher, environment.clock, environment.random},
      environment.limits, {environment.threads, known_languages(request.host_judges)});
  for (SyntaxVerdict& verdict : checker.check(sources, context.cancellation)) {
    result.files.push_back(file_syntax(std::move(verdict)));
  }
  result.valid = verdict_of(result.files);
  return result;
}

}  // namespace

template <>
struct Record<SyntaxRequest> {
  static constexpr std::string_view name = "SyntaxRequest";
  static constexpr std::string_view sentence = "Files to judge.";
  static constexpr auto fields = std::make_tuple(
      field("paths", &SyntaxRequest::paths, "Absolute paths of files.").required().not_empty(),
      field("language", &SyntaxRequest::language,
            "Of all of them; told from name, extension, `#!` line and text when absent."),
      field("host_judges", &SyntaxRequest::host_judges,
            "Languages that the caller judges himself: no compiler is started for them."));
};

template <>
struct Record<FileSyntax> {
  static constexpr std::string_view name = "FileSyntax";
  static constexpr std::string_view sentence = "What was found out about a file.";
  static constexpr auto fields = std::make_tuple(
      field("path", &FileSyntax::path, "As it was asked for."),
      field("language", &FileSyntax::language, "Absent when nobody knows it."),
      field(
          "checked_by", &FileSyntax::checked_by,
          "python, node, gofmt, bash, gcc, g++, javac, pwsh or roslyn; grammar, reader, or none."),
      field("valid", &FileSyntax::valid, "Absent when it could not be checked."),
      field("errors", &FileSyntax::errors, "What is wrong."),
      field("warnings", &FileSyntax::warnings, "What may be wrong, or could not be checked."));
};

template <>
struct Record<SyntaxResult> {
  static constexpr std::string_view name = "SyntaxResult";
  static constexpr std::string_view sentence = "Whether files are valid in their languages.";
  static constexpr auto fields = std::make_tuple(
      field("valid", &SyntaxResult::valid,
            "False when one is wrong; absent when none is and some could not be checked."),
      field("files", &SyntaxResult::files, "In the order of the request."));
};

Operation rows::validate_syntax() {
  return operation<SyntaxRequest, SyntaxResult, check>(
      "validate.syntax", "Has the languages' compilers and grammars judge files.", "0.1.0");
}

}  // namespace ratchet
