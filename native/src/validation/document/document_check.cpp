#include "validation/document/document_check.h"

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "core/excerpt.h"
#include "core/text.h"
#include "core/utf8.h"
#include "validation/schema/findings.h"
#include "validation/schema/output.h"
#include "validation/syntax/language.h"

namespace ratchet {
namespace {

/// The reader of a language, or Reader::none for one without documents.
Reader document_reader(const Language& language) {
  return language.reader == Reader::xml ? Reader::none : language.reader;
}

const Language& language_named(std::string_view name) {
  const Language* language = find_language(name);
  if (language == nullptr || document_reader(*language) == Reader::none) {
    throw Error("document.unsupported", in_quotes(name) + " names no format of documents")
        .hint("use json, jsonc, yaml or toml");
  }
  return *language;
}

NamedDocument read_in(const Language& language, std::string text, std::string name,
                      const Limits& limits) {
  switch (document_reader(language)) {
    case Reader::json:
      return {language.name, read_json(std::move(text), std::move(name), limits)};
    case Reader::json_with_comments:
      return {language.name, read_json_with_comments(std::move(text), std::move(name), limits)};
    case Reader::yaml:
      return {language.name, read_yaml(std::move(text), std::move(name), limits)};
    case Reader::toml:
      return {language.name, read_toml(std::move(text), std::move(name), limits)};
    case Reader::xml:
    case Reader::none:
      break;
  }
  throw Error("document.unsupported", in_quotes(name, 200) + " is " + std::string(language.name) +
                                          ", which no schema describes")
      .hint("name its format (json, jsonc, yaml or toml) if it is something else")
      .at(name);
}

/// As no YAML that means something else begins.
bool begins_with_comment(std::string_view text) {
  if (text.starts_with(kUtf8ByteOrderMark)) text.remove_prefix(kUtf8ByteOrderMark.size());
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text.starts_with("//") || text.starts_with("/*");
}

std::optional<json::object> output_of(const SchemaResult& result, SchemaOutput output) {
  if (output == SchemaOutput::flag) return flag_output(result);
  if (output == SchemaOutput::basic) return basic_output(result);
  return std::nullopt;
}

/// Nothing is wrong but what could not be decided: that is no verdict.
void require_decided(const std::vector<Finding>& findings) {
  const auto undecided = [](const Finding& finding) { return finding.code == "schema.undecided"; };
  if (findings.empty() || !std::all_of(findings.begin(), findings.end(), undecided)) return;
  const Finding& first = findings.front();
  Error error("schema.undecided", first.message);
  if (first.path) {
    error.at(*first.path,
             {first.line.value_or(0), first.column.value_or(0), first.byte_offset.value_or(0)});
  }
  throw error;  // NOLINT: built in place above
}

DocumentVerdict unreadable(const Error& error, std::string_view text, const std::string& name,
                           SchemaOutput output) {
  DocumentVerdict verdict;
  verdict.valid = false;
  Finding finding = make_finding(error.code(), Severity::error, error.message(), "reader");
  finding.at(name, error.position());
  if (!error.hint().empty()) finding.hint = error.hint();
  verdict.findings.push_back(std::move(finding));
  add_excerpts(verdict.findings, text);
  if (output != SchemaOutput::findings) verdict.output = json::object{{"valid", false}};
  return verdict;
}

}  // namespace

void require_document_language(std::string_view name) {
  static_cast<void>(language_named(name));
}

NamedDocument read_named_document(std::string text, std::string name, std::string_view language,
                                  const Limits& limits) {
  if (!language.empty()) {
    return read_in(language_named(language), std::move(text), std::move(name), limits);
  }
  if (const Language* told = detect_language(name, text)) {
    return read_in(*told, std::move(text), std::move(name), limits);
  }
  if (begins_with_comment(text)) {
    return read_in(*find_language("jsonc"), std::move(text), std::move(name), limits);
  }
  Document document = read_document(std::move(text), std::move(name), limits);
  const bool is_json = document.format() == Document::Format::json;
  return {is_json ? "json" : "yaml", std::move(document)};
}

DocumentVerdict check_document(std::string_view text, const std::string& name,
                               std::string_view language, const Schema& schema, SchemaOutput output,
                               const Limits& limits) {
  std::optional<NamedDocument> read;
  try {
    read = read_named_document(std::string(text), name, language, limits);
  } catch (const Error& error) {
    if (!refuses_text(error)) throw;
    return unreadable(error, text, name, output);
  }
  const Document& document = read->document;
  const SchemaResult result = schema.validate(document.value());
  DocumentVerdict verdict;
  verdict.language = read->language;
  verdict.findings = document.findings();
  for (Finding& finding : to_findings(result, document, limits))
    verdict.findings.push_back(std::move(finding));
  require_decided(verdict.findings);
  cap_findings(verdict.findings, static_cast<std::size_t>(limits.findings_per_file));
  add_excerpts(verdict.findings, text);
  verdict.valid = verdict.findings.empty();
  verdict.output = output_of(result, output);
  return verdict;
}

DocumentVerdict check_value(const json::value& value, const std::string& name, const Schema& schema,
                            SchemaOutput output, const Limits& limits) {
  const SchemaResult result = schema.validate(value);
  DocumentVerdict verdict;
  verdict.language = "json";
  const auto place = [&](Finding& finding, const std::string& pointer, bool /*at_key*/) {
    finding.path = name;
    finding.pointer = pointer;
  };
  verdict.findings = to_findings(result, place, limits);
  require_decided(verdict.findings);
  verdict.valid = verdict.findings.empty();
  verdict.output = output_of(result, output);
  return verdict;
}

}  // namespace ratchet
