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
#include "validation/syntax/message_text.h"
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
  std::vector<ErrorRecord> errors;
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

/// A file that cannot be read is unchecked; the others are judged.
FileSyntax unread(const std::string& path, const Error& error) {
  FileSyntax file;
  file.path = path;
  file.checked_by = "none";
  Finding finding = make_finding(error.code(), Severity::warning,
                                 "could not be checked: " + error.message(), "engine");
  finding.at(path);
  if (!error.hint().empty()) finding.hint = error.hint();
  file.warnings.push_back(std::move(finding));
  return file;
}

/// Reads and judges files a slice at a time, so that the contents of one slice are held at once.
class SlicedCheck {
 public:
  SlicedCheck(const SyntaxRequest& request, OperationContext& context)
      : request_(request),
        cancellation_(context.cancellation),
        environment_(context.environment),
        answers_(host_answers(request)),
        checker_(
            {environment_.files, environment_.launcher, environment_.clock, environment_.random},
            environment_.limits, {environment_.threads, known_languages(request.host_judges)}) {}

  SyntaxResult result() {
    files_.resize(request_.paths.size());
    for (std::size_t index = 0; index < files_.size(); ++index) {
      read(index);
      if (held_bytes_ >= kSliceBytes) judge_slice();
    }
    judge_slice();
    SyntaxResult result;
    result.valid = verdict_of(files_);
    result.files = std::move(files_);
    result.errors = std::move(errors_);
    return result;
  }

 private:
  /// Enough that a further start of each compiler weighs little.
  static constexpr std::size_t kSliceBytes = std::size_t{64} << 20;

  struct Held {
    std::size_t index;
    std::string content;
  };

  void read(std::size_t index) {
    cancellation_.check();
    const std::string& path = request_.paths[index];
    const auto most = static_cast<std::uint64_t>(environment_.limits.input_bytes);
    try {
      slice_.push_back({index, environment_.files.read(path, most)});
      held_bytes_ += slice_.back().content.size();
    } catch (const Error& error) {
      files_[index] = unread(path, error);
      errors_.push_back(record_of(error));
    }
  }

  void judge_slice() {
    std::vector<SourceText> sources;
    sources.reserve(slice_.size());
    for (const Held& held : slice_) {
      const std::string& path = request_.paths[held.index];
      const auto answer = answers_.find(path);
      sources.push_back({path, request_.language.value_or(""), held.content,
                         answer == answers_.end() ? nullptr : &answer->second});
    }
    std::vector<SyntaxVerdict> verdicts = checker_.check(sources, cancellation_);
    for (std::size_t i = 0; i < verdicts.size(); ++i)
      files_[slice_[i].index] = file_syntax(std::move(verdicts[i]), slice_[i].content);
    slice_.clear();
    held_bytes_ = 0;
  }

  const SyntaxRequest& request_;
  const Cancellation& cancellation_;
  const Environment& environment_;
  const std::map<std::string, CompilerAnswer> answers_;
  SyntaxChecker checker_;
  std::vector<FileSyntax> files_;
  std::vector<ErrorRecord> errors_;
  std::vector<Held> slice_;
  std::size_t held_bytes_ = 0;
};

SyntaxResult check(const SyntaxRequest& request, OperationContext& context) {
  for (const std::string& path : request.paths) {
    if (context.environment.files.is_absolute(path)) continue;
    throw Error("request.constraint", "path " + in_quotes(path, 200) + " must be absolute");
  }
  return SlicedCheck(request, context).result();
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
      field("files", &SyntaxResult::files, "In the order of the request."),
      field("errors", &SyntaxResult::errors, "Why files could not be read."));
};

Operation rows::validate_syntax() {
  return operation<SyntaxRequest, SyntaxResult, check>(
      "validate.syntax", "Has the languages' compilers and grammars judge files.", "0.1.0");
}

}  // namespace ratchet
