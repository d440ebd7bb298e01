// Words of the command line as rows of a table say them, parsed by CLI11.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "commands.h"
#include "core/json.h"
#include "request.h"

namespace CLI {
class App;
}

namespace ratchet::cli {

/// The sentences of an operation's request, for help. Asked for only when somebody wants help.
class HelpTexts {
 public:
  explicit HelpTexts(bool wanted) : wanted_(wanted) {}

  [[nodiscard]] std::string of(std::string_view operation, std::string_view key);

 private:
  void load(std::string_view operation);

  const bool wanted_;
  std::string loaded_;
  json::object properties_;
};

[[nodiscard]] bool wants_help(std::span<char* const> words);

/// Has `app` take the words of these rows, and put what was given into `parsed`, which must outlive
/// the parsing. Their help is that of the operation's keys.
void add_options(CLI::App& app, std::string_view operation, std::span<const OptionRow> rows,
                 ParsedOptions& parsed, HelpTexts& help);

}  // namespace ratchet::cli
