#include "validation/schema/findings.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace ratchet {
namespace {

constexpr std::string_view kSource = "schema";

/// Where the nearest branch's own fault stands, when that is elsewhere: the message alone cannot
/// say it.
std::string cause_place(const SchemaFinding& finding, const PlaceFinding& place) {
  if (finding.causes.empty()) return {};
  const SchemaFinding& cause = finding.causes.front();
  if (cause.instance_pointer == finding.instance_pointer) return {};
  Finding there;
  place(there, cause.instance_pointer, false);
  if (!there.line) return {};
  return "see line " + std::to_string(*there.line) + ", column " +
         std::to_string(there.column.value_or(1));
}

Finding to_finding(const SchemaFinding& finding, const PlaceFinding& place) {
  Finding result =
      make_finding(finding.code, Severity::error, finding.message, std::string(kSource));
  place(result, finding.instance_pointer, finding.at_key);
  result.keyword = finding.keyword;
  std::string hint = cause_place(finding, place);
  if (!finding.hint.empty()) hint = hint.empty() ? finding.hint : hint + ": " + finding.hint;
  if (!hint.empty()) result.hint = std::move(hint);
  return result;
}

/// The last finding where some are not listed: in the file, and nowhere in it.
Finding truncated(std::size_t left_out, const PlaceFinding& place) {
  Finding somewhere;
  place(somewhere, "", false);
  Finding rest = make_finding("findings.truncated", Severity::error,
                              std::to_string(left_out) + " more findings are not listed",
                              std::string(kSource));
  rest.path = somewhere.path;
  return rest;
}

}  // namespace

std::vector<Finding> to_findings(const SchemaResult& result, const PlaceFinding& place,
                                 const Limits& limits) {
  const std::size_t all = result.findings.size() + result.left_out;
  const auto limit = static_cast<std::size_t>(std::max<std::int64_t>(limits.findings_per_file, 0));
  const bool bounded = limit > 0 && all > limit;
  const std::size_t listed =
      bounded ? std::min(limit - 1, result.findings.size()) : result.findings.size();
  std::vector<Finding> findings;
  findings.reserve(listed + 1);
  for (std::size_t i = 0; i < listed; ++i) {
    findings.push_back(to_finding(result.findings[i], place));
  }
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& left, const Finding& right) {
    return left.byte_offset.value_or(0) < right.byte_offset.value_or(0);
  });
  if (all > listed) findings.push_back(truncated(all - listed, place));
  return findings;
}

std::vector<Finding> to_findings(const SchemaResult& result, const Document& document,
                                 const std::string& base, const Limits& limits) {
  const auto place = [&](Finding& finding, const std::string& pointer, bool at_key) {
    const std::string whole = base + pointer;
    finding.at(document.name(), at_key ? document.locate_key(whole) : document.locate(whole));
    finding.pointer = whole;
  };
  return to_findings(result, place, limits);
}

std::vector<Finding> to_findings(const SchemaResult& result, const Document& document,
                                 const Limits& limits) {
  return to_findings(result, document, std::string(), limits);
}

}  // namespace ratchet
