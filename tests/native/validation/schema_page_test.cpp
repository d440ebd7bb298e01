// The examples of docs/validation.md say what the engine says.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "validation/schema/findings.h"
#include "validation/schema/lint.h"
#include "validation/schema_cases.h"

using namespace ratchet;

namespace {

/// The fenced blocks of a language, in the page's order.
std::vector<std::string> blocks(const std::string& language) {
  std::ifstream page(std::filesystem::path(RATCHET_SOURCE_DIR) / "docs/validation.md");
  std::vector<std::string> found;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (inside && line == "```") {
      inside = false;
    } else if (inside) {
      found.back().append(line).append("\n");
    } else if (line == "```" + language) {
      inside = true;
      found.emplace_back();
    }
  }
  return found;
}

std::string lines_of(const std::vector<Finding>& findings, bool with_severity) {
  std::string text;
  for (const Finding& finding : findings) {
    text.append(std::to_string(finding.line.value_or(0))).append(":");
    text.append(std::to_string(finding.column.value_or(0))).append(": ");
    if (with_severity) text.append(finding.severity == Severity::error ? "error: " : "warning: ");
    text.append(finding.message).append("\n");
  }
  return text;
}

}  // namespace

TEST_CASE("docs/validation.md: the document is judged as the page says") {
  const Document document = read_yaml(blocks("yaml").at(0), "service.yaml", Limits{});
  const SchemaResult result = test::compiled(blocks("json").at(0)).validate(document.value());
  CHECK(lines_of(to_findings(result, document, Limits{}), false) == blocks("text").at(0));
}

TEST_CASE("docs/validation.md: the schema is linted as the page says") {
  const Document schema = read_json(blocks("json").at(1), "service.schema.json", Limits{});
  CHECK(lines_of(lint_schema(schema, Limits{}), true) == blocks("text").at(1));
}
