// From a command's parsed words to the JSON request of its operation.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "commands.h"
#include "core/json.h"

namespace ratchet::cli {

/// What the command line said, by key of the request.
struct ParsedOptions {
  std::map<std::string, std::vector<std::string>, std::less<>> values;
};

/// Reads standard input where an instance is `-`. Throws std::invalid_argument for what is no
/// number.
[[nodiscard]] json::object build_request(const CommandRow& command, const ParsedOptions& options);
/// The same, of rows alone.
[[nodiscard]] json::object values_of(std::span<const OptionRow> rows, const ParsedOptions& options);

/// A request of transaction.begin with `detached` set: what is not ends with this process. A text
/// that is no JSON object is returned as it is, for the engine to refuse.
[[nodiscard]] std::string detached(const std::string& request);

/// All of standard input.
[[nodiscard]] std::string read_standard_input();

}  // namespace ratchet::cli
