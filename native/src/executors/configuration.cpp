#include "executors/configuration.h"

#include "core/document.h"
#include "core/embedded.h"
#include "core/records.h"
#include "validation/schema/findings.h"

namespace ratchet {
namespace {

constexpr std::string_view kFile = "ratchet.yaml";

void refuse_faults(const Document& document, const Limits& limits) {
  std::vector<Finding> findings = document.findings();
  const Schema schema = Schema::compile(embedded_schema("configuration.schema.json"), limits);
  for (Finding& finding : to_findings(schema.validate(document.value(), kFile), document, limits))
    findings.push_back(std::move(finding));
  if (findings.empty()) return;
  const Finding& first = findings.front();
  Error error("config.invalid", std::string(kFile) + ": " + first.message);
  error.at(std::string(kFile), document.locate(first.pointer.value_or("")));
  if (first.hint) error.hint(*first.hint);
  json::array all;
  for (const Finding& finding : findings)
    all.push_back(to_json(finding));
  throw error.details({{"findings", std::move(all)}});
}

std::int64_t number_or(const json::object& object, std::string_view key, std::int64_t otherwise) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? otherwise : value->to_number<std::int64_t>();
}

}  // namespace

Configuration load_configuration(FileSystem& files, const Home& home, const Limits& limits) {
  Configuration configuration;
  const std::filesystem::path path = home.path / kFile;
  if (!files.status(path)) return configuration;
  const Document document = read_yaml(
      files.read(path, static_cast<std::uint64_t>(limits.input_bytes)), std::string(kFile), limits);
  if (document.value().is_null()) return configuration;  // an empty file marks the project
  refuse_faults(document, limits);
  const json::object& root = document.value().as_object();
  if (const json::value* retention = root.if_contains("retention")) {
    const json::object& given = retention->as_object();
    Retention& kept = configuration.retention;
    kept.days = number_or(given, "days", kept.days);
    kept.runs = number_or(given, "runs", kept.runs);
    kept.bytes = number_or(given, "bytes", kept.bytes);
  }
  return configuration;
}

}  // namespace ratchet
