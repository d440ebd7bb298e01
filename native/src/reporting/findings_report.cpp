#include "reporting/findings_report.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>

#include "core/document.h"
#include "core/error_codes.h"
#include "core/json.h"
#include "core/percent_encoding.h"
#include "core/uri_path.h"

namespace ratchet {
namespace {

constexpr std::string_view kSarifSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
constexpr std::string_view kSourceRoot = "%SRCROOT%";

/// The path beneath the root with `/` between its parts; nothing for one that lies elsewhere.
std::optional<std::string> beneath(const std::string& root, const std::string& path) {
  const std::filesystem::path whole(path);
  if (!whole.is_absolute()) return whole.generic_string();
  if (root.empty()) return std::nullopt;
  const std::filesystem::path relative = whole.lexically_relative(root);
  if (relative.empty() || *relative.begin() == "..") return std::nullopt;
  return relative.generic_string();
}

std::string_view level_of(Severity severity) {
  if (severity == Severity::error) return "error";
  return severity == Severity::warning ? "warning" : "note";
}

std::string message_of(const Finding& finding) {
  return finding.hint ? finding.message + " (" + *finding.hint + ")" : finding.message;
}

json::object artifact_of(const Finding& finding, const FindingsSource& source) {
  if (const auto relative = beneath(source.root, *finding.path)) {
    return {{"uri", uri_path(*relative)}, {"uriBaseId", kSourceRoot}};
  }
  return {{"uri", file_uri(*finding.path)}};
}

json::object region_of(const Finding& finding) {
  json::object region{{"startLine", *finding.line}};
  if (finding.column) region.emplace("startColumn", *finding.column);
  if (finding.end_line) region.emplace("endLine", *finding.end_line);
  if (finding.end_column) region.emplace("endColumn", *finding.end_column);
  return region;
}

json::array locations_of(const Finding& finding, const FindingsSource& source) {
  if (!finding.path) return {};
  json::object physical{{"artifactLocation", artifact_of(finding, source)}};
  if (finding.line) physical.emplace("region", region_of(finding));
  json::object location{{"physicalLocation", std::move(physical)}};
  if (finding.pointer) {
    location.emplace("logicalLocations",
                     json::array{{{"fullyQualifiedName", *finding.pointer}, {"kind", "value"}}});
  }
  json::array locations;
  locations.push_back(std::move(location));
  return locations;
}

/// The codes of all findings, each with its place among the rules.
class Rules {
 public:
  std::int64_t index_of(const std::string& code) {
    const auto [row, is_new] = indices_.emplace(code, static_cast<std::int64_t>(rules_.size()));
    if (is_new) {
      json::object rule{{"id", code}};
      const auto known = std::find_if(kCodes.begin(), kCodes.end(),
                                      [&](const CodeRow& each) { return each.code == code; });
      if (known != kCodes.end()) {
        rule.emplace("shortDescription", json::object{{"text", known->sentence}});
      }
      rules_.push_back(std::move(rule));
    }
    return row->second;
  }
  json::array take() { return std::move(rules_); }

 private:
  std::map<std::string, std::int64_t> indices_;
  json::array rules_;
};

std::string without(std::string_view escaped, std::string_view text) {
  return percent_encoded(
      text, [&](char letter) { return escaped.find(letter) == std::string_view::npos; });
}

}  // namespace

std::string write_sarif(std::span<const Finding> findings, const FindingsSource& source) {
  Rules rules;
  json::array results;
  for (const Finding& finding : findings) {
    const std::int64_t index = rules.index_of(finding.code);
    json::object result{{"ruleId", finding.code},
                        {"ruleIndex", index},
                        {"level", level_of(finding.severity)},
                        {"message", json::object{{"text", message_of(finding)}}}};
    json::array locations = locations_of(finding, source);
    if (!locations.empty()) result.emplace("locations", std::move(locations));
    results.push_back(std::move(result));
  }
  json::object driver{
      {"name", "ratchet"}, {"semanticVersion", source.tool_version}, {"rules", rules.take()}};
  json::object run{{"tool", json::object{{"driver", std::move(driver)}}},
                   {"columnKind", "unicodeCodePoints"}};
  if (!source.root.empty()) {
    std::string root = file_uri(source.root);
    if (!root.ends_with('/')) root += '/';  // what is relative to it lies beneath, not beside
    run.emplace("originalUriBaseIds",
                json::object{{kSourceRoot, json::object{{"uri", std::move(root)}}}});
  }
  run.emplace("results", std::move(results));
  json::array runs;
  runs.push_back(std::move(run));
  return write_json_pretty(
      json::object{{"$schema", kSarifSchema}, {"version", "2.1.0"}, {"runs", std::move(runs)}});
}

std::string write_github_annotations(std::span<const Finding> findings,
                                     const FindingsSource& source) {
  constexpr std::string_view kInMessage = "%\r\n";
  constexpr std::string_view kInProperty = "%\r\n:,";
  std::string text;
  for (const Finding& finding : findings) {
    text += finding.severity == Severity::error     ? "::error "
            : finding.severity == Severity::warning ? "::warning "
                                                    : "::notice ";
    const auto property = [&](std::string_view name, const std::string& value) {
      text.append(name).append("=").append(without(kInProperty, value)).append(",");
    };
    if (finding.path) property("file", beneath(source.root, *finding.path).value_or(*finding.path));
    if (finding.line) property("line", std::to_string(*finding.line));
    if (finding.end_line) property("endLine", std::to_string(*finding.end_line));
    if (finding.column) property("col", std::to_string(*finding.column));
    if (finding.end_column) property("endColumn", std::to_string(*finding.end_column));
    text.append("title=").append(without(kInProperty, finding.code)).append("::");
    text.append(without(kInMessage, message_of(finding))).append("\n");
  }
  return text;
}

}  // namespace ratchet
