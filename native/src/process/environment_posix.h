// The environment that a child gets, and the programs that can be found through it.
#pragma once

#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
  /// The value of PATH; `/usr/bin:/bin` where it is not set.
  [[nodiscard]] std::string_view search_path() const;
  /// Sets a variable on top of it all.
  void set(std::string_view name, std::string_view value);

 private:
  void remove(std::string_view name);

  std::deque<std::string> own_;  // a deque: what entries_ points to must stay where it is
  std::vector<char*> entries_;
};

/// The first regular executable file of this name in the absolute folders of `search_path`.
/// Relative and empty entries are passed over: what a name means must not depend on the current
/// folder.
[[nodiscard]] std::optional<std::filesystem::path> find_on_path(std::string_view name,
                                                                std::string_view search_path);

[[nodiscard]] bool is_executable_file(const std::filesystem::path& path);

}  // namespace ratchet
