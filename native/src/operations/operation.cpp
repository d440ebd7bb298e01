#include "operations/operation.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/document.h"
#include "core/nearest.h"
#include "core/records.h"
#include "core/text.h"

namespace ratchet {

template <>
struct Record<EngineOptions> {
  static constexpr std::string_view name = "EngineOptions";
  static constexpr std::string_view sentence = "What an engine is opened with.";
  static constexpr auto fields = std::make_tuple(
      field("limits", &EngineOptions::limits, "Bounds on what it takes in and keeps."),
      field("threads", &EngineOptions::threads,
            "Threads for parallel work; 0 means as many as the machine has cores.")
          .at_least(0)
          .at_most(1024));
};

namespace {

/// The fast reader first; only a text that it refuses is read again for a message with a place.
json::value read_request(std::string_view text, std::string_view name, const Limits& limits) {
  if (text.empty()) return json::object();
  if (text.size() > static_cast<std::size_t>(limits.input_bytes)) {
    throw Error("limit.input_size", "the request has " + std::to_string(text.size()) +
                                        " bytes; the limit is " +
                                        std::to_string(limits.input_bytes))
        .hint("raise limits.input_bytes of the engine");
  }
  json::parse_options options;
  options.max_depth = static_cast<std::size_t>(limits.json_depth);
  boost::system::error_code failure;
  json::value value =
      json::parse(json::string_view(text.data(), text.size()), failure, {}, options);
  if (!failure) return value;
  try {
    return read_json(std::string(text), std::string(name), limits).value();
  } catch (const Error& error) {
    if (error.code().name() == "limit.input_size") throw;
    Error refused("request.invalid_json", error.message());
    refused.at(std::string(name), error.position());
    throw refused;  // NOLINT: built in place above
  }
}

}  // namespace

const Operation& find_operation(std::string_view name) {
  const std::span<const Operation> all = operations();
  const auto found = std::lower_bound(
      all.begin(), all.end(), name,
      [](const Operation& operation, std::string_view wanted) { return operation.name < wanted; });
  if (found != all.end() && found->name == name) return *found;
  std::vector<std::string> names;
  for (const Operation& operation : all)
    names.emplace_back(operation.name);
  throw Error("operation.unknown", "no operation is called " + in_quotes(repaired_utf8(name)) +
                                       did_you_mean(name, names))
      .hint("describe lists them all");
}

json::value call_operation(std::string_view name, std::string_view request,
                           OperationContext& context) {
  const Operation& operation = find_operation(name);
  const json::value value =
      read_request(request, "request of " + std::string(name), context.environment.limits);
  return operation.run(value, context);
}

EngineOptions read_engine_options(std::string_view text) {
  return from_json<EngineOptions>(read_request(text, "engine options", Limits{}));
}

json::object engine_options_schema() {
  return schema_of<EngineOptions>(Direction::request);
}

}  // namespace ratchet
