#include "validation/syntax/verdict.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>

#include "core/clock.h"
#include "core/document.h"
#include "core/error.h"
#include "core/text.h"
#include "validation/syntax/grammar.h"

namespace ratchet {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool begins_code_point(char byte) {
  constexpr unsigned char kTopBits = 0xc0;
  constexpr unsigned char kContinuation = 0x80;
  return (static_cast<unsigned char>(byte) & kTopBits) != kContinuation;
}

/// The offset of a place that a compiler names by line and column; inside the line, whatever it
/// says.
std::size_t byte_offset(std::string_view text, const LineIndex& lines, std::int64_t line,
                        std::int64_t column) {
  const auto number = static_cast<std::size_t>(line);
  std::string_view rest = lines.line(number);
  std::size_t offset = lines.line_start(number);
  if (number == 1 && text.starts_with(kByteOrderMark)) {
    rest.remove_prefix(kByteOrderMark.size());
    offset += kByteOrderMark.size();
  }
  for (std::int64_t at = 1; at < column && !rest.empty(); ++at) {
    std::size_t size = 1;
    while (size < rest.size() && !begins_code_point(rest[size]))
      ++size;
    rest.remove_prefix(size);
    offset += size;
  }
  return offset;
}

Finding python_finding(const SyntaxVerdict& verdict, std::string_view content,
                       const PythonAnswer& answer) {
  Finding finding = make_finding("syntax.error", Severity::error, answer.message, "python");
  if (answer.line == 0) return finding.at(verdict.path);
  const std::int64_t column = std::max<std::int64_t>(answer.column, 1);
  const LineIndex lines(content);
  const std::size_t offset = byte_offset(content, lines, answer.line, column);
  finding.at(verdict.path, {answer.line, column, static_cast<std::int64_t>(offset)});
  if (answer.end_line > 0 && answer.end_column > 0) {
    finding.end_line = answer.end_line;
    finding.end_column = answer.end_column;
  }
  return finding;
}

/// A file with NULs is UTF-16 text, given here in UTF-8, or no text at all.
std::optional<std::string> transcoded(std::string_view bytes) {
  const Encoding encoding = shape_of(bytes).encoding;
  if (encoding != Encoding::utf16_le && encoding != Encoding::utf16_be) return std::nullopt;
  return decode_text(bytes, encoding);
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

/// Whether a reader's refusal is about the text, rather than about what it takes on.
bool is_verdict(const Error& error) {
  constexpr std::array<std::string_view, 3> kFaults{"json.invalid", "yaml.invalid",
                                                    "text.invalid_utf8"};
  return std::find(kFaults.begin(), kFaults.end(), error.code().name()) != kFaults.end();
}

void refuse(SyntaxVerdict& verdict, const Error& error) {
  if (!is_verdict(error)) return mark_unchecked(verdict, error.message(), error.hint());
  verdict.checked_by = "reader";
  verdict.valid = false;
  Finding finding = make_finding(error.code(), Severity::error, error.message(), "reader");
  finding.at(verdict.path, error.position());
  if (!error.hint().empty()) finding.hint = error.hint();
  verdict.findings.push_back(std::move(finding));
}

}  // namespace

void judge_by_python(SyntaxVerdict& verdict, std::string_view content, const PythonAnswer& answer) {
  if (answer.kind == PythonAnswer::Kind::unchecked) {
    return mark_unchecked(verdict, answer.message, "check that python3 works");
  }
  verdict.checked_by = "python";
  verdict.valid = answer.kind == PythonAnswer::Kind::valid;
  if (!*verdict.valid) verdict.findings.push_back(python_finding(verdict, content, answer));
}

void judge_by_grammar(SyntaxVerdict& verdict, const SourceText& source, const Language& language,
                      const Limits& limits, const Cancellation& cancellation) {
  std::string_view text = source.content;
  std::optional<std::string> utf8;
  if (text.find('\0') != std::string_view::npos) {
    utf8 = transcoded(text);
    if (!utf8) return mark_unchecked(verdict, "it is no text", "");
    text = *utf8;
  }
  if (text.size() > std::numeric_limits<std::int32_t>::max()) {
    return mark_unchecked(verdict, "it is too large for the grammar", "");
  }
  const SteadyTime deadline =
      system_clock().steady() + std::chrono::milliseconds(limits.syntax_timeout_ms);
  const auto stop = [&] { return cancellation.requested() || system_clock().steady() > deadline; };
  const auto most = static_cast<std::size_t>(std::max<std::int64_t>(limits.findings_per_file, 1));
  const auto faults = find_grammar_faults(language.grammar(), text, most, stop);
  if (cancellation.requested()) return;
  if (!faults) return mark_unchecked(verdict, "the grammar took longer than its limit", "");

  verdict.checked_by = "grammar";
  if (faults->faults.empty()) return;
  const bool certain = language.grammar_word == GrammarWord::certain;
  if (certain) verdict.valid = false;
  add_grammar_findings(verdict, *faults, LineIndex(text),
                       certain ? Severity::error : Severity::warning, !utf8.has_value());
}

void judge_by_reader(SyntaxVerdict& verdict, const SourceText& source, const Language& language,
                     const Limits& limits) {
  const bool is_json = language.judge == Judge::json_reader;
  try {
    const auto read = is_json ? read_json : read_yaml;
    const Document document = read(std::string(source.content), source.path, limits);
    verdict.findings = document.findings();
  } catch (const Error& error) {
    return refuse(verdict, error);
  }
  for (Finding& finding : verdict.findings) {
    // RFC 8259 only advises against a key that stands twice; YAML 1.2 forbids it.
    if (is_json) finding.severity = Severity::warning;
    finding.path = source.path;
  }
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

}  // namespace ratchet
