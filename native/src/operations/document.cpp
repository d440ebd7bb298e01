// validate.document.
#include <algorithm>
#include <filesystem>
#include <set>

#include "core/records.h"
#include "core/text.h"
#include "operations/operation_row.h"
#include "operations/rows.h"
#include "operations/schema_source.h"
#include "parallel/for_each.h"
#include "validation/document/document_check.h"
#include "validation/structure/find_files.h"

namespace ratchet {
namespace {

/// Files that are judged before their findings are counted: what bounds the memory of a run.
constexpr std::size_t kFilesAtOnce = 256;

struct DocumentRequest : SchemaSource {
  std::vector<std::string> paths;
  std::vector<std::string> globs;
  std::optional<std::string> root;
  std::optional<json::value> document;
  std::optional<std::string> document_text;
  std::optional<std::string> document_name;
  std::optional<std::string> language;
  bool check_formats = false;
  SchemaOutput output = SchemaOutput::findings;
};

struct CheckedDocument {
  std::string path;
  std::string language;
  std::optional<bool> valid;
  std::vector<Finding> errors;
  std::optional<json::object> output;
};

struct DocumentResult {
  std::optional<bool> valid;
  std::int64_t checked = 0;
  std::int64_t invalid = 0;
  std::vector<CheckedDocument> files;
  std::vector<ErrorRecord> errors;
};

/// What came out for one file: a verdict, or why there is none.
struct Outcome {
  std::optional<DocumentVerdict> verdict;
  std::optional<Error> error;
};

std::filesystem::path absolute_root(const DocumentRequest& request, const FileSystem& files) {
  if (request.globs.empty()) return {};
  std::filesystem::path root(request.root.value_or(""));
  if (!files.is_absolute(root))
    throw Error("request.constraint", "globs need a root that is absolute");
  return root;
}

void require_absolute(const std::vector<std::string>& paths, const FileSystem& files) {
  for (const std::string& path : paths) {
    if (files.is_absolute(path)) continue;
    throw Error("request.constraint", "path " + in_quotes(path, 200) + " must be absolute");
  }
}

/// Judges what a request names, and adds up what came out.
class Check {
 public:
  Check(const DocumentRequest& request, OperationContext& context)
      : request_(request),
        context_(context),
        environment_(context.environment),
        schema_(
            NamedSchema(request, environment_).compile(request.check_formats, environment_.limits)),
        findings_left_(static_cast<std::size_t>(environment_.limits.findings_per_run)) {}

  DocumentResult run() {
    if (request_.document || request_.document_text) {
      add(request_.document_name.value_or("document"), judge_given());
    } else {
      judge_files();
    }
    if (result_.invalid > 0) {
      result_.valid = false;
    } else if (result_.errors.empty()) {
      result_.valid = true;
    }
    return std::move(result_);
  }

 private:
  Outcome judge_given() const {
    const std::string name = request_.document_name.value_or("document");
    return outcome_of(name, [&] {
      if (request_.document) {
        return check_value(*request_.document, name, schema_, request_.output, environment_.limits);
      }
      return judged(*request_.document_text, name);
    });
  }

  void judge_files() {
    const std::vector<std::string> paths = all_paths();
    std::vector<Outcome> outcomes;
    for (std::size_t from = 0; from < paths.size(); from += kFilesAtOnce) {
      const std::size_t count = std::min(kFilesAtOnce, paths.size() - from);
      outcomes.assign(count, {});
      parallel_for(count, environment_.threads, context_.cancellation, [&](std::size_t i) {
        const std::string& path = paths[from + i];
        outcomes[i] = outcome_of(path, [&] { return judged(read(path), path); });
      });
      for (std::size_t i = 0; i < count; ++i)
        add(paths[from + i], std::move(outcomes[i]));
      context_.events.progress(static_cast<std::int64_t>(from + count),
                               static_cast<std::int64_t>(paths.size()), "validating");
    }
  }

  /// The paths as they were given, then what the globs mean; each file once.
  std::vector<std::string> all_paths() {
    require_absolute(request_.paths, context_.environment.files);
    std::vector<std::string> paths;
    std::set<std::string> seen;  // with one separator, whichever they were given with
    const auto take = [&](const std::vector<std::string>& more) {
      for (const std::string& path : more) {
        const std::string known_as = std::filesystem::path(path).generic_string();
        if (seen.insert(known_as).second) paths.push_back(path);
      }
    };
    take(request_.paths);
    const std::filesystem::path root = absolute_root(request_, context_.environment.files);
    for (const std::string& glob : request_.globs) {
      const FoundFiles found =
          find_files(environment_.files, root, glob, environment_.limits, context_.cancellation);
      for (const Error& fault : found.faults)
        result_.errors.push_back(record_of(fault));
      if (found.paths.empty() && found.faults.empty()) {
        result_.errors.push_back(
            record_of(Error("io.not_found", "no file matches " + in_quotes(glob, 200)).at(glob)));
      }
      take(found.paths);
    }
    return paths;
  }

