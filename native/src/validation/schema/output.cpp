#include "validation/schema/output.h"

#include <utility>

namespace ratchet {
namespace {

void append(json::array& errors, const SchemaFinding& finding) {
  json::object unit{{"valid", false}, {"keywordLocation", finding.keyword_location}};
  if (!finding.absolute_location.empty()) {
    unit.emplace("absoluteKeywordLocation", finding.absolute_location);
  }
  unit.emplace("instanceLocation", finding.instance_pointer);
  unit.emplace("error", finding.message);
  errors.push_back(std::move(unit));
  for (const SchemaFinding& cause : finding.causes)
    append(errors, cause);  // as deep as branches nest in the schema
}

}  // namespace

json::object flag_output(const SchemaResult& result) {
  return {{"valid", result.valid()}};
}

json::object basic_output(const SchemaResult& result) {
  json::object output = flag_output(result);
  if (result.valid()) return output;
  json::array errors;
  for (const SchemaFinding& finding : result.findings)
    append(errors, finding);
  output.emplace("errors", std::move(errors));
  return output;
}

}  // namespace ratchet
