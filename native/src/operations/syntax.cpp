#include <filesystem>
#include <map>
#include <set>

#include "core/excerpt.h"
#include "core/records.h"
#include "core/text.h"
#include "operations/operation_row.h"
#include "operations/rows.h"
#include "validation/syntax/compiler.h"
#include "validation/syntax/language.h"
#include "validation/syntax/syntax_checker.h"

namespace ratchet {
namespace {

struct HostFault {
  std::string message;
  std::int64_t line = 0;
  std::int64_t column = 0;
  std::int64_t end_line = 0;
  std::int64_t end_column = 0;
};

struct HostAnswer {
  std::string path;
  std::vector<HostFault> faults;
};

struct SyntaxRequest {
  std::vector<std::string> paths;
  std::optional<std::string> language;
  std::vector<std::string> host_judges;
  std::vector<HostAnswer> host_answers;
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

FileSyntax file_syntax(SyntaxVerdict verdict, std::string_view content) {
  add_excerpts(verdict.findings, content);
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

CompilerAnswer compiler_answer(const HostAnswer& said) {
  CompilerAnswer answer;
  answer.kind = said.faults.empty() ? CompilerAnswer::Kind::valid : CompilerAnswer::Kind::invalid;
  for (const HostFault& fault : said.faults) {
    answer.faults.push_back({one_line(fault.message), fault.line, fault.column, fault.end_line,
                             fault.end_column, Severity::error});
  }
  return answer;
}

/// What the caller's judge said, by path.
std::map<std::string, CompilerAnswer> host_answers(const SyntaxRequest& request) {
  const std::set<std::string_view> paths(request.paths.begin(), request.paths.end());
  std::map<std::string, CompilerAnswer> answers;
  for (const HostAnswer& said : request.host_answers) {
    if (!paths.contains(said.path)) {
      throw Error("request.constraint",
                  "host_answers: " + in_quotes(said.path, 200) + " is none of the paths");
    }
    answers.insert_or_assign(said.path, compiler_answer(said));
  }
  return answers;
}

SyntaxResult check(const SyntaxRequest& request, OperationContext& context) {
  const Environment& environment = context.environment;
  const std::map<std::string, CompilerAnswer> answers = host_answers(request);
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
    const auto answer = answers.find(request.paths[i]);
    sources.push_back({request.paths[i], request.language.value_or(""), contents[i],
                       answer == answers.end() ? nullptr : &answer->second});
  }
  SyntaxResult result;
  SyntaxChecker checker(
      {environment.files, environment.launcher, environment.clock, environment.random},
      environment.limits, {environment.threads, known_languages(request.host_judges)});
  std::vector<SyntaxVerdict> verdicts = checker.check(sources, context.cancellation);
  for (std::size_t i = 0; i < verdicts.size(); ++i)
    result.files.push_back(file_syntax(std::move(verdicts[i]), contents[i]));
  result.valid = verdict_of(result.files);
  return result;
}

}  // namespace

template <>
struct Record<HostFault> {
  static constexpr std::string_view name = "HostFault";
  static constexpr std::string_view sentence = "What the caller's judge found in a file.";
  static constexpr auto fields = std::make_tuple(
      field("message", &HostFault::message, "One line.").required(),
      field("line", &HostFault::line, "From 1; 0 where it is not known.").at_least(0),
      field("column", &HostFault::column,
            "From 1, as the language's compiler counts (of PowerShell in UTF-16); 0 where it is "
            "not known.")
          .at_least(0),
      field("end_line", &HostFault::end_line, "Where it ends.").at_least(0),
      field("end_column", &HostFault::end_column, "Where it ends, behind the last character.")
          .at_least(0));
};

template <>
struct Record<HostAnswer> {
  static constexpr std::string_view name = "HostAnswer";
  static constexpr std::string_view sentence = "What the caller's judge said of a file.";
  static constexpr auto fields =
      std::make_tuple(field("path", &HostAnswer::path, "One of the paths.").required(),
                      field("faults", &HostAnswer::faults, "Nothing: the file is valid."));
};

template <>
struct Record<SyntaxRequest> {
  static constexpr std::string_view name = "SyntaxRequest";
  static constexpr std::string_view sentence = "Files to judge.";
  static constexpr auto fields = std::make_tuple(
      field("paths", &SyntaxRequest::paths, "Absolute paths of files.").required().not_empty(),
      field("language", &SyntaxRequest::language,
            "Of all of them; told from name, extension, `#!` line and text when absent."),
      field("host_judges", &SyntaxRequest::host_judges,
            "Languages that the caller judges himself: no compiler is started for them."),
      field("host_answers", &SyntaxRequest::host_answers,
            "What the caller's judge said of files: each counts as the word of its language's "
            "compiler, which is not started for it."));
};

template <>
struct Record<FileSyntax> {
  static constexpr std::string_view name = "FileSyntax";
  static constexpr std::string_view sentence = "What was found out about a file.";
  static constexpr auto fields = std::make_tuple(
      field("path", &FileSyntax::path, "As it was asked for."),
      field("language", &FileSyntax::language, "Absent when nobody knows it."),
      field("checked_by", &FileSyntax::checked_by,
            "python, node, gofmt, bash, javac, pwsh or roslyn; grammar, reader, or none."),
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
