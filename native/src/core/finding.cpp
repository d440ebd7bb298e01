#include "core/finding.h"

#include <algorithm>

namespace ratchet {

Finding& Finding::at(std::string file, Position position) {
  path = std::move(file);
  if (position.known()) {
    line = position.line;
    column = position.column;
    byte_offset = position.byte_offset;
  }
  return *this;
}

Finding make_finding(Code code, Severity severity, std::string message, std::string source) {
  Finding finding;
  finding.code = code.name();
  finding.severity = severity;
  finding.message = std::move(message);
  finding.source = std::move(source);
  return finding;
}

void cap_findings(std::vector<Finding>& findings, std::size_t limit) {
  if (limit == 0 || findings.size() <= limit) return;
  const std::size_t left_out = findings.size() - (limit - 1);
  const auto is_error = [](const Finding& finding) { return finding.severity == Severity::error; };
  const auto first_left_out = findings.begin() + static_cast<std::ptrdiff_t>(limit - 1);
  const Severity severity =
      std::any_of(first_left_out, findings.end(), is_error) ? Severity::error : Severity::warning;
  findings.erase(first_left_out, findings.end());
  findings.push_back(make_finding("findings.truncated", severity,
                                  std::to_string(left_out) + " more findings are not listed",
                                  "engine"));
}

bool has_errors(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::error; });
}

}  // namespace ratchet
