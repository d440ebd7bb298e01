// The environment that a child gets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "process/launcher.h"
#include "process/program_search.h"

namespace ratchet {

/// The host's variables with a command's changes on top, in the form that CreateProcessW takes.
/// Names are compared without regard to case; of a name changed twice, the last counts. The
/// variables that hold the folder of each drive (`=C:`) are kept.
class EnvironmentBlock {
 public:
  /// Throws Error{process.invalid_command} for a variable that is no valid UTF-8 or too long.
  explicit EnvironmentBlock(const Command& command);
  EnvironmentBlock(const EnvironmentBlock&) = delete;
  EnvironmentBlock& operator=(const EnvironmentBlock&) = delete;

  /// `NAME=value` entries, sorted by name, each ended by a NUL and all by another one.
  [[nodiscard]] std::wstring block() const;
  /// By PATH and PATHEXT; the system's folders and `.COM;.EXE;.BAT;.CMD` where these are not set.
  /// Valid as long as the block.
  [[nodiscard]] ProgramSearch search_path() const { return {folders_, extensions_}; }

 private:
  struct Variable {
    std::wstring name;
    std::wstring value;
  };

  void take_from_host();
  void change(const std::string& name, const std::optional<std::string>& value);
  [[nodiscard]] const std::wstring* value_of(std::wstring_view name) const;

  std::vector<Variable> variables_;
  std::string folders_;
  std::string extensions_;
};

}  // namespace ratchet
