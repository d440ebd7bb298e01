// The types of all results, read out of the schemas that the operations describe themselves with.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/json.h"

namespace ratchet::generate {

enum class Kind { text, integer, number, boolean, any, map, record };

/// A value: one, or a list of that kind.
struct ValueType {
  Kind kind = Kind::any;
  bool is_list = false;
  std::string record;  ///< the name of the record type, for Kind::record
};

struct Property {
  std::string json_name;  ///< run_id
  std::string name;       ///< RunId
  std::string sentence;
  ValueType type;
  bool always;  ///< stands in every result
};

struct ResultType {
  std::string name;
  std::string sentence;
  std::vector<Property> properties;
};

struct ResultTypes {
  std::map<std::string, ResultType> types;
  std::map<std::string, std::string> operations;  ///< operation to the name of its result's type
};

/// Throws std::runtime_error where two types share a name, or a schema uses what this cannot turn
/// into a type: lists of lists, for one.
[[nodiscard]] ResultTypes read_result_types();

/// `plan_sha256` as `PlanSha256`.
[[nodiscard]] std::string pascal_case(std::string_view snake_case);

/// The five characters that XML gives a meaning.
[[nodiscard]] std::string xml_escaped(std::string_view text);

}  // namespace ratchet::generate