  [[nodiscard]] std::string read(const std::string& path) const {
    return environment_.files.read(path,
                                   static_cast<std::uint64_t>(environment_.limits.input_bytes));
  }

  [[nodiscard]] DocumentVerdict judged(std::string_view text, const std::string& name) const {
    return check_document(text, name, request_.language.value_or(""), schema_, request_.output,
                          environment_.limits);
  }

  /// An Error is of this file alone; the others are judged all the same.
  template <class Judge>
  static Outcome outcome_of(const std::string& name, const Judge& judge) {
    Outcome outcome;
    try {
      outcome.verdict = judge();
    } catch (const Error& error) {
      outcome.error = error;
      if (!error.path()) outcome.error->at(name, error.position());
    }
    return outcome;
  }

  void add(const std::string& path, Outcome outcome) {
    CheckedDocument& file = result_.files.emplace_back();
    file.path = path;
    if (outcome.error) {
      result_.errors.push_back(record_of(*outcome.error));
      return;
    }
    DocumentVerdict& verdict = *outcome.verdict;
    file.language = std::move(verdict.language);
    file.valid = verdict.valid;
    file.output = std::move(verdict.output);
    file.errors = std::move(verdict.findings);
    // Past the bound of the whole run a file keeps one finding, which counts its own.
    cap_findings(file.errors, std::max<std::size_t>(findings_left_, 1));
    if (!file.errors.empty() && !file.errors.back().path) file.errors.back().path = path;
    findings_left_ -= std::min(findings_left_, file.errors.size());
    ++result_.checked;
    if (!verdict.valid) ++result_.invalid;
  }

  const DocumentRequest& request_;
  OperationContext& context_;
  const Environment& environment_;
  const Schema schema_;
  std::size_t findings_left_;
  DocumentResult result_;
};

DocumentResult check(const DocumentRequest& request, OperationContext& context) {
  const int forms = static_cast<int>(!request.paths.empty() || !request.globs.empty()) +
                    static_cast<int>(request.document.has_value()) +
                    static_cast<int>(request.document_text.has_value());
  if (forms != 1) {
    throw Error("request.constraint",
                "give files (paths, globs), or one of document and document_text");
  }
  if (request.language) require_document_language(*request.language);
  return Check(request, context).run();
}

}  // namespace

template <>
struct Choice<SchemaOutput> {
  static constexpr std::string_view name = "SchemaOutput";
  static constexpr auto values = std::to_array<ChoiceValue<SchemaOutput>>({
      {SchemaOutput::findings, "findings", "Findings alone."},
      {SchemaOutput::flag, "flag", "The flag output of JSON Schema 2020-12 too."},
      {SchemaOutput::basic, "basic", "Its basic output too."},
  });
};

template <>
struct Record<DocumentRequest> {
  using R = DocumentRequest;
  static constexpr std::string_view name = "DocumentRequest";
  static constexpr std::string_view sentence = "Documents to judge by a schema.";
  static constexpr auto fields = std::tuple_cat(
      kSchemaSourceFields,
      std::make_tuple(
          field("paths", &R::paths, "Absolute paths of JSON, YAML or TOML files."),
          field("globs", &R::globs, "Patterns of more files: *, ?, [a-z], {a,b}, and ** folders."),
          field("root", &R::root, "Absolute; where relative globs begin."),
          field("document", &R::document, "A document as a value."),
          field("document_text", &R::document_text, "A document as text."),
          field("document_name", &R::document_name, "What findings call such a document."),
          field("language", &R::language,
                "json, jsonc, yaml or toml, of all documents; told by name and text when absent."),
          field("check_formats", &R::check_formats,
                "Whether a text must be of its schema's format; else formats only describe."),
          field("output", &R::output, "What is told of each document.")));
};

template <>
struct Record<CheckedDocument> {
  using R = CheckedDocument;
  static constexpr std::string_view name = "CheckedDocument";
  static constexpr std::string_view sentence = "What a schema says of a document.";
  static constexpr auto fields = std::make_tuple(
      field("path", &R::path, "As it was asked for, or found."),
      field("language", &R::language, "How it was read; empty where it could not be."),
      field("valid", &R::valid, "Absent where nobody can tell; errors of the result say why."),
      field("errors", &R::errors, "What is wrong."),
      field("output", &R::output, "The standard's output, where it was asked for."));
};

template <>
struct Record<DocumentResult> {
  using R = DocumentResult;
  static constexpr std::string_view name = "DocumentResult";
  static constexpr std::string_view sentence = "Whether documents are as their schema says.";
  static constexpr auto fields = std::make_tuple(
      field("valid", &R::valid,
            "False when one is wrong; absent when none is and some could not be judged."),
      field("checked", &R::checked, "Documents that were judged."),
      field("invalid", &R::invalid, "Those that are wrong."),
      field("files", &R::files, "In the order of the request."),
      field("errors", &R::errors, "Why documents could not be judged."));
};

Operation rows::validate_document() {
  return operation<DocumentRequest, DocumentResult, check>(
      "validate.document", "Judges documents by a JSON Schema, many at once.", "0.1.0");
}

}  // namespace ratchet
