// Values that a schema allows, made to try a template with.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/limits.h"

namespace ratchet {

/// What a made value looks like where the schema leaves a choice.
struct SampleStyle {
  bool optional_members = true;
  bool flags = true;
  std::size_t items = 2;  ///< of a list, within what the schema allows
};

/// A value for a JSON Schema, always the same one: `const`, the first of `enum`, of `examples`, a
/// constant `default`, else by `type`, with texts that its `pattern` and `format` accept. Nothing
/// where none is found; a value may still break what spans several members (dependentRequired, if).
class SampleValues {
 public:
  /// `root` is what local references lead through; it outlives this object.
  SampleValues(const json::object& root, const Limits& limits) : root_(root), limits_(limits) {}

  /// `variant` tells apart the items of one list.
  [[nodiscard]] std::optional<json::value> make(const json::object& schema,
                                                const SampleStyle& style, std::size_t variant = 0);
  /// Other values than the made ones that can lead a template elsewhere: both flags, each choice,
  /// lists of no, one and several items, the empty text, null. Some may not fit the schema.
  [[nodiscard]] std::vector<json::value> alternatives(const json::object& schema);

  /// The names, dotted, of members that no value was found for.
  [[nodiscard]] const std::vector<std::string>& failed() const { return failed_; }

 private:
  [[nodiscard]] std::optional<json::value> by_type(const json::object& schema,
                                                   const SampleStyle& style, std::size_t variant);
  [[nodiscard]] std::optional<json::value> text(const json::object& schema, std::size_t variant);
  [[nodiscard]] std::optional<json::value> object(const json::object& schema,
                                                  const SampleStyle& style, std::size_t variant);
  [[nodiscard]] std::optional<json::value> list(const json::object& schema,
                                                const SampleStyle& style);

  const json::object& root_;
  const Limits& limits_;
  std::vector<std::string> failed_;
  std::string name_;  ///< of the member that is being made, dotted
  int depth_ = 0;
};

}  // namespace ratchet
