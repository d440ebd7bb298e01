// The patterns that this engine knows, out of their descriptions (executors/<name>/pattern.yaml).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "core/json.h"

namespace ratchet {

struct PatternStep {
  std::string id;
  std::string name;
  std::string description;
};

struct PatternOutput {
  std::string name;
  std::string type;
  std::string description;
};

/// A pattern's description. Field meanings: schemas/pattern.schema.json.
struct Pattern {
  std::string id;
  std::string name;
  std::string version;
  std::string description;
  std::string flow;
  std::vector<PatternStep> steps;
  std::vector<PatternOutput> outputs;
  std::vector<std::string> ground_truth;
  json::object instance_schema;
};

/// In the order of their names. Read once; constant. Thread-safe.
[[nodiscard]] std::span<const Pattern> patterns();

/// By name or id. Throws Error: pattern.unsupported for one that is planned but not implemented,
/// pattern.unknown with the nearest name.
[[nodiscard]] const Pattern& find_pattern(std::string_view name_or_id);

template <>
struct Record<PatternStep> {
  static constexpr std::string_view name = "PatternStep";
  static constexpr std::string_view sentence = "A step of a pattern.";
  static constexpr auto fields =
      std::make_tuple(field("id", &PatternStep::id, "As in results.").required(),
                      field("name", &PatternStep::name, "For people.").required(),
                      field("description", &PatternStep::description, "What it does.").required());
};

template <>
struct Record<PatternOutput> {
  static constexpr std::string_view name = "PatternOutput";
  static constexpr std::string_view sentence = "A key of a run's outputs.";
  static constexpr auto fields = std::make_tuple(
      field("name", &PatternOutput::name, "The key.").required(),
      field("type", &PatternOutput::type, "Its JSON type.").required(),
      field("description", &PatternOutput::description, "What it tells.").required());
};

template <>
struct Record<Pattern> {
  static constexpr std::string_view name = "Pattern";
  static constexpr std::string_view sentence = "What a pattern does.";
  static constexpr auto fields = std::make_tuple(
      field("id", &Pattern::id, "PAT-…").required(),
      field("name", &Pattern::name, "To call it by.").required(),
      field("version", &Pattern::version, "Semantic version.").required(),
      field("description", &Pattern::description, "What it is for.").required(),
      field("flow", &Pattern::flow, "Which of the five flows it follows.").required(),
      field("steps", &Pattern::steps, "In order.").required(),
      field("outputs", &Pattern::outputs, "Keys of a run's outputs.").required(),
      field("ground_truth", &Pattern::ground_truth, "What is true after a run that succeeded.")
          .required(),
      field("instance_schema", &Pattern::instance_schema,
            "JSON schema of an instance, flat form."));
};

}  // namespace ratchet
