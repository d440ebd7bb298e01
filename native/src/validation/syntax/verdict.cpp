#include "validation/syntax/verdict.h"

#include <algorithm>
#include <limits>

#include "core/document.h"
#include "core/error.h"
#include "core/text.h"
#include "core/yaml_events.h"
#include "validation/syntax/grammar.h"
#include "validation/syntax/text_fault.h"

namespace ratchet {
namespace {

Finding compiler_finding(const SyntaxVerdict& verdict, const Compiler& compiler,
                         const GivenText& given, const LineIndex& lines,
                         const CompilerFault& fault) {
  Finding finding =
      make_finding("syntax.error", fault.severity, fault.message, std::string(compiler.judge));
  finding.at(verdict.path);
  if (fault.line <= 0) return finding;
  const auto place = [&](std::int64_t line, std::int64_t column) {
    return given.position(lines, line, std::max<std::int64_t>(column, 1), compiler.columns);
  };
  const Position begin = place(fault.line, fault.column);
  finding.line = begin.line;
  if (fault.column <= 0) return finding;
  finding.at(verdict.path, begin);
  if (!given.has_offsets()) finding.byte_offset.reset();
  if (fault.end_line > 0 && fault.end_column > 0) {
    const Position end = place(fault.end_line, fault.end_column);
    finding.end_line = end.line;
    finding.end_column = end.column;
  }
  return finding;
}

void add_grammar_findings(SyntaxVerdict& verdict, const GrammarFaults& faults,
                          const LineIndex& lines, Severity severity, bool with_offsets) {
  for (const GrammarFault& fault : faults.faults) {
    Finding finding = make_finding("syntax.error", severity, fault.message, "grammar");
    const Position end = lines.position(fault.end);
    finding.at(verdict.path, lines.position(fault.begin));
    finding.end_line = end.line;
    finding.end_column = end.column;
    if (!with_offsets) finding.byte_offset.reset();
    verdict.findings.push_back(std::move(finding));
  }
  if (faults.left_out == 0) return;
  // The last one gives its place to the count, which keeps the limit.
  verdict.findings.back() = make_finding(
      "findings.truncated", severity,
      std::to_string(faults.left_out + 1) + " more findings are not listed", "grammar");
  verdict.findings.back().at(verdict.path);
}

void refuse(SyntaxVerdict& verdict, const Error& error) {
  if (!refuses_text(error)) return mark_unchecked(verdict, error.message(), error.hint());
  verdict.checked_by = "reader";
  verdict.valid = false;
  Finding finding = make_finding(error.code(), Severity::error, error.message(), "reader");
  finding.at(verdict.path, error.position());
  if (!error.hint().empty()) finding.hint = error.hint();
  verdict.findings.push_back(std::move(finding));
}

/// RFC 8259 only advises against a key that stands twice: a warning.
std::vector<Finding> as_warnings(std::vector<Finding> findings) {
  for (Finding& finding : findings)
    finding.severity = Severity::warning;
  return findings;
}

/// What our own reader does not take on (several documents, tags, keys that are no texts) is YAML
/// all the same. YAML 1.2 forbids a key that stands twice.
std::vector<Finding> read_as_yaml(const SourceText& source, const Limits& limits) {
  try {
    return read_yaml(std::string(source.content), source.path, limits).findings();
  } catch (const Error& error) {
    if (error.code().name() != "yaml.unsupported") throw;
    check_yaml_stream(source.content, source.path);
    return {};
  }
}

/// Numbers that JSON does not have are TOML all the same.
void read_as_toml(const SourceText& source, const Limits& limits) {
  try {
    static_cast<void>(read_toml(std::string(source.content), source.path, limits));
  } catch (const Error& error) {
    if (error.code().name() != "toml.unsupported") throw;
  }
}

void judge_by_faults(SyntaxVerdict& verdict, const std::optional<TextFault>& fault) {
  if (fault && !fault->is_verdict) return mark_unchecked(verdict, fault->message, "");
  verdict.checked_by = "reader";
  verdict.valid = !fault.has_value();
  if (!fault) return;
  verdict.findings.push_back(
      make_finding("syntax.error", Severity::error, fault->message, "reader"));
  verdict.findings.back().at(verdict.path, fault->position);
}

}  // namespace

void judge_by_compiler(SyntaxVerdict& verdict, const Compiler& compiler, const GivenText& given,
                       const CompilerAnswer& answer, const Limits& limits) {
  verdict.checked_by = compiler.judge;
  verdict.valid = answer.kind == CompilerAnswer::Kind::valid;
  if (answer.faults.empty()) return;
  const LineIndex lines(given.text());
  for (const CompilerFault& fault : answer.faults)
    verdict.findings.push_back(compiler_finding(verdict, compiler, given, lines, fault));
  cap_findings(verdict.findings, static_cast<std::size_t>(limits.findings_per_file));
}

void judge_by_grammar(SyntaxVerdict& verdict, std::string_view content, const Language& language,
                      const Limits& limits, const std::function<bool()>& stop) {
  const bool has_nul = content.find('\0') != std::string_view::npos;
  const auto given = GivenText::make(content, has_nul ? TextForm::utf8 : TextForm::bytes);
  if (!given) return mark_unchecked(verdict, "it is no text", "");
  const std::string_view text = given->text();
  if (text.size() > std::numeric_limits<std::int32_t>::max()) {
    return mark_unchecked(verdict, "it is too large for the grammar", "");
  }
  const auto most = static_cast<std::size_t>(std::max<std::int64_t>(limits.findings_per_file, 1));
  const auto faults = find_grammar_faults(language.grammar(), text, most, stop);
  if (!faults) return mark_unchecked(verdict, "the grammar took longer than its limit", "");

  verdict.checked_by = "grammar";
  if (faults->faults.empty()) return;
  const bool certain = language.grammar_word == GrammarWord::certain;
  if (certain) verdict.valid = false;
  add_grammar_findings(verdict, *faults, LineIndex(text),
                       certain ? Severity::error : Severity::warning, given->has_offsets());
}

void judge_by_reader(SyntaxVerdict& verdict, const SourceText& source, const Language& language,
                     const Limits& limits) {
  try {
    switch (language.reader) {
      case Reader::toml:
        read_as_toml(source, limits);
        break;
      case Reader::xml:
        return judge_by_faults(verdict, find_xml_fault(source.content));
      case Reader::yaml:
        verdict.findings = read_as_yaml(source, limits);
        break;
      case Reader::json_with_comments:
        verdict.findings = as_warnings(
            read_json_with_comments(std::string(source.content), source.path, limits).findings());
        break;
      case Reader::json:
      case Reader::none:
        verdict.findings =
            as_warnings(read_json(std::string(source.content), source.path, limits).findings());
        break;
    }
  } catch (const Error& error) {
    return refuse(verdict, error);
  }
  for (Finding& finding : verdict.findings)
    finding.path = source.path;
  verdict.checked_by = "reader";
  verdict.valid = !has_errors(verdict.findings);
  cap_findings(verdict.findings, static_cast<std::size_t>(limits.findings_per_file));
}

void mark_unchecked(SyntaxVerdict& verdict, std::string why, std::string hint) {
  verdict.checked_by = "none";
  verdict.valid.reset();
  Finding finding = make_finding("check.unavailable", Severity::warning,
                                 "could not be checked: " + std::move(why), "engine");
  finding.at(verdict.path);
  if (!hint.empty()) finding.hint = std::move(hint);
  verdict.findings.push_back(std::move(finding));
}

void add_reason(SyntaxVerdict& verdict, const std::string& why, const std::string& hint) {
  Finding finding =
      make_finding("check.unavailable", Severity::warning, why, "engine").at(verdict.path);
  if (!hint.empty()) finding.hint = hint;
  verdict.findings.push_back(std::move(finding));
}

}  // namespace ratchet
