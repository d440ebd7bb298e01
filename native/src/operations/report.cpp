// report.findings.
#include <filesystem>

#include "core/records.h"
#include "core/text.h"
#include "operations/operation_row.h"
#include "operations/rows.h"
#include "reporting/findings_report.h"

namespace ratchet {
namespace {

enum class FindingsFormat { sarif, github };

struct FindingsReportRequest {
  std::vector<Finding> findings;
  FindingsFormat format = FindingsFormat::sarif;
  std::optional<std::string> root;
};

struct FindingsReport {
  std::string text;
};

FindingsReport report(const FindingsReportRequest& request, OperationContext& /*context*/) {
  const std::string root = request.root.value_or("");
  if (!root.empty() && !std::filesystem::path(root).is_absolute()) {
    throw Error("request.constraint", "root " + in_quotes(root, 200) + " must be absolute");
  }
  const FindingsSource source{RATCHET_VERSION, root};
  if (request.format == FindingsFormat::github)
    return {write_github_annotations(request.findings, source)};
  return {write_sarif(request.findings, source)};
}

}  // namespace

template <>
struct Choice<FindingsFormat> {
  static constexpr std::string_view name = "FindingsFormat";
  static constexpr auto values = std::to_array<ChoiceValue<FindingsFormat>>({
      {FindingsFormat::sarif, "sarif", "SARIF 2.1.0, for code hosts and editors."},
      {FindingsFormat::github, "github", "Workflow commands of GitHub Actions: annotations."},
  });
};

template <>
struct Record<FindingsReportRequest> {
  using R = FindingsReportRequest;
  static constexpr std::string_view name = "FindingsReportRequest";
  static constexpr std::string_view sentence = "Findings, as results have them, to be told again.";
  static constexpr auto fields = std::make_tuple(
      field("findings", &R::findings, "In the order in which they are told.").required(),
      field("format", &R::format, "For whom."),
      field("root", &R::root, "Absolute folder that paths are told relative to."));
};

template <>
struct Record<FindingsReport> {
  static constexpr std::string_view name = "FindingsReport";
  static constexpr std::string_view sentence = "Findings as another program reads them.";
  static constexpr auto fields =
      std::make_tuple(field("text", &FindingsReport::text, "All of the report."));
};

Operation rows::report_findings() {
  return operation<FindingsReportRequest, FindingsReport, report>(
      "report.findings", "Writes findings as SARIF or as annotations of GitHub.", "0.1.0");
}

}  // namespace ratchet
