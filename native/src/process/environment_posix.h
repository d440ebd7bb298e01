// The environment that a child gets.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "process/program_search.h"

namespace ratchet {

using EnvironmentChanges = std::vector<std::pair<std::string, std::optional<std::string>>>;

/// `NAME=value` entries in the form that exec takes: the host's with the changes on top. Of a name
/// changed twice, the last counts. The host must not change its own
/// environment meanwhile.
class EnvironmentBlock {
 public:
  explicit EnvironmentBlock(const EnvironmentChanges& changes);
  EnvironmentBlock(const EnvironmentBlock&) = delete;
  EnvironmentBlock& operator=(const EnvironmentBlock&) = delete;

  /// With a null at its end; valid as long as the block.
  [[nodiscard]] char* const* entries() const { return entries_.data(); }
  /// By the value of PATH; `/usr/bin:/bin` where it is not set. Valid until the next change.
  [[nodiscard]] ProgramSearch search_path() const;
  /// Sets a variable on top of it all.
  void set(std::string_view name, std::string_view value);

 private:
  void remove(std::string_view name);

  std::deque<std::string> own_;  // a deque: what entries_ points to must stay where it is
  std::vector<char*> entries_;
};

}  // namespace ratchet
